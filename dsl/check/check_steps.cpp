#include "dsl/check/check_steps.hpp"

#include <utility>

#include "dsl/check/arguments.hpp"
#include "dsl/check/step_check.hpp"
#include "dsl/check/targets.hpp"
#include "dsl/check/templates.hpp"
#include "engine/program/return_outcome.hpp"

namespace alur::dsl {
namespace {

void report_captures(Scope& scope, const std::vector<ast::PhrasePart>& parts) {
  for (const ast::PhrasePart& part : parts) {
    if (part.kind == ast::PhrasePart::Kind::capture) {
      scope.findings.add(Code::unknown_capture, part.span,
                         "only the phrases of `triggers` can take a part of the message",
                         "write the words themselves, or leave this out");
    }
    for (const auto& branch : part.branches) report_captures(scope, branch);
  }
}

// A value that others see who are not cleared for private ones.
void check_public(Scope& scope, ast::Expr& expr, std::string_view who) {
  const TypeRef type = type_of_set(scope, expr);
  if (!type || !holds_private(*type)) return;
  scope.findings.add(
      Code::private_leak, expr.span,
      words_for(expr) + " is private, and " + std::string(who) + " never sees private values",
      "leave it out");
}

}  // namespace

Destination variable_destination(const Scope& scope, const ast::Name& name,
                                 const ast::Resolved& resolved) {
  const VariableSymbol* symbol = variable(scope, resolved);
  if (symbol != nullptr) return {quoted_name(name.text), symbol->type, symbol->span};
  return {quoted_name(name.text), resolved.type, {}};
}

void StepCheck::phrases(std::vector<ast::Phrase>& phrases) {
  for (const ast::Phrase& phrase : phrases) report_captures(scope_, phrase.parts);
}

void StepCheck::assignment(ast::Assignment& assignment) {
  check_fits(scope_, assignment.value,
             variable_destination(scope_, assignment.target, assignment.resolved));
}

void StepCheck::target(ast::Target& target) {
  check_target(scope_, target);
}

void StepCheck::text(ast::Text& text, TextUse) {
  check_text(scope_, text);
}

void StepCheck::check_number(ast::Expr& expr, std::string_view words) {
  check_fits(scope_, expr, {std::string(words), basic_type(TypeKind::number), {}});
}

void StepCheck::extras(ast::Extras& extras) {
  if (extras.image) check_file(scope_, *extras.image, TypeKind::image);
  if (extras.document) check_file(scope_, *extras.document, TypeKind::document);
  if (extras.location) {
    check_number(extras.location->latitude, "`latitude`");
    check_number(extras.location->longitude, "`longitude`");
    check_text(scope_, extras.location->name);
    check_text(scope_, extras.location->address);
  }
  if (extras.link) {
    check_text(scope_, extras.link->label);
    check_address(scope_, *extras.link);
  }
}

void StepCheck::verb(ast::Call& call) {
  const ast::Name& name = call.call.service;
  const auto found = scope_.symbols.services.find(name.text);
  if (found == scope_.symbols.services.end()) {
    if (!name.empty() && !scope_.app_is_broken()) {
      report_unknown(scope_, Code::unknown_service, name,
                     "app.yaml has no service " + quoted_name(name.text),
                     keys_of(scope_.symbols.services));
    }
    check_stray_arguments(scope_, call.call.arguments);
  } else {
    const ServiceSymbol& service = found->second;
    check_arguments(scope_, call.call.arguments,
                    {service.name, service.params, service.span, service.is_broken},
                    call.call.span);
    check_outcomes(scope_, call.outcomes,
                   {quoted_name(service.name), service.outcomes, service.span, name.span,
                    service.is_broken || call.broken || scope_.flow_is_broken(), true});
  }
  outcomes(call.outcomes);
}

void StepCheck::verb(ast::Run& run) {
  const bool all_needed = !std::exchange(in_action_, false);
  check_target(scope_, run.flow);
  if (const FlowSymbol* flow = find_flow(scope_, run.flow.name.text)) {
    check_outcomes(scope_, run.outcomes,
                   {quoted_name(flow->name), flow->outcomes, flow->span, run.flow.name.span,
                    flow->is_broken || run.broken || scope_.flow_is_broken(), all_needed});
  }
  outcomes(run.outcomes);
}

void StepCheck::verb(ast::Handoff& handoff) {
  const bool all_needed = !std::exchange(in_action_, false);
  const ast::Name& queue = handoff.queue;
  const auto& queues = scope_.symbols.queues;
  if (!queue.empty() && queues.find(queue.text) == queues.end() && !scope_.app_is_broken()) {
    report_unknown(scope_, Code::unknown_queue, queue,
                   "app.yaml has no queue " + quoted_name(queue.text), keys_of(queues));
  }
  check_text(scope_, handoff.summary);
  for (ast::Assignment& field : handoff.fields) type_of_set(scope_, field.value);
  phrases(handoff.leave);
  std::vector<OutcomeSymbol> possible = handoff_outcomes();
  for (const ast::Outcome& outcome : handoff.outcomes) {
    const std::string& name = outcome.binding.outcome.text;
    if (program::is_return(name)) possible.push_back({name, nullptr, {}, false});
  }
  check_outcomes(scope_, handoff.outcomes,
                 {"a handoff",
                  possible,
                  {},
                  queue.span,
                  handoff.broken || scope_.flow_is_broken(),
                  all_needed});
  outcomes(handoff.outcomes);
}

void StepCheck::verb(ast::If& choice) {
  check_truth(scope_, choice.condition);
  branch(choice.then);
  if (choice.otherwise) branch(*choice.otherwise);
}

void StepCheck::verb(ast::Match& match) {
  check_cases(scope_, match);
  for (ast::Case& each : match.cases) branch(each.branch);
}

void StepCheck::verb(ast::Wait& wait) {
  if (wait.outside) outside(*wait.outside);
  const TypeRef type = type_of_set(scope_, wait.duration);
  if (!type || type->kind == TypeKind::duration) return;
  const bool number = wait.duration.kind == ast::ExprKind::number;
  scope_.findings.add(
      Code::wrong_type, wait.duration.span,
      "`wait` takes a length of time, and " + words_for(wait.duration) + " is " +
          type_words(wait.duration, *type),
      number ? "write `" + wait.duration.number.to_string() + "s` for seconds" : "");
}

void StepCheck::outside(ast::Outside& outside) {
  Walk::outside(outside);
  const ast::Name& name = outside.template_name;
  const auto& templates = scope_.symbols.templates;
  if (name.empty() || templates.contains(name.text) || scope_.app_is_broken()) return;
  report_unknown(scope_, Code::unknown_template, name,
                 "app.yaml has no template " + quoted_name(name.text), keys_of(templates));
}

void StepCheck::verb(ast::Track& track) {
  for (ast::Assignment& field : track.fields) check_public(scope_, field.value, "analytics");
}

void StepCheck::verb(ast::End& end) {
  check_end(scope_, end);
}

void check_steps(Scope& scope, ast::Flow& flow) {
  StepCheck check(scope);
  for (ast::State& state : flow.states) check.steps(state.steps);
}

void check_steps(Scope& scope, ast::App& app) {
  StepCheck check(scope);
  check.no_match(app.no_match);
  check.no_input(app.no_input);
  for (ast::Handler& handler : app.anytime) check.handler(handler);
  for (ast::SystemText& entry : app.texts) check.text(entry.text, TextUse::words);
  for (ast::TemplateDecl& entry : app.templates) check.text(entry.text, TextUse::words);
}

}  // namespace alur::dsl
