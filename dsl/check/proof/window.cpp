// Nothing is said to a citizen who has been silent for longer than a channel listens: of every wait
// and every entry of `no_input` that may end so late, what follows up to the citizen's next message
// is a template, or says nothing.
//
// The longest silence at each question and wait is found by following the time from one to the
// next, up to the window. From where it passes the window the walk goes on with the window shut.
// Answers of services take no time here, for nothing could be written beside them; after people
// have served somebody the count begins anew, for they write to one another meanwhile.
#include <algorithm>
#include <deque>
#include <map>

#include "dsl/check/proof/family.hpp"
#include "engine/program/channel.hpp"
#include "engine/program/stack.hpp"

namespace alur::dsl::proof {

using program::none;
using program::Op;

namespace {

using Site = std::pair<Index, Index>;  // context, and address of an ask or a pause

// What a stretch says before the citizen does, and where it waits.
struct Found {
  std::set<std::pair<Site, bool>> sites;   // whether a bound of `at_most` lies on the way
  std::set<std::pair<Index, Index>> said;  // unit, address
  bool comes_back = false;                 // to whatever a digression had left
  bool lost = false;                       // too long to follow
  bool speaks() const { return !said.empty() || comes_back || lost; }
};

struct ToSites {
  using Result = Found;
  static constexpr bool until_served = false;
  const Stretches& stretches;

  bool settled(const Spot& spot, Found& found) const {
    const Op op = stretches.step(spot).op;
    if (op == Op::pause) found.sites.insert({{spot.context, spot.address}, false});
    return op == Op::pause || op == Op::handoff;
  }
  static Found cut() { return {{}, {}, false, true}; }
  static Found circle() { return {}; }
  static Found served() { return {}; }
  static Found rest(const Next& next) {
    Found found;
    found.comes_back = next.rest == Rest::interrupted;
    if (next.rest == Rest::question) {
      found.sites.insert({{next.spot.context, next.spot.address}, false});
      found.said.insert({next.spot.unit, next.spot.address});
    }
    return found;
  }
  static void join(Found& all, const Found& one) {
    all.sites.insert(one.sites.begin(), one.sites.end());
    all.said.insert(one.said.begin(), one.said.end());
    all.comes_back |= one.comes_back;
    all.lost |= one.lost;
  }
  void pass(const Spot& spot, Found& found) const {
    const Op op = stretches.step(spot).op;
    if (op == Op::say) found.said.insert({spot.unit, spot.address});
    if (op != Op::bound) return;
    std::set<std::pair<Site, bool>> counted;
    for (const auto& [site, bounded] : found.sites) counted.insert({site, true});
    found.sites = std::move(counted);
  }
};

// One timer of a site, counted from when it was come to.
struct Lapse {
  std::int64_t least_ms = 0;
  std::int64_t most_ms = 0;
  Span span;
  bool speaks = false;  // words of its own
  bool guarded = false;
  Found after;
  Found outside;  // where `outside_window` leads
};

class Window {
 public:
  Window(Case& app, const program::Channel& channel)
      : app_(app),
        channel_(channel),
        ends_ms_(app.program().app().session_ends_ms),
        judge_{app.stretches},
        walk_(app.stretches, judge_) {
    app.each_reached(Op::bound, [&](Index, Index unit, Index at) {
      rounds_max_ += app.unit(unit).code[at].c + 1;
    });
    app.each_question([&](Index context, Index unit, Index at) { question(context, unit, at); });
    app.each_reached(Op::pause,
                     [&](Index context, Index unit, Index at) { pause(context, unit, at); });
  }

  void prove() {
    for (const auto& [site, lapses] : lapses_) open_.push_back({site, 0, 0});
    while (!open_.empty()) {
      const Moment moment = open_.front();
      open_.pop_front();
      for (const Lapse& lapse : lapses_[moment.site]) {
        pass(lapse, silence_[moment].most_ms, moment);
      }
    }
  }

 private:
  struct Moment {
    Site site;
    std::size_t come_back = 0;  // so many digressions are over since the citizen wrote
    std::size_t rounds = 0;     // so many bounds of `at_most` were passed since then
    auto operator<=>(const Moment&) const = default;
  };
  struct Silence {
    std::int64_t most_ms = 0;  // when the site is come to; less than the window
    int raised = 0;
  };

  void pause(Index context, Index unit_index, Index address) {
    const Unit& unit = app_.unit(unit_index);
    const program::Instruction& step = unit.code[address];
    Lapse lapse;
    lapse.span = app_.span_of(unit_index, address);
    lapse.guarded = step.d != none;
    lapse.most_ms = ends_ms_;
    const program::Node& duration = unit.nodes[step.c];
    if (duration.kind == program::NodeKind::constant) {
      lapse.least_ms = lapse.most_ms = unit.constants[duration.b].duration().milliseconds;
    }
    for (const Store& store : app_.graph.contexts()[context].known[address]) {
      Spot spot;
      spot.context = context;
      spot.unit = unit_index;
      spot.address = address + 1;
      spot.asked = address;
      spot.store = app_.graph.reasoning().after_rest(unit, store, Reasoning::Counters::kept);
      ToSites::join(lapse.after, walk_.walk(spot));
      if (!lapse.guarded || unit.outsides[step.d].address == none) continue;
      spot.address = unit.outsides[step.d].address;
      ToSites::join(lapse.outside, walk_.walk(spot));
    }
    lapses_[{context, address}].push_back(std::move(lapse));
  }

  void question(Index context, Index unit_index, Index address) {
    const Unit& unit = app_.unit(unit_index);
    const program::Question& question = unit.questions[unit.code[address].c];
    const LadderOf ladder = ladder_of(app_.program(), unit_index, question);
    const Unit& owner = app_.unit(ladder.silences_unit);
    std::vector<Lapse>& lapses = lapses_[{context, address}];
    std::int64_t after_ms = 0;
    for (Index i = ladder.silences.begin; i < ladder.silences.end; ++i) {
      const program::Silence& silence = owner.silences[i];
      after_ms += silence.after_ms;
      Lapse lapse;
      lapse.least_ms = lapse.most_ms = after_ms;
      lapse.span = app_.span(ladder.silences_unit, silence.place);
      lapse.speaks = silence.text != none;
      lapse.guarded = silence.outside != none;
      lapses.push_back(std::move(lapse));
    }
    for (const Store& store : app_.graph.contexts()[context].known[address]) {
      for (Answer& answer :
           answers_of(app_.graph.reasoning(), app_.program(), unit_index, question, store)) {
        const bool outside = answer.kind == Answer::Kind::outside;
        if (answer.kind != Answer::Kind::silence && !outside) continue;
        Lapse& lapse = lapses[answer.index - ladder.silences.begin];
        if (answer.address == none) continue;
        ToSites::join(outside ? lapse.outside : lapse.after,
                      walk_.walk(Stretches::after(context, address, std::move(answer))));
      }
    }
  }

  // The timer fires, at a site that was come to after at most so long a silence.
  void pass(const Lapse& lapse, std::int64_t before_ms, const Moment& from) {
    if (lapse.least_ms >= ends_ms_) return;  // the conversation has ended by then
    const std::int64_t by_ms = std::min(before_ms + lapse.most_ms, ends_ms_ - 1);
    if (lapse.least_ms < channel_.window_ms) {
      go_on(lapse.after, std::min(by_ms, channel_.window_ms - 1), from);
    }
    if (by_ms < channel_.window_ms) return;
    if (!lapse.guarded) {
      tell_unguarded(lapse);
    } else if (lapse.outside.speaks()) {
      tell(lapse,
           "this leads to words, and by then `" + channel_.name + "` takes nothing but templates",
           "let `outside_window` name a template, or a state that says nothing", lapse.outside);
    }
  }

  // A way round without the citizen has a bound on it, or the app would not compile.
  void go_on(const Found& found, std::int64_t silent_ms, const Moment& from) {
    for (const auto& [site, bounded] : found.sites) {
      const std::size_t rounds = from.rounds + (bounded ? 1 : 0);
      if (rounds > rounds_max_) continue;
      const bool endless = rounds > rounds_followed_max;
      raise({site, from.come_back, std::min(rounds, rounds_followed_max)},
            endless ? channel_.window_ms - 1 : silent_ms);
    }
    if (!found.comes_back || from.come_back == program::stack_max) return;
    for (const auto& [site, lapses] : lapses_) raise({site, from.come_back + 1, 0}, silent_ms);
  }

  void raise(const Moment& moment, std::int64_t silent_ms) {
    constexpr int raised_max = 2'000;  // reminders without end, say, which are told elsewhere
    if (lapses_.find(moment.site) == lapses_.end()) return;
    Silence& silence = silence_[moment];
    if (silent_ms <= silence.most_ms) return;
    silence.most_ms = ++silence.raised > raised_max ? channel_.window_ms - 1 : silent_ms;
    open_.push_back(moment);
  }

  // Through waits that nothing is written beside, to the first words.
  void tell_unguarded(const Lapse& first) {
    std::set<Site> seen;
    std::vector<const Lapse*> ways{&first};
    while (!ways.empty()) {
      const Lapse& lapse = *ways.back();
      ways.pop_back();
      if (lapse.speaks || lapse.after.speaks()) {
        return tell(first,
                    "by then the citizen may have been silent for " + words_of(channel_.window_ms) +
                        ", and `" + channel_.name +
                        "` takes nothing but templates: what is said next would be lost",
                    "add `outside_window: template NAME`, or a state that says nothing",
                    lapse.after);
      }
      for (const auto& [site, bounded] : lapse.after.sites) {
        if (!seen.insert(site).second) continue;
        for (const Lapse& next : lapses_[site]) {
          if (!next.guarded) ways.push_back(&next);
        }
      }
    }
  }

  void tell(const Lapse& lapse, std::string message, std::string suggestion, const Found& words) {
    if (!told_.insert(lapse.span).second) return;
    std::vector<Related> related;
    for (const auto& [unit, address] : words.said) {
      if (related.empty()) related.push_back({app_.span_of(unit, address), "this is said then"});
    }
    app_.report(Code::outside_window, lapse.span, std::move(message), std::move(suggestion),
                std::move(related));
  }

  static std::string words_of(std::int64_t milliseconds) {
    return std::to_string(milliseconds / 3'600'000) + " hours";
  }

  static constexpr std::size_t rounds_followed_max = 500;  // more are taken for endless

  Case& app_;
  const program::Channel& channel_;
  std::int64_t ends_ms_;
  ToSites judge_;
  StretchWalk<ToSites> walk_;
  std::map<Site, std::vector<Lapse>> lapses_;
  std::size_t rounds_max_ = 0;  // all bounds of `at_most` together
  std::map<Moment, Silence> silence_;
  std::deque<Moment> open_;
  std::set<Span> told_;
};

}  // namespace

// The conversation itself ends `session_ends` after the citizen's last message, so that most apps
// are done with here.
void prove_window(Case& app) {
  const program::Channel* narrowest = nullptr;
  for (const std::string& name : app.program().app().channels) {
    const program::Channel* channel = program::find_channel(name);
    if (channel == nullptr || channel->window_ms == 0) continue;
    if (narrowest == nullptr || channel->window_ms < narrowest->window_ms) narrowest = channel;
  }
  if (narrowest == nullptr || app.program().app().session_ends_ms <= narrowest->window_ms) return;
  Window(app, *narrowest).prove();
}

}  // namespace alur::dsl::proof
