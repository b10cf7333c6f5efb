// Operators on conditions, numbers, names and patterns.
#include <fmt/format.h>

#include "tools/mutate/mutator.hpp"

namespace alur::tools {

namespace ast = dsl::ast;
using ast::Expr;
using ast::ExprKind;

namespace {

bool is_comparison(ExprKind kind) {
  return kind >= ExprKind::equal && kind <= ExprKind::greater_equal;
}

// With the bound taken where it was left, and left where it was taken.
ExprKind shifted(ExprKind kind) {
  switch (kind) {
    case ExprKind::less:
      return ExprKind::less_equal;
    case ExprKind::less_equal:
      return ExprKind::less;
    case ExprKind::greater:
      return ExprKind::greater_equal;
    default:
      return ExprKind::greater;
  }
}

ExprKind turned(ExprKind kind) {
  switch (kind) {
    case ExprKind::equal:
      return ExprKind::not_equal;
    case ExprKind::not_equal:
      return ExprKind::equal;
    case ExprKind::less:
      return ExprKind::greater;
    case ExprKind::less_equal:
      return ExprKind::greater_equal;
    case ExprKind::greater:
      return ExprKind::less;
    default:
      return ExprKind::less_equal;
  }
}

Expr truth(bool holds, dsl::Span span) {
  Expr made;
  made.kind = ExprKind::boolean;
  made.text = holds ? "true" : "false";
  made.span = span;
  return made;
}

bool same_kind_of_value(const value::TypeRef& a, const value::TypeRef& b) {
  if (!a || !b || a->kind != b->kind || a->optional != b->optional) return false;
  return a->is_private == b->is_private && a->members == b->members && a->name == b->name;
}

}  // namespace

// What an `if` asks.
void Mutator::guard(Expr& condition) {
  const bool negated = condition.kind == ExprKind::not_;
  if (here(Operator::negate_guard, condition.span)) {
    if (negated) {
      Expr inner = std::move(condition.operands.front());
      condition = std::move(inner);
      return;
    }
    Expr inner = std::move(condition);
    condition = {};
    condition.kind = ExprKind::not_;
    condition.span = inner.span;
    condition.operands.push_back(std::move(inner));
    return;
  }
  if (here(Operator::guard_true, condition.span)) condition = truth(true, condition.span);
  if (here(Operator::guard_false, condition.span)) condition = truth(false, condition.span);
}

void Mutator::verb(ast::If& branches) {
  guard(branches.condition);
  Walk::verb(branches);
}

void Mutator::expression(Expr& expression) {
  if (is_comparison(expression.kind)) comparison(expression);
  const bool logic = expression.kind == ExprKind::and_ ||
                     (expression.kind == ExprKind::or_ && expression.resolved.type &&
                      expression.resolved.type->kind == value::TypeKind::boolean);
  if (logic && here(Operator::swap_and_or, expression.span)) {
    expression.kind = expression.kind == ExprKind::and_ ? ExprKind::or_ : ExprKind::and_;
  }
  if (expression.kind == ExprKind::number) number(expression);
  if (expression.kind == ExprKind::call) pattern(expression);
  if (expression.kind == ExprKind::name) name(expression);
  if (expression.kind == ExprKind::field) field(expression);
  for (Expr& operand : expression.operands) this->expression(operand);
  for (ast::Argument& argument : expression.arguments) this->expression(argument.value);
}

void Mutator::comparison(Expr& expression) {
  const bool ordered = expression.kind != ExprKind::equal && expression.kind != ExprKind::not_equal;
  if (ordered && here(Operator::shift_comparison, expression.span)) {
    expression.kind = shifted(expression.kind);
    return;
  }
  if (here(Operator::turn_comparison, expression.span)) expression.kind = turned(expression.kind);
}

void Mutator::number(Expr& expression) {
  const auto one = value::Decimal::from_integer(1);
  if (here(Operator::off_by_one, expression.span, "one more")) {
    expression.number = value::add(expression.number, one);
  }
  if (here(Operator::off_by_one, expression.span, "one less")) {
    expression.number = value::subtract(expression.number, one);
  }
}

void Mutator::pattern(Expr& call) {
  if (call.name.text != "matches" || call.arguments.size() != 2) return;
  Expr& written = call.arguments[1].value;
  if (written.kind == ExprKind::text && here(Operator::loosen_pattern, written.span)) {
    written.text = "(?s).*(" + written.text + ").*";
  }
}

// Another variable of the flow that could stand there by its type.
void Mutator::name(Expr& name) {
  if (name.resolved.use != ast::Resolved::Use::local || !flow_) return;
  std::vector<const ast::Variable*> all;
  for (const ast::Variable& variable : flow_->params) all.push_back(&variable);
  for (const ast::Variable& variable : flow_->vars) all.push_back(&variable);
  const std::size_t index = name.resolved.index;
  if (index >= all.size()) return;
  const ast::TypeExpr& own = all[index]->type;
  for (std::size_t i = 1; i < all.size(); ++i) {
    const ast::Variable& other = *all[(index + i) % all.size()];
    const bool same = other.type.kind == own.kind && other.type.name.text == own.name.text &&
                      other.type.is_private == own.is_private;
    if (!same) continue;
    if (here(Operator::wrong_variable, name.span, fmt::format("`{}`", other.name.text))) {
      name.name.text = other.name.text;
    }
    return;
  }
}

void Mutator::field(Expr& field) {
  if (field.operands.empty() || !field.operands.front().resolved.type) return;
  const value::Type& record = *field.operands.front().resolved.type;
  if (record.kind != value::TypeKind::record) return;
  const value::TypeField* own = record.find_field(value::name_key(field.name.text));
  for (const value::TypeField& other : record.fields) {
    if (!own || &other == own || !same_kind_of_value(own->type, other.type)) continue;
    if (here(Operator::wrong_field, field.span, fmt::format("`{}`", other.name))) {
      field.name.text = other.name;
    }
    return;
  }
}

// Validation: the variable that takes an answer takes more than it should.
void Mutator::bounds(ast::TypeExpr& type) {
  using Kind = ast::TypeExpr::Kind;
  const bool text = type.kind == Kind::text;
  if (!text && type.kind != Kind::integer) return;
  if (type.low && (!text || *type.low > 1)) {
    if (here(Operator::loosen_bounds, type.span, "one less")) --*type.low;
  }
  if (type.high && (!text || *type.high < value::text_high_default)) {
    if (here(Operator::loosen_bounds, type.span, "one more")) ++*type.high;
  }
  if ((type.low || type.high) && here(Operator::drop_bounds, type.span)) {
    type.low.reset();
    type.high.reset();
  }
}

}  // namespace alur::tools
