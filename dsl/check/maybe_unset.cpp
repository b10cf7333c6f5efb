#include "dsl/check/maybe_unset.hpp"

namespace alur::dsl {

using ast::Expr;
using ast::ExprKind;

TypeRef declared_type(const Scope& scope, const Expr& expr) {
  if (const VariableSymbol* symbol = variable(scope, expr.resolved)) return symbol->type;
  if (expr.kind != ExprKind::field) return nullptr;
  const TypeRef record = declared_type(scope, expr.operands.front());
  if (!record || record->kind != TypeKind::record) return nullptr;
  const value::TypeField* field = record->find_field(value::name_key(expr.name.text));
  if (!field || field->name != expr.name.text) return nullptr;
  return with_private(field->type, record->is_private || (field->type && field->type->is_private));
}

bool never_zero(const Scope& scope, const Expr& divisor) {
  if (divisor.kind == ExprKind::number) return !divisor.number.is_zero();
  if (divisor.kind == ExprKind::negate) return never_zero(scope, divisor.operands.front());
  const TypeRef type = declared_type(scope, divisor);
  return type && type->kind == TypeKind::integer && (type->low > 0 || type->high < 0);
}

bool never_empty(const Scope& scope, const Expr& list) {
  const TypeRef type = declared_type(scope, list);
  return type && type->kind == TypeKind::list && type->low > 0;
}

namespace {

bool call_may_be_unset(const Scope& scope, const Expr& call) {
  const std::string_view name = call.name.text;
  if (name == "first") {
    return call.arguments.empty() || !never_empty(scope, call.arguments.front().value);
  }
  return name == "next_opening" || name == "workday_after";
}

bool field_may_be_unset(const Scope& scope, const PathTable& paths, const Facts& facts,
                        const Expr& field) {
  if (may_be_unset(scope, paths, facts, field.operands.front())) return true;
  const TypeRef type = declared_type(scope, field);
  if (!type || !type->optional) return false;
  const auto path = paths.find(field);
  return !path || !facts.knows(*path);
}

}  // namespace

bool may_be_unset(const Scope& scope, const PathTable& paths, const Facts& facts,
                  const Expr& expr) {
  if (variable(scope, expr.resolved) != nullptr) {
    const auto path = paths.find(expr.resolved);
    return path && !facts.knows(*path);
  }
  switch (expr.kind) {
    case ExprKind::unset:
      return true;
    case ExprKind::field:
      return field_may_be_unset(scope, paths, facts, expr);
    case ExprKind::or_:
      return may_be_unset(scope, paths, facts, expr.operands[0]) &&
             may_be_unset(scope, paths, facts, expr.operands[1]);
    case ExprKind::divide:
      return !never_zero(scope, expr.operands[1]);
    case ExprKind::call:
      return call_may_be_unset(scope, expr);
    default:
      return false;
  }
}

}  // namespace alur::dsl
