// Steps, outcomes and what leads where. Expressions are mutate_expression.cpp's, questions and
// texts mutate_question.cpp's.
#include "tools/mutate/mutator.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace alur::tools {

namespace ast = dsl::ast;

namespace {

// Whether two branches do the same, so that it makes no difference which is taken.
bool same(const ast::Branch& a, const ast::Branch& b) {
  return a.target && b.target && a.target->name.text == b.target->name.text &&
         a.target->arguments.empty() && b.target->arguments.empty();
}

}  // namespace

bool Mutator::here(Operator op, dsl::Span span, std::string detail) {
  if (!operators_.contains(op)) return false;
  const std::size_t number = found_.size();
  found_.push_back({op, flow_index_, state_, number, span, std::move(detail)});
  return wanted_ == number;
}

void Mutator::change(ast::Flow& flow, std::size_t index) {
  flow_ = &flow;
  flow_index_ = index;
  for (ast::Trigger& trigger : flow.triggers) phrases(trigger.phrases);
  for (ast::Variable& variable : flow.vars) bounds(variable.type);
  for (std::size_t i = 0; i < flow.states.size(); ++i) {
    state_ = i;
    steps(flow.states[i].steps);
  }
}

void Mutator::change(ast::App& app) {
  for (ast::Rung& entry : app.no_match) rung(entry);
  for (ast::Silence& entry : app.no_input) silence(entry);
  retries(app.no_match);
  timeouts(app.no_input);
  for (ast::Handler& entry : app.anytime) handler(entry);
  for (ast::SystemText& entry : app.texts) text(entry.text, dsl::TextUse::words);
  for (ast::Hours& entry : app.hours) hours(entry.hours);
  for (ast::Service& service : app.services) {
    if (service.timeout && here(Operator::longer_call, service.timeout->span, service.name.text)) {
      service.timeout->milliseconds *= 10;
    }
  }
  if (app.session_ends && here(Operator::longer_session, app.session_ends->span)) {
    app.session_ends->milliseconds *= 10;
  }
}

// --- steps left out

namespace {

std::optional<Operator> leaving_out(const ast::Verb& verb) {
  if (std::holds_alternative<ast::Say>(verb)) return Operator::drop_message;
  if (std::holds_alternative<ast::Wait>(verb)) return Operator::drop_wait;
  if (std::holds_alternative<ast::Track>(verb)) return Operator::drop_tracking;
  return std::nullopt;
}

}  // namespace

bool Mutator::leave_out(std::vector<ast::Step>& steps, std::size_t at) {
  const auto op = leaving_out(steps[at].verb);
  if (!op || !here(*op, steps[at].span)) return false;
  steps.erase(steps.begin() + static_cast<std::ptrdiff_t>(at));
  return true;
}

// A step that waits for somebody is not done: what follows one of its outcomes follows at once.
bool Mutator::go_at_once(Operator op, std::vector<ast::Step>& steps, std::size_t at,
                         std::vector<ast::Outcome>& outcomes, std::string_view outcome) {
  const auto found = std::find_if(outcomes.begin(), outcomes.end(), [&](const ast::Outcome& each) {
    return each.binding.outcome.text == outcome && each.binding.variable.empty();
  });
  if (found == outcomes.end() || !here(op, steps[at].span)) return false;
  ast::If always;
  always.condition.kind = ast::ExprKind::boolean;
  always.condition.text = "true";
  always.condition.span = steps[at].span;
  always.then = found->branch;
  always.otherwise = std::move(found->branch);  // never taken, but it leaves where it has to
  always.span = steps[at].span;
  steps[at].verb = std::move(always);
  return true;
}

void Mutator::steps(std::vector<ast::Step>& steps) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (leave_out(steps, i)) return;
    if (auto* call = std::get_if<ast::Call>(&steps[i].verb)) {
      if (go_at_once(Operator::skip_call, steps, i, call->outcomes, "unavailable")) return;
    } else if (auto* run = std::get_if<ast::Run>(&steps[i].verb)) {
      const std::string first =
          run->outcomes.empty() ? "" : run->outcomes.front().binding.outcome.text;
      if (go_at_once(Operator::skip_run, steps, i, run->outcomes, first)) return;
    } else if (auto* handoff = std::get_if<ast::Handoff>(&steps[i].verb)) {
      if (go_at_once(Operator::skip_people, steps, i, handoff->outcomes, "closed")) return;
    }
    std::visit([this](auto& verb_of_step) { verb(verb_of_step); }, steps[i].verb);
  }
}

// --- where it goes

void Mutator::target(ast::Target& target) {
  if (target.kind == ast::Target::Kind::state && flow_ && flow_->states.size() > 1) {
    const std::size_t next = (target.state_index + 1) % flow_->states.size();
    const std::string& name = flow_->states[next].name.text;
    if (here(Operator::wrong_target, target.span, fmt::format("`{}`", name))) {
      target.name.text = name;
    }
  } else if (target.kind == ast::Target::Kind::flow && target.name.text != app_.start.text) {
    if (here(Operator::wrong_target, target.span, fmt::format("`{}`", app_.start.text))) {
      target.name.text = app_.start.text;
      target.arguments.clear();
      target.has_arguments = false;
    }
  }
  Walk::target(target);
}

void Mutator::outcomes_of(std::vector<ast::Outcome>& outcomes) {
  for (std::size_t i = 0; i + 1 < outcomes.size(); ++i) {
    const ast::Binding& one = outcomes[i].binding;
    const ast::Binding& other = outcomes[i + 1].binding;
    if (same(outcomes[i].branch, outcomes[i + 1].branch)) continue;
    const std::string detail = fmt::format("`{}` and `{}`", one.outcome.text, other.outcome.text);
    if (here(Operator::swap_outcomes, one.span, detail)) {
      std::swap(outcomes[i].branch, outcomes[i + 1].branch);
    }
  }
}

void Mutator::verb(ast::Call& call) {
  outcomes_of(call.outcomes);
  const auto failed = std::find_if(
      call.outcomes.begin(), call.outcomes.end(),
      [](const ast::Outcome& each) { return each.binding.outcome.text == "unavailable"; });
  const auto empty_handed =
      std::find_if(call.outcomes.begin(), call.outcomes.end(),
                   [](const ast::Outcome& each) { return each.binding.variable.empty(); });
  const auto answer = empty_handed == failed ? call.outcomes.begin() : empty_handed;
  if (failed != call.outcomes.end() && answer != failed &&
      here(Operator::error_ignored, call.span)) {
    failed->branch = answer->branch;
  }
  std::vector<ast::Argument>& given = call.call.arguments;
  for (std::size_t i = 0; i + 1 < given.size(); ++i) {
    const std::string detail =
        fmt::format("`{}` and `{}`", given[i].name.text, given[i + 1].name.text);
    if (here(Operator::swap_arguments, call.call.span, detail)) {
      std::swap(given[i].value, given[i + 1].value);
    }
  }
  Walk::verb(call);
}

void Mutator::verb(ast::Run& run) {
  outcomes_of(run.outcomes);
  Walk::verb(run);
}

void Mutator::verb(ast::Handoff& handoff) {
  outcomes_of(handoff.outcomes);
  for (const ast::Queue& queue : app_.queues) {
    if (queue.name.text == handoff.queue.text) continue;
    if (here(Operator::wrong_queue, handoff.queue.span, fmt::format("`{}`", queue.name.text))) {
      handoff.queue.text = queue.name.text;
    }
    break;
  }
  if (!handoff.leave.empty() && here(Operator::drop_leave_words, handoff.span)) {
    handoff.leave.clear();
  }
  // What people are told is in no chat.
  phrases(handoff.leave);
  for (ast::Outcome& each : handoff.outcomes) outcome(each);
}

void Mutator::verb(ast::Match& match) {
  for (std::size_t i = 0; i + 1 < match.cases.size(); ++i) {
    if (same(match.cases[i].branch, match.cases[i + 1].branch)) continue;
    if (here(Operator::swap_cases, match.cases[i].span)) {
      std::swap(match.cases[i].branch, match.cases[i + 1].branch);
    }
  }
  Walk::verb(match);
}

void Mutator::verb(ast::Goto& jump) {
  if (jump.at_most && here(Operator::more_repeats, jump.span, "once more")) ++*jump.at_most;
  if (jump.at_most && *jump.at_most > 1 && here(Operator::more_repeats, jump.span, "once less")) {
    --*jump.at_most;
  }
  Walk::verb(jump);
}

// The fields of an event are in no chat.
void Mutator::verb(ast::Track&) {}

void Mutator::verb(ast::End& end) {
  if (flow_ && !end.payload) {
    for (const ast::OutcomeDecl& other : flow_->outcomes) {
      if (other.payload || other.name.text == end.outcome.text) continue;
      if (here(Operator::wrong_outcome, end.span, fmt::format("`{}`", other.name.text))) {
        end.outcome.text = other.name.text;
      }
      break;
    }
  }
  Walk::verb(end);
}

// --- variables

void Mutator::assignments_of(std::vector<ast::Assignment>& assignments) {
  for (std::size_t i = 0; i < assignments.size(); ++i) {
    const std::string detail = fmt::format("`{}`", assignments[i].target.text);
    if (here(Operator::drop_assignment, assignments[i].target.span, detail)) {
      assignments.erase(assignments.begin() + static_cast<std::ptrdiff_t>(i));
      return;
    }
  }
}

void Mutator::verb(ast::Set& set) {
  assignments_of(set.assignments);
  Walk::verb(set);
}

void Mutator::assignment(ast::Assignment& assignment) {
  const bool is_unset = assignment.value.kind == ast::ExprKind::unset;
  const bool language = assignment.resolved.use == ast::Resolved::Use::language;
  const bool may_be_unset = assignment.resolved.type && assignment.resolved.type->optional;
  if (!is_unset && !language && may_be_unset &&
      here(Operator::forget_value, assignment.target.span, assignment.target.text)) {
    assignment.value = {};
    assignment.value.kind = ast::ExprKind::unset;
    assignment.value.span = assignment.target.span;
  }
  Walk::assignment(assignment);
}

// --- the app's own

void Mutator::hours(ast::HoursExpr& hours) {
  for (ast::HoursExpr::Range& range : hours.ranges) {
    constexpr std::int32_t hour = 3'600;
    if (range.close_seconds - hour > range.open_seconds &&
        here(Operator::wrong_hours, range.span)) {
      range.close_seconds -= hour;
    }
  }
  if (!hours.except.empty() && here(Operator::drop_holidays, hours.span)) hours.except = {};
}

}  // namespace alur::tools
