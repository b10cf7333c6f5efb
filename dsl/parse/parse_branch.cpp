#include "dsl/parse/parse_branch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "dsl/parse/parse_steps.hpp"
#include "dsl/parse/parse_text.hpp"
#include "dsl/parse/scalars.hpp"
#include "engine/program/return_outcome.hpp"

namespace alur::dsl {
namespace {

// `day = today()`, as it is written elsewhere: what stands before the `=`.
std::string_view assigned_name(const Node& node) {
  if (!node.is_scalar()) return {};
  const std::string_view text = node.text();
  const std::size_t end = text.find_first_of(" =");
  const std::size_t sign = text.find_first_not_of(' ', std::min(end, text.size()));
  const bool assigns = sign != std::string_view::npos && text[sign] == '=';
  return assigns ? text.substr(0, end) : std::string_view();
}

bool steps_in_branch(Pass& pass, const Place& place, std::vector<ast::Step>& steps) {
  if (pass.depth >= branch_depth_max) {
    pass.findings.add(
        Code::nested_too_deep, place.key,
        fmt::format("steps stand in branches {} levels deep, and at most {} are possible",
                    pass.depth + 1, branch_depth_max),
        "give them a state of their own");
    return false;
  }
  ++pass.depth;
  const bool complete = steps_at(pass, place, steps);
  --pass.depth;
  return complete;
}

}  // namespace

ast::Branch branch_at(Pass& pass, const Place& place) {
  ast::Branch branch;
  branch.span = place.span();
  if (place.node.is_scalar()) {
    branch.target = target_at(pass, place);
    branch.broken = branch.target->name.empty();
  } else {
    branch.broken = !want_value(pass, place) || !steps_in_branch(pass, place, branch.steps);
  }
  return branch;
}

ast::Branch goto_branch_at(Pass& pass, const Place& place) {
  ast::Branch branch;
  branch.span = place.span();
  branch.target = goto_at(pass, place);
  branch.broken = branch.target->name.empty();
  return branch;
}

std::optional<ast::Outside> outside_at(Pass& pass, const Place& place) {
  constexpr std::string_view word = "template ";
  ast::Outside outside;
  outside.span = place.node.text_span();
  if (place.node.is_scalar() && place.node.text().starts_with(word)) {
    std::string_view name = place.node.text().substr(word.size());
    name.remove_prefix(std::min(name.find_first_not_of(' '), name.size()));
    outside.template_name = name_in(pass, place.node, name, NameUse::used);
    return outside;
  }
  outside.target = target_at(pass, place);
  if (outside.target->name.text != "next") return outside;
  pass.findings.add(Code::bad_value, outside.target->span,
                    "`outside_window` does not take `next`: what follows may speak, and would not "
                    "be heard",
                    "name a template, or a state that says nothing");
  outside.target->name.text.clear();
  return outside;
}

bool outcomes_at(Pass& pass, const Place& place, std::vector<ast::Outcome>& outcomes) {
  bool complete = place.node.is_map() && !place.node.entries().empty();
  for (const Entry& entry : entries_of(pass, place)) {
    ast::Binding binding = binding_of(pass, entry.key);
    ast::Branch branch = branch_at(pass, Place::of(entry));
    complete &= !binding.outcome.empty();
    if (!binding.outcome.empty()) outcomes.push_back({std::move(binding), std::move(branch)});
  }
  return complete;
}

bool assignments_at(Pass& pass, const Place& place, NameUse use,
                    std::vector<ast::Assignment>& assignments) {
  bool complete = place.node.is_map() && !place.node.entries().empty();
  for (const Entry& entry : entries_of(pass, place, assigned_name(place.node))) {
    ast::Name target = name_of(pass, entry.key, use);
    ast::Expr value = expression_at(pass, Place::of(entry));
    complete &= !target.empty();
    if (!target.empty()) assignments.push_back({std::move(target), std::move(value), {}});
  }
  return complete;
}

ast::Run run_of(Pass& pass, const Place& flow, const Companions& companions) {
  ast::Run run;
  run.flow = target_at(pass, flow);
  run.span = flow.span();
  if (companions.outcomes) {
    run.broken = !outcomes_at(pass, companions.outcomes.place("outcomes"), run.outcomes);
  }
  return run;
}

// Each state that people may send the citizen on to is an outcome, `to STATE`, that leads there: no
// outcome that is written has a blank in its name.
bool returns_at(Pass& pass, const Place& place, std::vector<ast::Outcome>& outcomes) {
  std::vector<ast::Name> states;
  const bool complete = names_at(pass, place, states);
  for (ast::Name& state : states) {
    ast::Outcome outcome;
    outcome.binding.outcome = {std::string(program::return_prefix) + state.text, state.span};
    outcome.binding.span = outcome.branch.span = state.span;
    outcome.branch.target = ast::Target();
    outcome.branch.target->span = state.span;
    outcome.branch.target->name = std::move(state);
    outcomes.push_back(std::move(outcome));
  }
  return complete;
}

ast::Handoff handoff_of(Pass& pass, const Place& queue, const Companions& companions) {
  ast::Handoff handoff;
  handoff.queue = used_name_at(pass, queue);
  handoff.span = queue.span();
  if (companions.summary) handoff.summary = text_at(pass, companions.summary.place("summary"));
  if (companions.fields) {
    assignments_at(pass, companions.fields.place("fields"), NameUse::label, handoff.fields);
  }
  if (companions.leave) handoff.leave = phrases_at(pass, companions.leave.place("leave"));
  if (companions.outcomes) {
    handoff.broken = !outcomes_at(pass, companions.outcomes.place("outcomes"), handoff.outcomes);
  }
  if (companions.return_to) {
    handoff.broken |= !returns_at(pass, companions.return_to.place("return_to"), handoff.outcomes);
  }
  return handoff;
}

}  // namespace alur::dsl
