// Questions: what fills their variable, which answers can be given, and where each answer leads.
#include <algorithm>
#include <utility>

#include "dsl/ast/print.hpp"
#include "dsl/check/step_check.hpp"
#include "dsl/check/templates.hpp"
#include "engine/value/reading.hpp"

namespace alur::dsl {
namespace {

using value::Mismatch;

// Whether a citizen can give such a value by typing or sending it.
bool can_be_given(TypeKind kind) {
  return kind != TypeKind::record && kind != TypeKind::list;
}

// The reasons that a typed answer may be refused for (engine/value/reading.cpp).
bool may_be_refused_for(Mismatch reason, const Type& type) {
  if (reason == Mismatch::wrong_kind) return true;
  switch (type.kind) {
    case TypeKind::boolean:
      return reason == Mismatch::not_yes_or_no;
    case TypeKind::integer:
      if (reason == Mismatch::not_whole) return true;
      [[fallthrough]];
    case TypeKind::number:
      return reason == Mismatch::not_a_number || reason == Mismatch::too_small ||
             reason == Mismatch::too_large;
    case TypeKind::text:
      return reason == Mismatch::too_short || reason == Mismatch::too_long;
    case TypeKind::date:
      return reason == Mismatch::not_a_date;
    case TypeKind::time:
      return reason == Mismatch::not_a_time;
    case TypeKind::datetime:
      return reason == Mismatch::not_a_date || reason == Mismatch::not_a_time;
    case TypeKind::duration:
      return reason == Mismatch::not_a_duration;
    case TypeKind::phone:
      return reason == Mismatch::not_a_phone;
    case TypeKind::email:
      return reason == Mismatch::not_an_email;
    default:
      return reason == Mismatch::no_option;
  }
}

bool has_options(const ast::Question& question) {
  return question.each.has_value() || !question.options.empty();
}

bool may_come(Mismatch reason, const ast::Question& question, const VariableSymbol* into) {
  if (reason == Mismatch::wrong_kind) return true;
  if (reason == Mismatch::no_option && has_options(question)) return true;
  if (question.choose) return false;
  return into == nullptr || !into->type || may_be_refused_for(reason, *into->type);
}

std::string possible_reasons(const ast::Question& question, const VariableSymbol* into) {
  std::vector<std::string_view> names;
  for (int i = 0; i < value::mismatch_count; ++i) {
    const auto reason = static_cast<Mismatch>(i);
    if (may_come(reason, question, into)) names.push_back(value::to_text(reason));
  }
  return listed(names);
}

}  // namespace

void StepCheck::action(ast::Action& action) {
  assignments(action.set);
  text(action.say, TextUse::words);
  if (action.go_to) target(*action.go_to);
  in_action_ = true;
  if (action.run) verb(*action.run);
  in_action_ = true;
  if (action.handoff) verb(*action.handoff);
  in_action_ = false;
}

void StepCheck::verb(ast::Question& question) {
  text(question.text, TextUse::words);
  extras(question.extras);
  check_into(question);
  if (question.each) each(*question.each, question);
  for (ast::Option& each : question.options) option(each, question);
  for (ast::Handler& each : question.hear) handler(each);
  no_match(question.no_match);
  check_reasons(question);
  no_input(question.no_input);
  text(question.button, TextUse::label);
}

void StepCheck::check_into(const ast::Question& question) {
  const VariableSymbol* into = variable(scope_, question.resolved_into);
  if (into == nullptr || !into->type) return;
  const std::string name = quoted_name(question.into.text);
  if (question.choose) {
    check_filled(question);
    return;
  }
  const bool words_only = into->type->kind == TypeKind::choice && !has_options(question);
  if (can_be_given(into->type->kind) && !words_only) return;
  scope_.findings.add(
      Code::cannot_be_typed, question.into.span,
      name + " is " + quoted_name(bare_name(*into->type)) + ", which nobody can type",
      words_only ? "give the citizen `options`, each with its `value`"
                 : "write `choose` with `each`, or ask for something else",
      {{into->span, name + " is declared here"}});
}

// A `choose` whose options all leave the variable as it is.
void StepCheck::check_filled(const ast::Question& question) {
  if (question.broken || question.each || question.options.empty()) return;
  const bool filled = std::any_of(question.options.begin(), question.options.end(),
                                  [](const ast::Option& each) { return each.value.has_value(); });
  if (filled) return;
  scope_.findings.add(Code::never_filled, question.into.span,
                      "no option gives " + quoted_name(question.into.text) + " a value",
                      "add `value:` to the options, or take `into` away");
}

void StepCheck::each(ast::Each& each, const ast::Question& question) {
  const TypeRef list = type_of_set(scope_, each.list);
  if (list && list->kind != TypeKind::list) {
    scope_.findings.add(Code::wrong_type, each.list.span,
                        "`each` goes through a list, and " + words_for(each.list) + " is " +
                            type_words(each.list, *list));
  } else if (list && !declared_type(scope_, each.list)) {
    scope_.findings.add(Code::wrong_type, each.list.span,
                        "`each` goes through a variable that holds a list",
                        "keep the list in a variable first");
  } else if (list) {
    check_type_fits(scope_, list->element, "an item of " + words_for(each.list), question.into.span,
                    variable_destination(scope_, question.into, question.resolved_into));
  }
  check_shared_words(scope_, each.label);
  if (each.hint) check_shared_words(scope_, *each.hint);
}

void StepCheck::option(ast::Option& option, const ast::Question& question) {
  text(option.label, TextUse::label);
  text(option.hint, TextUse::hint);
  phrases(option.hear);
  if (option.value) {
    check_fits(scope_, *option.value,
               variable_destination(scope_, question.into, question.resolved_into));
  }
  action(option.action);
}

void StepCheck::check_reasons(const ast::Question& question) {
  const VariableSymbol* into = variable(scope_, question.resolved_into);
  for (const ast::Rung& each : question.no_match) {
    const auto reason = value::parse_mismatch(each.when.text);
    if (!reason || question.broken || may_come(*reason, question, into)) continue;
    scope_.findings.add(Code::never_happens, each.when.span,
                        "no answer to this question is ever " + quoted_name(each.when.text),
                        "here it can be " + possible_reasons(question, into));
  }
}

void StepCheck::report_endless(Span span, const std::string& entry) {
  scope_.findings.add(Code::must_leave, span,
                      "the last entry of `" + entry +
                          "` has to lead somewhere, or the citizen "
                          "is stuck here",
                      "add `goto:`, `run:`, `handoff:` or `stop:`");
}

void StepCheck::no_match(std::vector<ast::Rung>& rungs) {
  for (ast::Rung& each : rungs) rung(each);
  if (rungs.empty()) return;
  const ast::Rung& last = rungs.back();
  if (!last.action.leaves()) report_endless(last.span, "no_match");
}

void StepCheck::no_input(std::vector<ast::Silence>& silences) {
  for (ast::Silence& each : silences) silence(each);
  if (silences.empty()) return;
  const ast::Silence& last = silences.back();
  if (!last.action.leaves()) report_endless(last.span, "no_input");
}

}  // namespace alur::dsl
