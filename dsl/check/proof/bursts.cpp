// Between one message of the citizen and the next wait for them the bot sends at most as many
// messages as the app allows; how many, and how many calls of services, is a figure of each
// question.
//
// A stretch has no way round (a `goto` with `at_most` is counted, so that each time round is a
// place of its own), so its longest way is found by taking, from the end backwards, the longest of
// the ways on. Pauses, services and people do not end a stretch: only the citizen does. What is
// said at any time can interrupt a pause, and then the pause goes on: so where a digression comes
// back, the longest way on from any pause is added, as often as flows may lie on one another.
#include <algorithm>
#include <optional>

#include "dsl/check/proof/family.hpp"
#include "engine/program/stack.hpp"

namespace alur::dsl::proof {

using program::none;
using program::Op;

namespace {

struct Length {
  int messages = 0;
  int calls = 0;
};

struct LongestWay {
  using Result = Length;
  static constexpr bool until_served = false;
  static constexpr int most = 1'000;
  const Stretches& stretches;
  const int after_digression;  // the question again, or what follows a pause
  Spot pause{};                // with the longest way on, of those walked over
  int after_pause = 0;         // ... its messages

  static bool settled(const Spot&, Length&) { return false; }
  static Length cut() { return {most, most}; }
  static Length circle() { return {}; }
  static Length served() { return {}; }
  Length rest(const Next& next) const {
    if (next.rest == Rest::interrupted) return {after_digression, 0};
    return {next.rest == Rest::question ? 1 : 0, 0};
  }
  static void join(Length& all, const Length& one) {
    all.messages = std::max(all.messages, one.messages);
    all.calls = std::max(all.calls, one.calls);
  }
  void pass(const Spot& spot, Length& length) {
    const Op op = stretches.step(spot).op;
    if (op == Op::pause && length.messages > after_pause) {
      pause = spot;
      after_pause = length.messages;
    }
    if (op == Op::say) length.messages = std::min(length.messages + 1, most);
    if (op == Op::call) length.calls = std::min(length.calls + 1, most);
  }
};

using Walk = StretchWalk<LongestWay>;

// Where the messages of the longest way are written.
std::vector<Related> messages_on(const Case& app, Walk& walk, Spot spot) {
  constexpr std::size_t told_max = 8;
  std::vector<Related> told;
  for (int steps = 0; steps < 500 && told.size() < told_max; ++steps) {
    const Op op = app.stretches.step(spot).op;
    const Span span = app.span_of(spot.unit, spot.address);
    if (op == Op::say || op == Op::ask) {
      told.push_back({span, "message " + std::to_string(told.size() + 1)});
    }
    if (op == Op::ask) break;
    std::optional<Spot> best;
    int most = -1;
    app.stretches.each_next(spot, [&](const Next& next) {
      if (next.rest != Rest::none) return;
      const int length = walk.walk(next.spot).messages;
      if (length > most) best = next.spot;
      most = std::max(most, length);
    });
    if (!best) break;
    spot = std::move(*best);
  }
  return told;
}

class Bursts {
 public:
  Bursts(Case& app, int after_digression)
      : app_(app),
        judge_{app.stretches, after_digression},
        walk_(app.stretches, judge_),
        bound_(app.program().app().bounds.messages),
        taps_(has_buttons(app.program())) {}

  int after_pause() const { return judge_.after_pause; }

  void publish(Measures& measures) {
    measures.messages = std::max(measures.messages, measures_.messages);
    measures.calls = std::max(measures.calls, measures_.calls);
    measures.bursts = std::move(measures_.bursts);
    for (Told& one : told_) {
      app_.report(one.fault, std::move(one.message), std::move(one.suggestion),
                  std::move(one.related));
    }
  }

  // An old option that is tapped in a pause is said to have expired, and the pause goes on.
  void old_tap_in_pause() {
    if (!taps_ || judge_.after_pause == 0) return;
    const Spot pause = judge_.pause;
    const int messages = judge_.after_pause + 1;
    measures_.messages = std::max(measures_.messages, messages);
    tell({pause.unit, pause.address, messages, 0}, app_.span_of(pause.unit, pause.address),
         "after an old option in this pause", pause);
  }

  void question(Index context, Index unit_index, Index address) {
    const Unit& unit = app_.unit(unit_index);
    const program::Question& question = unit.questions[unit.code[address].c];
    const bool pages = unit.messages[question.message].overflow == program::Overflow::page;
    const int at_least = taps_ ? old_tap_messages : pages ? 1 : 0;  // the next page
    Burst burst{unit_index, address, at_least, 0};
    std::optional<Spot> longest;
    for (const Store& store : app_.graph.contexts()[context].known[address]) {
      for (Answer& answer :
           answers_of(app_.graph.reasoning(), app_.program(), unit_index, question, store)) {
        const bool silent =
            answer.kind == Answer::Kind::silence || answer.kind == Answer::Kind::outside;
        if (silent) continue;
        Length length{said_at_once(answer), 0};
        std::optional<Spot> spot;
        if (answer.address != none) {
          spot = Stretches::after(context, address, std::move(answer));
          const Length after = walk_.walk(*spot);
          length.messages += after.messages;
          length.calls = after.calls;
        }
        if (length.messages > burst.messages) longest = spot;
        burst.messages = std::max(burst.messages, length.messages);
        burst.calls = std::max(burst.calls, length.calls);
      }
    }
    keep(burst);
    tell(burst, app_.span_of(unit_index, address),
         taps_ && burst.messages == old_tap_messages ? "after an answer to this question, or an "
                                                       "old option,"
                                                     : "after an answer to this question",
         longest);
  }

  void start(Index context, Index unit_index, Index address, Span span, const std::string& when) {
    Spot spot;
    spot.context = context;
    spot.unit = unit_index;
    spot.address = address;
    if (context != 0) spot.store = app_.graph.contexts()[context].entry;
    const Length length = walk_.walk(spot);
    measures_.messages = std::max(measures_.messages, length.messages);
    measures_.calls = std::max(measures_.calls, length.calls);
    tell({unit_index, address, length.messages, length.calls}, span, when, spot);
  }

  // With no conversation under way an old option begins one, after the word that it has expired.
  void old_tap_when_over() {
    if (!taps_) return;
    const Index flow = app_.program().start_unit();
    const program::State& first = app_.unit(flow).states.front();
    Spot spot;
    spot.store = app_.graph.entry_of(0, flow, {}, {});
    spot.context = app_.graph.context_for(flow, spot.store);
    spot.unit = flow;
    spot.address = first.address;
    const int messages = walk_.walk(spot).messages + 1;
    measures_.messages = std::max(measures_.messages, messages);
    tell({flow, first.address, messages, 0}, app_.span(flow, first.place),
         "after an old option, where it begins a conversation,", spot);
  }

 private:
  // To an old option: that it has expired, and the question again.
  static constexpr int old_tap_messages = 2;

  static bool has_buttons(const program::Program& program) {
    for (Index i = 1; i < program.unit_count(); ++i) {
      const Unit& unit = program.unit(i);
      const bool lists = std::any_of(unit.questions.begin(), unit.questions.end(),
                                     [](const auto& question) { return question.each_key != 0; });
      if (lists || !unit.options.empty()) return true;
    }
    return false;
  }

  // What a failed attempt says before anything else.
  int said_at_once(const Answer& answer) const {
    if (answer.kind != Answer::Kind::rung) return 0;
    const program::Rung& rung = app_.unit(answer.unit).rungs[answer.index];
    return rung.leaves && rung.text == none ? 0 : 1;
  }

  void keep(const Burst& burst) {
    measures_.messages = std::max(measures_.messages, burst.messages);
    measures_.calls = std::max(measures_.calls, burst.calls);
    for (Burst& known : measures_.bursts) {
      if (known.unit != burst.unit || known.address != burst.address) continue;
      known.messages = std::max(known.messages, burst.messages);
      known.calls = std::max(known.calls, burst.calls);
      return;
    }
    measures_.bursts.push_back(burst);
  }

  void tell(const Burst& burst, Span span, const std::string& when,
            const std::optional<Spot>& longest) {
    if (burst.messages <= bound_ || !spans_.insert(span).second) return;
    const std::string most = burst.messages >= LongestWay::most ? "more than anybody can read"
                                                                : std::to_string(burst.messages);
    told_.push_back(
        {{Code::long_burst, span, burst.unit, burst.address, burst.messages},
         when + " the citizen may get " + most + " messages in one go, and the app allows " +
             std::to_string(bound_),
         "say it in fewer messages, ask something on the way, or raise `messages` in `bounds`",
         longest ? messages_on(app_, walk_, *longest) : std::vector<Related>{}});
  }

  struct Told {
    Fault fault;
    std::string message;
    std::string suggestion;
    std::vector<Related> related;
  };

  Case& app_;
  Measures measures_;
  LongestWay judge_;
  Walk walk_;
  int bound_;
  bool taps_;             // there are options in the app, so that an old one can be tapped
  std::set<Span> spans_;  // told of already
  std::vector<Told> told_;
};

void measure(Case& app, Bursts& bursts) {
  app.each_question(
      [&](Index context, Index unit, Index address) { bursts.question(context, unit, address); });
  std::set<Index> heard;
  for (const auto& phrase : app.program().app().anytime.exact()) heard.insert(phrase.entry);
  for (const Index address : heard) {
    bursts.start(0, 0, address, app.span_of(0, address), "after this is said");
  }
  for (Index c = 1; c < app.graph.contexts().size(); ++c) {
    const Context& context = app.graph.contexts()[c];
    if (!context.by_trigger && !context.afresh) continue;
    const program::State& first = app.unit(context.unit).states.front();
    bursts.start(c, context.unit, first.address, app.span(context.unit, first.place),
                 "when the flow `" + app.unit(context.unit).name + "` starts");
  }
  bursts.old_tap_when_over();
  bursts.old_tap_in_pause();
}

}  // namespace

void prove_bursts(Case& app, Measures& measures) {
  int after_digression = 1;
  for (std::size_t frames = 1;; ++frames) {
    Bursts bursts(app, after_digression);
    measure(app, bursts);
    // A flow of a digression can have a pause, too, and be interrupted there.
    if (bursts.after_pause() <= after_digression || frames == program::stack_max) {
      return bursts.publish(measures);
    }
    after_digression = bursts.after_pause();
  }
}

}  // namespace alur::dsl::proof
