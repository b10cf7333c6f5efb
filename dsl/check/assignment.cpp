// Two rounds share one walk. The first goes over the states, quietly, until no entry changes; the
// second goes over each once more with what is then known and writes it into the tree.
#include "dsl/check/assignment.hpp"

#include <utility>

#include "dsl/check/assignment_walk.hpp"
#include "dsl/check/conditions.hpp"

namespace alur::dsl {

AssignmentWalk::AssignmentWalk(Scope& scope, const PathTable& paths)
    : scope_(scope), paths_(paths) {}

void AssignmentWalk::flow(ast::Flow& flow) {
  if (flow.states.empty()) return;
  entries_.assign(flow.states.size(), {Facts::unreachable(paths_), {}, false});
  Facts start = Facts::nothing_known(paths_);
  for (std::uint32_t i = 0; i < flow.params.size() && i < scope_.own_count; ++i) {
    const TypeRef& type = scope_.locals[i].type;
    if (!type || !type->optional) start.learn(i);
  }
  enter(0, start, flow.states.front().name.span);
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (!std::exchange(entries_[i].is_new, false)) continue;
      changed = true;
      const Facts known = entries_[i].known;
      steps(flow.states[i].steps, known);
    }
  }
  writes_ = true;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const Facts known = entries_[i].known;
    steps(flow.states[i].steps, known);
  }
}

void AssignmentWalk::app(ast::App& app) {
  writes_ = true;
  const Facts nothing = Facts::nothing_known(paths_);
  for (ast::Rung& rung : app.no_match) {
    read(rung.text, nothing);
    action(rung.action, nothing, nullptr);
  }
  for (ast::Silence& silence : app.no_input) {
    read(silence.text, nothing);
    action(silence.action, nothing, nullptr);
    if (silence.outside) go(*silence.outside, nothing);
  }
  for (ast::Handler& handler : app.anytime) action(handler.action, nothing, nullptr);
  for (ast::SystemText& entry : app.texts) read(entry.text, nothing);
}

void AssignmentWalk::enter(std::uint32_t state, const Facts& known, Span way) {
  Entry& entry = entries_.at(state);
  const bool first = !entry.known.reachable();
  if (entry.known.meet(known, way, entry.first_way)) entry.is_new = true;
  if (first) entry.first_way = way;
}

void AssignmentWalk::go(ast::Target& target, const Facts& known) {
  read(target.arguments, known);
  if (target.kind == ast::Target::Kind::state) enter(target.state_index, known, target.span);
}

void AssignmentWalk::go(ast::Outside& outside, const Facts& known) {
  if (outside.target) go(*outside.target, known);
}

Facts AssignmentWalk::steps(std::vector<ast::Step>& steps, Facts known) {
  for (ast::Step& step : steps) {
    known = std::visit([&](auto& verb) { return this->step(verb, std::move(known)); }, step.verb);
  }
  return known;
}

// What is known where the branch goes on with the next step.
Facts AssignmentWalk::branch(ast::Branch& branch, Facts known) {
  Facts after = steps(branch.steps, std::move(known));
  if (!branch.target) return after;
  go(*branch.target, after);
  if (branch.target->kind == ast::Target::Kind::next) return after;
  return Facts::unreachable(paths_);
}

Facts AssignmentWalk::outcomes(std::vector<ast::Outcome>& outcomes, Facts known, Span where) {
  for (const ast::Outcome& outcome : outcomes) {
    if (const auto bound = paths_.find(outcome.binding.resolved)) {
      known.lose(paths_, *bound, {Lack::Kind::call, where});
    }
  }
  Facts after = Facts::unreachable(paths_);
  Span first_way = where;
  for (ast::Outcome& outcome : outcomes) {
    Facts there = known;
    if (const auto bound = paths_.find(outcome.binding.resolved)) there.assign(paths_, *bound);
    after.meet(branch(outcome.branch, std::move(there)), outcome.binding.span, first_way);
    if (&outcome == &outcomes.front()) first_way = outcome.binding.span;
  }
  return after;
}

// Whether it is declared with `?`. Otherwise a value that may be unset is told where it is given,
// and what follows is not told again.
bool AssignmentWalk::takes_unset(const ast::Resolved& resolved) const {
  const VariableSymbol* symbol = variable(scope_, resolved);
  return symbol != nullptr && symbol->type && symbol->type->optional;
}

void AssignmentWalk::assign(ast::Assignment& assignment, Facts& known) {
  read(assignment.value, known);
  const auto path = paths_.find(assignment.resolved);
  if (!path) return;
  if (assignment.value.kind == ast::ExprKind::unset && takes_unset(assignment.resolved)) {
    known.lose(paths_, *path, {Lack::Kind::unset, assignment.value.span});
  } else if (takes_unset(assignment.resolved) &&
             may_be_unset(scope_, paths_, known, assignment.value)) {
    known.lose(paths_, *path, {Lack::Kind::maybe, assignment.value.span});
  } else {
    known.assign(paths_, *path);
  }
}

Facts AssignmentWalk::step(ast::Say& say, Facts known) {
  read(say.text, known);
  read(say.extras, known);
  return known;
}

Facts AssignmentWalk::step(ast::Call& call, Facts known) {
  read(call.call.arguments, known);
  return outcomes(call.outcomes, std::move(known), call.call.span);
}

Facts AssignmentWalk::step(ast::Run& run, Facts known) {
  read(run.flow.arguments, known);
  known.forget_shared(paths_, run.flow.span);
  return outcomes(run.outcomes, std::move(known), run.flow.span);
}

Facts AssignmentWalk::step(ast::Handoff& handoff, Facts known) {
  read(handoff.summary, known);
  for (ast::Assignment& field : handoff.fields) read(field.value, known);
  known.forget_shared(paths_, handoff.queue.span);
  return outcomes(handoff.outcomes, std::move(known), handoff.queue.span);
}

Facts AssignmentWalk::step(ast::Set& set, Facts known) {
  for (ast::Assignment& each : set.assignments) assign(each, known);
  return known;
}

Facts AssignmentWalk::step(ast::If& choice, Facts known) {
  read(choice.condition, known);
  Facts met = known;
  assume(paths_, choice.condition, true, met);
  assume(paths_, choice.condition, false, known);
  Facts after = branch(choice.then, std::move(met));
  Span other_way = choice.condition.span;
  if (choice.otherwise) {
    other_way = choice.otherwise->span;
    known = branch(*choice.otherwise, std::move(known));
  }
  after.meet(known, other_way, choice.then.span);
  return after;
}

Facts AssignmentWalk::step(ast::Match& match, Facts known) {
  read(match.subject, known);
  Facts after = Facts::unreachable(paths_);
  Span first_way = match.span;
  for (ast::Case& each : match.cases) {
    after.meet(branch(each.branch, known), each.span, first_way);
    if (&each == &match.cases.front()) first_way = each.span;
  }
  return after;
}

Facts AssignmentWalk::step(ast::Goto& jump, Facts known) {
  go(jump.target, known);
  return jump.at_most ? known : Facts::unreachable(paths_);
}

// Anything that can be said at any time may be said while it waits.
Facts AssignmentWalk::step(ast::Wait& wait, Facts known) {
  read(wait.duration, known);
  known.forget_shared(paths_, wait.duration.span);
  if (wait.outside) go(*wait.outside, known);
  return known;
}

Facts AssignmentWalk::step(ast::Track& track, Facts known) {
  for (ast::Assignment& field : track.fields) read(field.value, known);
  return known;
}

Facts AssignmentWalk::step(ast::End& end, Facts known) {
  if (end.payload) read(*end.payload, known);
  return Facts::unreachable(paths_);
}

Facts AssignmentWalk::step(ast::Stop&, Facts) {
  return Facts::unreachable(paths_);
}

void follow_assignments(Scope& scope, const PathTable& paths, ast::Flow& flow) {
  AssignmentWalk(scope, paths).flow(flow);
}

void follow_assignments(Scope& scope, const PathTable& paths, ast::App& app) {
  AssignmentWalk(scope, paths).app(app);
}

}  // namespace alur::dsl
