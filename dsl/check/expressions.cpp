#include "dsl/check/expressions.hpp"

#include <algorithm>
#include <utility>

#include "dsl/ast/print.hpp"
#include "dsl/check/functions.hpp"
#include "dsl/check/operators.hpp"
#include "dsl/check/ranges.hpp"
#include "dsl/finding/near_miss.hpp"
#include "engine/value/text.hpp"

namespace alur::dsl {
namespace {

using ast::Expr;
using ast::ExprKind;
using Use = ast::Resolved::Use;

TypeRef type_of_number(const Expr& expr) {
  const auto whole = expr.number.to_int64();
  return whole ? make_integer(*whole, *whole) : basic_type(TypeKind::number);
}

TypeRef type_of_text(const Expr& expr) {
  const auto length = static_cast<std::int64_t>(value::utf16_length(value::to_nfc(expr.text)));
  return make_text(length, length);
}

std::vector<std::string> readable_names(const Scope& scope) {
  std::vector<std::string> names{"language", "channel"};
  for (const VariableSymbol& local : scope.locals) names.push_back(local.name);
  for (const auto& symbol : scope.symbols.contact) names.push_back("contact." + symbol.name);
  for (const auto& symbol : scope.symbols.session) names.push_back("session." + symbol.name);
  return names;
}

bool is_item(const Scope& scope, std::string_view word) {
  return std::any_of(scope.locals.begin() + scope.own_count, scope.locals.end(),
                     [word](const VariableSymbol& item) { return item.name == word; });
}

// A word of the language that was taken for a variable; empty for other words.
std::string misused_word(const Scope& scope, std::string_view word) {
  if (is_item(scope, word)) {
    return "the item " + quoted_name(word) +
           " is only known in the `label` and `hint` of its `each`";
  }
  if (word == "contact" || word == "session") {
    return quoted_name(word) + " alone is no value: write `" + std::string(word) + ".` and a name";
  }
  if (const std::string_view form = function_form(word); !form.empty()) {
    return quoted_name(word) + " is a function: write " + quoted_name(form);
  }
  if (find_hours(scope, word)) {
    return quoted_name(word) +
           " are opening hours, which only stand in `is_open`, `next_opening`"
           " and `workday_after`";
  }
  return {};
}

// YAML takes quotes away, so a text written `x: "abc"` comes here as a word.
bool may_be_meant_as_text(const Hint& hint) {
  return hint.type != nullptr && is_text(*hint.type);
}

void report_unknown_word(Scope& scope, const Expr& expr, const Hint& hint) {
  const std::string misused = misused_word(scope, expr.name.text);
  if (!misused.empty()) {
    scope.findings.add(Code::unknown_variable, expr.span, misused);
    return;
  }
  if (scope.flow_is_broken() || is_undeclared(scope, expr.name.text)) return;
  const std::vector<std::string> names = readable_names(scope);
  Finding finding{Code::unknown_variable,
                  expr.span,
                  "no variable is called " + quoted_name(expr.name.text),
                  {},
                  {},
                  std::nullopt};
  suggest(finding, expr.name.text, std::vector<std::string_view>(names.begin(), names.end()));
  if (finding.suggestion.empty() && may_be_meant_as_text(hint)) {
    finding.suggestion = "to mean the text itself, write `'\"" + expr.name.text + "\"'`";
  }
  scope.findings.add(std::move(finding));
}

TypeRef type_of_member(Scope& scope, Expr& expr, const Type& choice) {
  const auto& members = choice.members;
  const auto found = std::find(members.begin(), members.end(), expr.name.text);
  if (found == members.end()) {
    report_unknown_member(scope, expr.name, {members.begin(), members.end()});
    return nullptr;
  }
  Type only = value::plain_type(TypeKind::choice);
  only.members = {*found};
  expr.resolved.use = Use::member;
  expr.resolved.index = static_cast<std::uint32_t>(found - members.begin());
  return value::make_type(std::move(only));
}

TypeRef type_of_name(Scope& scope, Expr& expr, const Hint& hint) {
  if (expr.resolved.use != Use::none && expr.resolved.use != Use::member) {
    return expr.resolved.type;
  }
  if (hint.type && hint.type->kind == TypeKind::choice) {
    return type_of_member(scope, expr, *hint.type);
  }
  if (!hint.faulty) report_unknown_word(scope, expr, hint);
  return nullptr;
}

bool is_shared_scope(const Expr& expr) {
  return expr.kind == ExprKind::name && expr.resolved.use == Use::none &&
         (expr.name.text == "contact" || expr.name.text == "session");
}

void report_unknown_shared(Scope& scope, const Expr& expr) {
  if (scope.app_is_broken()) return;
  const std::string& outer = expr.operands.front().name.text;
  const auto& variables = outer == "contact" ? scope.symbols.contact : scope.symbols.session;
  report_unknown(scope, Code::unknown_variable, expr.name,
                 "app.yaml declares no " + quoted_name(outer + "." + expr.name.text),
                 names_of(variables));
}

TypeRef type_of_field(Scope& scope, Expr& expr) {
  if (variable(scope, expr.resolved) != nullptr) return expr.resolved.type;
  if (is_shared_scope(expr.operands.front())) {
    report_unknown_shared(scope, expr);
    return nullptr;
  }
  const TypeRef outer = type_of(scope, expr.operands.front());
  if (!outer || expr.name.empty()) return nullptr;
  if (outer->kind != TypeKind::record) {
    scope.findings.add(Code::unknown_field, expr.name.span,
                       words_for(expr.operands.front()) + " has no fields: it is " +
                           quoted_name(bare_name(*outer)));
    return nullptr;
  }
  const value::TypeField* field = outer->find_field(value::name_key(expr.name.text));
  if (!field || field->name != expr.name.text) {
    report_unknown(scope, Code::unknown_field, expr.name,
                   quoted_name(outer->name) + " has no field " + quoted_name(expr.name.text),
                   names_of(outer->fields));
    return nullptr;
  }
  if (declared_type(scope, expr)) return expr.resolved.type;
  const TypeRef type = with_optional(field->type, outer->optional || field->type->optional);
  return with_private(type, outer->is_private || type->is_private);
}

TypeRef type_of_negated(Scope& scope, Expr& expr) {
  const TypeRef type = type_of_set(scope, expr.operands.front());
  if (!type) return nullptr;
  if (!is_number(*type)) {
    scope.findings.add(Code::wrong_operands, expr.span,
                       "only a number can have a minus before it, and " +
                           words_for(expr.operands.front()) + " is " +
                           type_words(expr.operands.front(), *type));
    return nullptr;
  }
  if (type->kind == TypeKind::number) return type;
  return with_private(make_integer(negate(range_of(*type))), type->is_private);
}

TypeRef type_of_truths(Scope& scope, Expr& expr) {
  for (Expr& operand : expr.operands) check_truth(scope, operand);
  return basic_type(TypeKind::boolean);
}

// Whether it is set may be asked of anything.
TypeRef type_of_is_set(Scope& scope, Expr& expr) {
  type_of(scope, expr.operands.front());
  return basic_type(TypeKind::boolean);
}

TypeRef type_of_misplaced(Scope& scope, Expr& expr) {
  if (expr.kind == ExprKind::unset) {
    scope.findings.add(Code::cannot_be_unset, expr.span,
                       "`unset` only stands where a variable or a parameter takes it",
                       "to ask, write `is unset`");
  } else {
    scope.findings.add(Code::wrong_operands, expr.span,
                       "a list in brackets only stands after `in`");
  }
  return nullptr;
}

// Of what stands for itself; null for everything else.
TypeRef type_of_literal(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::number:
      return type_of_number(expr);
    case ExprKind::text:
      return type_of_text(expr);
    case ExprKind::boolean:
      return basic_type(TypeKind::boolean);
    case ExprKind::duration:
      return basic_type(TypeKind::duration);
    case ExprKind::date:
      return basic_type(TypeKind::date);
    case ExprKind::time:
      return basic_type(TypeKind::time);
    default:
      return nullptr;
  }
}

TypeRef find_type(Scope& scope, Expr& expr, const Hint& hint) {
  if (const TypeRef type = type_of_literal(expr)) return type;
  switch (expr.kind) {
    case ExprKind::broken:
      return nullptr;
    case ExprKind::unset:
    case ExprKind::list:
      return type_of_misplaced(scope, expr);
    case ExprKind::name:
      return type_of_name(scope, expr, hint);
    case ExprKind::field:
      return type_of_field(scope, expr);
    case ExprKind::call:
      return type_of_call(scope, expr);
    case ExprKind::negate:
      return type_of_negated(scope, expr);
    case ExprKind::not_:
    case ExprKind::and_:
      return type_of_truths(scope, expr);
    case ExprKind::is_set:
    case ExprKind::is_unset:
      return type_of_is_set(scope, expr);
    case ExprKind::or_:
      return type_of_or(scope, expr, hint, false);
    case ExprKind::in:
      return type_of_in(scope, expr);
    case ExprKind::add:
    case ExprKind::subtract:
    case ExprKind::multiply:
    case ExprKind::divide:
      return type_of_arithmetic(scope, expr);
    default:
      return type_of_comparison(scope, expr);
  }
}

}  // namespace

TypeRef type_of(Scope& scope, Expr& expr, const Hint& hint) {
  expr.resolved.type = find_type(scope, expr, hint);
  return expr.resolved.type;
}

TypeRef type_of_set(Scope& scope, Expr& expr, const Hint& hint) {
  const TypeRef type = type_of(scope, expr, hint);
  if (!type || !type->optional) return type;
  report_unset(scope, expr);
  return with_optional(type, false);
}

TypeRef type_of_shown(Scope& scope, Expr& expr) {
  if (expr.kind != ExprKind::or_) return type_of(scope, expr);
  expr.resolved.type = type_of_or(scope, expr, {}, true);
  return expr.resolved.type;
}

void check_truth(Scope& scope, Expr& expr) {
  const TypeRef type = type_of(scope, expr);
  if (!type) return;
  if (type->kind == TypeKind::boolean) {
    if (type->optional) report_unset(scope, expr);
    return;
  }
  std::string suggestion;
  if (type->optional) suggestion = "did you mean `" + ast::to_text(expr) + " is set`?";
  scope.findings.add(
      Code::not_a_truth, expr.span,
      "a condition is true or false, and " + words_for(expr) + " is " + type_words(expr, *type),
      suggestion);
}

std::string words_for(const Expr& expr) {
  constexpr std::size_t printed_max = 40;
  if (is_written_out(expr)) return "this";
  const std::string printed = ast::to_text(expr);
  return printed.size() <= printed_max ? quoted_name(printed) : "this";
}

std::string type_words(const Expr& expr, const Type& type) {
  if (expr.kind == ExprKind::number) return "the number " + expr.number.to_string();
  if (expr.kind == ExprKind::text) {
    return "a text of " + std::to_string(type.low) + (type.low == 1 ? " character" : " characters");
  }
  if (expr.kind == ExprKind::boolean) return quoted_name(expr.text);
  if (type.kind == TypeKind::boolean) return "true or false";
  if (type.kind == TypeKind::integer && type.low == type.high) return "a whole number";
  return quoted_name(bare_name(type));
}

bool is_written_out(const Expr& expr) {
  return expr.kind == ExprKind::text || expr.kind == ExprKind::number ||
         expr.kind == ExprKind::boolean;
}

void report_unknown_member(Scope& scope, const ast::Name& name,
                           const std::vector<std::string_view>& members) {
  Finding finding{Code::unknown_member,
                  name.span,
                  quoted_name(name.text) + " is none of " + listed(members),
                  {},
                  {},
                  std::nullopt};
  suggest(finding, name.text, members);
  scope.findings.add(std::move(finding));
}

}  // namespace alur::dsl
