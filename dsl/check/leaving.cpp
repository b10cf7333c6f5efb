// By the shape of the steps alone: a list of steps goes on after its end if its last step does, and
// a step with branches goes on if one of them does. Conditions are not looked at.
#include "dsl/check/leaving.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "dsl/check/walk.hpp"

namespace alur::dsl {
namespace {

// A place from which things go on with what follows the step.
struct WayOn {
  Span span;
  bool says_next;
};

struct After {
  std::vector<WayOn> ways;  // none: it always leaves
  bool unsure = false;      // some part was not read or leads nowhere known

  void add(const After& other) {
    ways.insert(ways.end(), other.ways.begin(), other.ways.end());
    unsure = unsure || other.unsure;
  }
  bool leaves() const { return ways.empty() && !unsure; }
};

After after_steps(const std::vector<ast::Step>& steps, Span where);

After after_branch(const ast::Branch& branch) {
  if (!branch.target) {
    After after = after_steps(branch.steps, branch.span);
    after.unsure = after.unsure || branch.broken;
    return after;
  }
  switch (branch.target->kind) {
    case ast::Target::Kind::next:
      return {{{branch.target->span, true}}, false};
    case ast::Target::Kind::unresolved:
      return {{}, true};
    default:
      return {};
  }
}

After after_outcomes(const std::vector<ast::Outcome>& outcomes, bool broken) {
  After after{{}, broken};
  for (const ast::Outcome& outcome : outcomes) after.add(after_branch(outcome.branch));
  return after;
}

// `goes_on`: without a jump it goes on with what follows the question, rather than asking again.
After after_action(const ast::Action& action, bool goes_on) {
  if (action.run) return after_outcomes(action.run->outcomes, action.run->broken);
  if (action.handoff) return after_outcomes(action.handoff->outcomes, action.handoff->broken);
  if (action.go_to) return {{}, action.go_to->kind == ast::Target::Kind::unresolved};
  if (action.stop || !goes_on) return {};
  return {{{action.span, false}}, false};
}

struct AfterVerb {
  Span step;

  After operator()(const ast::Question& question) const {
    After after{{}, question.broken};
    if (!question.choose || question.each) after.ways.push_back({step, false});
    for (const ast::Option& each : question.options) after.add(after_action(each.action, true));
    for (const ast::Handler& each : question.hear) after.add(after_action(each.action, false));
    for (const ast::Rung& each : question.no_match) after.add(after_action(each.action, false));
    for (const ast::Silence& each : question.no_input) after.add(after_action(each.action, false));
    return after;
  }
  After operator()(const ast::Call& call) const {
    return after_outcomes(call.outcomes, call.broken || call.outcomes.empty());
  }
  After operator()(const ast::Run& run) const {
    return after_outcomes(run.outcomes, run.broken || run.outcomes.empty());
  }
  After operator()(const ast::Handoff& handoff) const {
    return after_outcomes(handoff.outcomes, handoff.broken || handoff.outcomes.empty());
  }
  After operator()(const ast::If& choice) const {
    After after = after_branch(choice.then);
    if (choice.otherwise) {
      after.add(after_branch(*choice.otherwise));
    } else {
      after.ways.push_back({step, false});
    }
    return after;
  }
  After operator()(const ast::Match& match) const {
    After after{{}, match.broken || match.cases.empty()};
    for (const ast::Case& each : match.cases) after.add(after_branch(each.branch));
    return after;
  }
  After operator()(const ast::Goto& jump) const {
    if (jump.at_most) return {{{step, false}}, false};
    return {{}, jump.target.kind == ast::Target::Kind::unresolved};
  }
  After operator()(const ast::End&) const { return {}; }
  After operator()(const ast::Stop&) const { return {}; }
  template <typename Verb>
  After operator()(const Verb&) const {
    return {{{step, false}}, false};
  }
};

After after_step(const ast::Step& step) {
  return std::visit(AfterVerb{step.span}, step.verb);
}

After after_steps(const std::vector<ast::Step>& steps, Span where) {
  if (steps.empty()) return {{{where, false}}, false};
  for (const ast::Step& step : steps) {
    if (&step == &steps.back()) break;
    if (after_step(step).leaves()) return {};
  }
  return after_step(steps.back());
}

// Steps behind one that always leaves, in every list of steps.
class DeadStepWalk : public Walk<DeadStepWalk, false> {
 public:
  explicit DeadStepWalk(Scope& scope) : scope_(scope) {}

  void steps(const std::vector<ast::Step>& steps) {
    for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
      if (!after_step(steps[i]).leaves()) continue;
      scope_.findings.add(Code::unreachable_step, steps[i + 1].span,
                          "this step is never reached: the one before it always leaves", {},
                          {{steps[i].span, "this one leaves"}});
      break;
    }
    Walk::steps(steps);
  }

 private:
  Scope& scope_;
};

bool check_end_of_state(Scope& scope, const ast::State& state) {
  const After after = after_steps(state.steps, state.name.span);
  if (state.broken || state.steps.empty()) return true;
  const Span last = state.steps.back().span;
  std::vector<Related> related;
  bool goes_on = false;
  for (const WayOn& way : after.ways) {
    if (way.says_next) {
      scope.findings.add(Code::nothing_next, way.span,
                         "`next` goes on with the next step, and this is the last one of " +
                             quoted_name(state.name.text),
                         "name a state, or add a step");
      continue;
    }
    goes_on = true;
    if (way.span != last) related.push_back({way.span, "this way goes on behind the last step"});
  }
  if (!goes_on) return after.ways.empty();
  scope.findings.add(Code::does_not_leave, last,
                     "the state " + quoted_name(state.name.text) +
                         " does not say where to go after this, its last step",
                     "add `- goto: ...` or `- end: ...` below", std::move(related));
  return false;
}

// Which states each state leads to.
class EdgeWalk : public Walk<EdgeWalk, false> {
 public:
  explicit EdgeWalk(const ast::Flow& flow) : flow_(flow) {}

  void target(const ast::Target& target) {
    if (target.kind == ast::Target::Kind::state) edges.push_back(target.state_index);
    if (target.kind == ast::Target::Kind::flow && target.name.text == flow_.name.text) {
      edges.push_back(0);
    }
    unsure = unsure || target.kind == ast::Target::Kind::unresolved;
  }

  std::vector<std::uint32_t> edges;
  bool unsure = false;

 private:
  const ast::Flow& flow_;
};

struct StateGraph {
  std::vector<std::vector<std::uint32_t>> edges;

  // Marks what can be reached from a state, itself included.
  void mark(std::uint32_t from, std::vector<bool>& marked) const {
    std::vector<std::uint32_t> open{from};
    while (!open.empty()) {
      const std::uint32_t state = open.back();
      open.pop_back();
      if (marked[state]) continue;
      marked[state] = true;
      open.insert(open.end(), edges[state].begin(), edges[state].end());
    }
  }

  // Whether a state that is not marked leads to this one.
  bool is_led_to(std::uint32_t to, const std::vector<bool>& marked) const {
    for (std::uint32_t from = 0; from < edges.size(); ++from) {
      if (from == to || marked[from]) continue;
      if (std::find(edges[from].begin(), edges[from].end(), to) != edges[from].end()) return true;
    }
    return false;
  }
};

void report_unreached(Scope& scope, const ast::State& state) {
  scope.findings.add(Code::unreached_state, state.name.span,
                     "nothing leads to the state " + quoted_name(state.name.text));
}

}  // namespace

bool check_leaving(Scope& scope, const ast::Flow& flow) {
  bool all_leave = true;
  for (const ast::State& state : flow.states) {
    DeadStepWalk(scope).steps(state.steps);
    all_leave &= check_end_of_state(scope, state);
  }
  return all_leave;
}

void check_reached(Scope& scope, const ast::Flow& flow) {
  if (flow.states.empty() || flow.broken) return;
  StateGraph graph;
  for (const ast::State& state : flow.states) {
    EdgeWalk walk(flow);
    walk.steps(state.steps);
    if (walk.unsure || state.broken) return;
    graph.edges.push_back(std::move(walk.edges));
  }
  std::vector<bool> marked(flow.states.size(), false);
  graph.mark(0, marked);
  // Of states that lead to one another only the first is told: the others follow from it.
  for (const bool in_circles : {false, true}) {
    for (std::uint32_t i = 0; i < flow.states.size(); ++i) {
      if (marked[i] || (!in_circles && graph.is_led_to(i, marked))) continue;
      report_unreached(scope, flow.states[i]);
      graph.mark(i, marked);
    }
  }
}

}  // namespace alur::dsl
