// What a citizen sends has an answer, and people who are spoken of can come: every question says
// what to do about what fits nothing and about silence; where nobody comes, something says so
// before the next question; and no text goes before a `handoff` to a queue that may be closed
// unless the hours were asked about.
//
// Each is a look at one place and at the stretch behind it, over every way that it can go.
#include <algorithm>
#include <array>

#include "dsl/check/proof/family.hpp"

namespace alur::dsl::proof {

using program::none;
using program::Op;

namespace {

void check_answers(Case& app) {
  std::set<Span> told;
  app.each_question([&](Index, Index unit_index, Index address) {
    const Unit& unit = app.unit(unit_index);
    const LadderOf ladder =
        ladder_of(app.program(), unit_index, unit.questions[unit.code[address].c]);
    const Span span = app.span_of(unit_index, address);
    if ((!ladder.rungs.empty() && !ladder.silences.empty()) || !told.insert(span).second) return;
    if (ladder.rungs.empty()) {
      app.report({Code::unanswered, span, unit_index, address, 1},
                 "nothing answers what does not fit this question: other words, a picture, a voice "
                 "note, a place, a sticker",
                 "add `no_match`, here or in `defaults` of app.yaml");
    } else {
      app.report({Code::unanswered, span, unit_index, address, 0},
                 "nothing answers a citizen who falls silent at this question",
                 "add `no_input`, here or in `defaults` of app.yaml");
    }
  });
}

// Whether something new is said on every way of a stretch.
struct SaysSomething {
  using Result = bool;
  static constexpr bool until_served = true;
  const Stretches& stretches;

  bool settled(const Spot& spot, bool& said) const {
    said = stretches.step(spot).op == Op::say;
    return said;
  }
  static bool cut() { return false; }
  static bool circle() { return true; }
  static bool served() { return true; }
  static bool rest(const Next& next) {
    return next.rest == Rest::question && next.spot.address != next.spot.asked;
  }
  static void join(bool& all, bool one) { all = all && one; }
  static void pass(const Spot&, bool&) {}
};

void check_failed_handoff(Case& app, Index context, Index unit_index, Index address) {
  constexpr std::array<std::string_view, 4> failures{"no_agent", "out_of_hours", "timed_out",
                                                     "unavailable"};
  SaysSomething judge{app.stretches};
  StretchWalk<SaysSomething> walk(app.stretches, judge);
  for (const Store& store : app.graph.contexts()[context].known[address]) {
    Spot spot;
    spot.context = context;
    spot.unit = unit_index;
    spot.address = address;
    spot.store = store;
    std::string silent;
    app.stretches.each_next(spot, [&](const Next& next) {
      if (next.outcome == none || next.served) return;
      const std::string& name = app.unit(unit_index).outcomes[next.outcome].name;
      const bool fails = std::find(failures.begin(), failures.end(), name) != failures.end();
      if (fails && silent.empty() && !walk.walk(next.spot)) silent = name;
    });
    if (silent.empty()) continue;
    app.report({Code::nobody_told, app.span_of(unit_index, address), unit_index, address, 0},
               "when this ends in `" + silent + "`, nothing tells the citizen that nobody comes",
               "say so, and how else to reach people: a text marked `contact: true`");
    return;
  }
}

// A text right before a `handoff`: it speaks of people who may be off duty.
void check_promise(Case& app, Index context, Index unit_index, Index address) {
  const Unit& unit = app.unit(unit_index);
  if (unit.messages[unit.code[address].c].contact) return;
  Index at = address + 1;
  for (int steps = 0; steps < 64; ++steps) {
    const program::Instruction& step = unit.code[at];
    if (step.op == Op::jump) {
      at = step.c;
    } else if (step.op == Op::enter || step.op == Op::set || step.op == Op::track) {
      ++at;
    } else {
      break;
    }
  }
  if (unit.code[at].op != Op::handoff) return;
  const program::App& app_yaml = app.program().app();
  const Index hours = app_yaml.queues[unit.handoffs[unit.code[at].c].queue].hours;
  if (hours == none || app_yaml.hours[hours].hours.always) return;
  const auto& stores = app.graph.contexts()[context].known[address];
  const bool asked = std::all_of(stores.begin(), stores.end(), [&](const Store& store) {
    return app.graph.reasoning().found_open(unit, hours, store) == true;
  });
  if (asked) return;
  app.report({Code::empty_promise, app.span_of(unit_index, address), unit_index, address, 0},
             "this is said before a `handoff` also when the hours `" + app_yaml.hours[hours].name +
                 "` of its queue are over",
             "ask `is_open(" + app_yaml.hours[hours].name +
                 ")` before it, or mark it "
                 "`contact: true` if it says when people are there",
             {{app.span_of(unit_index, at), "the `handoff`"}});
}

}  // namespace

void prove_promises(Case& app) {
  check_answers(app);
  std::set<Span> told;
  for (Index c = 0; c < app.graph.contexts().size(); ++c) {
    const Context& context = app.graph.contexts()[c];
    const Unit& unit = app.unit(context.unit);
    for (Index at = 0; at < unit.code.size(); ++at) {
      if (context.known[at].empty()) continue;
      const Op op = unit.code[at].op;
      if (op != Op::handoff && op != Op::say) continue;
      if (!told.insert(app.span_of(context.unit, at)).second) continue;
      if (op == Op::handoff) check_failed_handoff(app, c, context.unit, at);
      if (op == Op::say) check_promise(app, c, context.unit, at);
    }
  }
}

}  // namespace alur::dsl::proof
