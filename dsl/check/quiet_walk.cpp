#include "dsl/check/quiet_walk.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace alur::dsl {

bool QuietWalk::steps(const std::vector<ast::Step>& steps) {
  for (const ast::Step& step : steps) {
    if (!std::visit(*this, step.verb)) return false;
  }
  return true;
}

bool QuietWalk::operator()(const ast::Question& question) {
  bool on = false;
  for (const ast::Silence& each : question.no_input) {
    on |= silence(each.action);
    if (each.outside && each.outside->target) target(*each.outside->target);
  }
  return on;
}

bool QuietWalk::operator()(const ast::Call& call) {
  bool on = false;
  for (const ast::Outcome& each : call.outcomes) on |= branch(each.branch);
  return on;
}

bool QuietWalk::operator()(const ast::Handoff& handoff) {
  return handoff_outcomes(handoff);
}

bool QuietWalk::handoff_outcomes(const ast::Handoff& handoff) {
  bool on = false;
  for (const ast::Outcome& each : handoff.outcomes) {
    if (each.binding.outcome.text != "left") on |= branch(each.branch);
  }
  return on;
}

bool QuietWalk::operator()(const ast::Run& run) {
  target(run.flow);
  if (rules_.ends == nullptr) return false;
  const auto ended = rules_.ends->find(run.flow.name.text);
  if (ended == rules_.ends->end()) return false;
  const bool ran = std::exchange(ran_, true);
  bool on = false;
  for (const ast::Outcome& each : run.outcomes) {
    if (ended->second.count(each.binding.outcome.text) != 0) on |= branch(each.branch);
  }
  if (!on) ran_ = ran;
  return on;
}

bool QuietWalk::operator()(const ast::If& choice) {
  const bool met = branch(choice.then);
  return choice.otherwise ? branch(*choice.otherwise) || met : true;
}

bool QuietWalk::operator()(const ast::Match& match) {
  bool on = false;
  for (const ast::Case& each : match.cases) on |= branch(each.branch);
  return on;
}

bool QuietWalk::operator()(const ast::Wait& wait) {
  if (wait.outside && wait.outside->target) target(*wait.outside->target);
  return true;
}

bool QuietWalk::operator()(const ast::Goto& jump) {
  if (!jump.at_most || rules_.through_bounds) target(jump.target);
  return jump.at_most.has_value();
}

bool QuietWalk::operator()(const ast::End& end) {
  ends.insert(end.outcome.text);
  return false;
}

bool QuietWalk::operator()(const ast::Stop&) {
  return false;
}

void QuietWalk::target(const ast::Target& target) {
  if (target.kind == ast::Target::Kind::flow) {
    starts.push_back({target.name.text, target.span});
    return;
  }
  if (target.kind != ast::Target::Kind::state) return;
  const auto known = std::find_if(edges.begin(), edges.end(), [&target](const QuietEdge& edge) {
    return edge.to == target.state_index;
  });
  if (known == edges.end()) {
    edges.push_back({target.state_index, target.span, ran_});
  } else {
    known->also.push_back(target.span);
    known->through_run &= ran_;
  }
}

bool QuietWalk::branch(const ast::Branch& branch) {
  if (!branch.target) return steps(branch.steps);
  target(*branch.target);
  return branch.target->kind == ast::Target::Kind::next;
}

bool QuietWalk::silence(const ast::Action& action) {
  if (action.go_to) target(*action.go_to);
  if (action.run) return (*this)(*action.run);
  return action.handoff && handoff_outcomes(*action.handoff);
}

}  // namespace alur::dsl
