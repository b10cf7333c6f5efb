#include "dsl/check/operators.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "dsl/ast/operators.hpp"
#include "dsl/ast/print.hpp"
#include "dsl/check/ranges.hpp"

namespace alur::dsl {
namespace {

using ast::Expr;
using ast::ExprKind;
using Use = ast::Resolved::Use;

struct Sides {
  TypeRef left;
  TypeRef right;
  explicit operator bool() const { return left && right; }
};

// A bare word is understood by the other side, whichever comes first.
Sides types_of_sides(Scope& scope, Expr& left, Expr& right) {
  Sides sides;
  if (is_bare_word(left) && !is_bare_word(right)) {
    sides.right = type_of_set(scope, right);
    sides.left = type_of_set(scope, left, {sides.right.get(), !sides.right});
  } else {
    sides.left = type_of_set(scope, left);
    sides.right = type_of_set(scope, right, {sides.left.get(), !sides.left});
  }
  return sides;
}

std::string_view spelling(const Expr& expr) {
  return ast::find_operator(expr.kind)->spelling;
}

// What times may be added to and taken from one another. Numbers have their own rules.
struct TimeRow {
  TypeKind left;
  ExprKind op;
  TypeKind right;
  TypeKind result;
};
constexpr TimeRow time_rows[] = {
    {TypeKind::duration, ExprKind::add, TypeKind::duration, TypeKind::duration},
    {TypeKind::duration, ExprKind::subtract, TypeKind::duration, TypeKind::duration},
    {TypeKind::datetime, ExprKind::add, TypeKind::duration, TypeKind::datetime},
    {TypeKind::datetime, ExprKind::subtract, TypeKind::duration, TypeKind::datetime},
    {TypeKind::datetime, ExprKind::subtract, TypeKind::datetime, TypeKind::duration},
    {TypeKind::date, ExprKind::add, TypeKind::duration, TypeKind::date},
    {TypeKind::date, ExprKind::subtract, TypeKind::duration, TypeKind::date},
};

TypeRef calculate_times(ExprKind op, const Type& left, const Type& right) {
  for (const TimeRow& row : time_rows) {
    if (row.op == op && row.left == left.kind && row.right == right.kind) {
      return basic_type(row.result);
    }
  }
  return nullptr;
}

TypeRef calculate_numbers(ExprKind op, const Type& left, const Type& right) {
  const bool whole = left.kind == TypeKind::integer && right.kind == TypeKind::integer;
  if (!whole || op == ExprKind::divide) return basic_type(TypeKind::number);
  const Range a = range_of(left), b = range_of(right);
  if (op == ExprKind::add) return make_integer(add(a, b));
  if (op == ExprKind::subtract) return make_integer(subtract(a, b));
  return make_integer(multiply(a, b));
}

std::string mend_sides(const Expr& expr, const Sides& sides) {
  const Type& left = *sides.left;
  const Type& right = *sides.right;
  if (left.kind == TypeKind::date && right.kind == TypeKind::date) {
    return "`days_between(a, b)` counts the days";
  }
  const Expr& last = expr.operands[1];
  const bool timed = left.kind == TypeKind::date || left.kind == TypeKind::datetime ||
                     left.kind == TypeKind::duration;
  if (timed && last.kind == ExprKind::number && last.number.is_integer()) {
    return "write `" + last.number.to_string() + "d` for days";
  }
  if (is_text(left) || is_text(right)) return "texts are put together in a text: \"{a} {b}\"";
  return {};
}

void report_wrong_sides(Scope& scope, const Expr& expr, const Sides& sides) {
  scope.findings.add(Code::wrong_operands, expr.span,
                     quoted_name(spelling(expr)) + " cannot be used between " +
                         type_words(expr.operands[0], *sides.left) + " and " +
                         type_words(expr.operands[1], *sides.right),
                     mend_sides(expr, sides));
}

bool is_ordered(TypeKind kind) {
  return kind == TypeKind::date || kind == TypeKind::time || kind == TypeKind::datetime ||
         kind == TypeKind::duration;
}

bool check_order(Scope& scope, const Expr& expr, const Sides& sides) {
  if (is_number(*sides.left) && is_number(*sides.right)) return true;
  if (sides.left->kind == sides.right->kind && is_ordered(sides.left->kind)) return true;
  scope.findings.add(Code::wrong_operands, expr.span,
                     quoted_name(spelling(expr)) +
                         " compares numbers, dates, times or durations, and here are " +
                         type_words(expr.operands[0], *sides.left) + " and " +
                         type_words(expr.operands[1], *sides.right));
  return false;
}

// A member written as a text: the mistake behind most comparisons that never hold.
std::string unquoted_member(const Expr& text, const Type& choice) {
  const auto& members = choice.members;
  const bool known = text.kind == ExprKind::text && choice.kind == TypeKind::choice &&
                     std::find(members.begin(), members.end(), text.text) != members.end();
  return known ? "write `" + text.text + "` without quotes" : std::string();
}

std::string never_equal_words(const Expr& left, const Expr& right, const Sides& sides) {
  const std::string left_type = type_words(left, *sides.left);
  const std::string right_type = type_words(right, *sides.right);
  if (is_written_out(right)) {
    return words_for(left) + " is " + left_type + ", which is never " + right_type;
  }
  if (is_written_out(left)) {
    return words_for(right) + " is " + right_type + ", which is never " + left_type;
  }
  return words_for(left) + " is " + left_type + " and " + words_for(right) + " is " + right_type +
         ": they are never equal";
}

void report_never_equal(Scope& scope, Span span, const Expr& left, const Expr& right,
                        const Sides& sides) {
  std::string suggestion = unquoted_member(right, *sides.left);
  if (suggestion.empty()) suggestion = unquoted_member(left, *sides.right);
  scope.findings.add(Code::never_equal, span, never_equal_words(left, right, sides), suggestion);
}

// `x == unset`: true, if only it could be asked so.
bool report_compared_with_unset(Scope& scope, Expr& expr) {
  for (const std::size_t side : {0U, 1U}) {
    if (expr.operands[side].kind != ExprKind::unset) continue;
    Expr& other = expr.operands[1 - side];
    type_of(scope, other, {nullptr, true});
    const char* ask = expr.kind == ExprKind::not_equal ? " is set`" : " is unset`";
    scope.findings.add(Code::cannot_be_unset, expr.span, "nothing is compared with `unset`",
                       "write `" + ast::to_text(other) + ask);
    return true;
  }
  return false;
}

TypeRef truth() {
  return basic_type(TypeKind::boolean);
}

TypeRef list_of(const TypeRef& element, std::size_t count) {
  if (!element) return nullptr;
  Type list = value::plain_type(TypeKind::list);
  list.element = element;
  list.low = list.high = static_cast<std::int64_t>(count);
  return value::make_type(std::move(list));
}

TypeRef type_of_written_items(Scope& scope, Expr& expr) {
  Expr& left = expr.operands[0];
  const TypeRef wanted = type_of_set(scope, left);
  for (Expr& item : expr.operands[1].operands) {
    const TypeRef type = type_of_set(scope, item, {wanted.get(), !wanted});
    if (wanted && type && !may_be_equal(*wanted, *type)) {
      report_never_equal(scope, item.span, left, item, {wanted, type});
    }
  }
  expr.operands[1].resolved.type = list_of(wanted, expr.operands[1].operands.size());
  return truth();
}

void report_useless_or(Scope& scope, const Expr& expr) {
  scope.findings.add(
      Code::useless_or, expr.operands[1].span,
      words_for(expr.operands[0]) + " is always set here, so what comes after `or` is never used");
}

// The type of what `x or y` gives, where the sides agree.
TypeRef chosen(const Sides& sides, bool shown) {
  const bool optional = sides.left->optional && sides.right->optional;
  const bool is_private = sides.left->is_private || sides.right->is_private;
  TypeRef joined = join(sides.left, sides.right);
  if (!joined && shown && is_showable(*sides.left) && is_showable(*sides.right)) {
    joined = make_text(0, value::text_high_default);
  }
  return with_private(with_optional(joined, optional), is_private);
}

}  // namespace

bool is_bare_word(const Expr& expr) {
  return expr.kind == ExprKind::name &&
         (expr.resolved.use == Use::none || expr.resolved.use == Use::member);
}

TypeRef type_of_arithmetic(Scope& scope, Expr& expr) {
  const Sides sides{type_of_set(scope, expr.operands[0]), type_of_set(scope, expr.operands[1])};
  if (!sides) return nullptr;
  const bool numbers = is_number(*sides.left) && is_number(*sides.right);
  TypeRef type = numbers ? calculate_numbers(expr.kind, *sides.left, *sides.right)
                         : calculate_times(expr.kind, *sides.left, *sides.right);
  if (!type) {
    report_wrong_sides(scope, expr, sides);
    return nullptr;
  }
  if (expr.kind == ExprKind::divide) {
    const Expr& divisor = expr.operands[1];
    if (divisor.kind == ExprKind::number && divisor.number.is_zero()) {
      scope.findings.add(Code::wrong_operands, divisor.span, "nothing can be divided by 0");
      return nullptr;
    }
    type = with_optional(type, !never_zero(scope, divisor));
  }
  return with_private(type, sides.left->is_private || sides.right->is_private);
}

TypeRef type_of_comparison(Scope& scope, Expr& expr) {
  if (report_compared_with_unset(scope, expr)) return truth();
  const Sides sides = types_of_sides(scope, expr.operands[0], expr.operands[1]);
  if (!sides) return truth();
  if (expr.kind != ExprKind::equal && expr.kind != ExprKind::not_equal) {
    check_order(scope, expr, sides);
  } else if (!may_be_equal(*sides.left, *sides.right)) {
    report_never_equal(scope, expr.span, expr.operands[0], expr.operands[1], sides);
  }
  return truth();
}

TypeRef type_of_in(Scope& scope, Expr& expr) {
  if (expr.operands[1].kind == ExprKind::list) return type_of_written_items(scope, expr);
  Expr& item = expr.operands[0];
  Expr& list = expr.operands[1];
  const TypeRef in = type_of_set(scope, list);
  const Type* element = in && in->kind == TypeKind::list ? in->element.get() : nullptr;
  const TypeRef type = type_of_set(scope, item, {element, element == nullptr});
  if (!in) return truth();
  if (in->kind != TypeKind::list) {
    scope.findings.add(
        Code::wrong_operands, list.span,
        "after `in` comes a list, and " + words_for(list) + " is " + type_words(list, *in),
        "write `in (a, b)`");
  } else if (type && element && !may_be_equal(*type, *element)) {
    report_never_equal(scope, expr.span, item, list, {type, in->element});
  }
  return truth();
}

TypeRef type_of_or(Scope& scope, Expr& expr, const Hint& hint, bool shown) {
  Expr& left = expr.operands[0];
  Expr& right = expr.operands[1];
  const auto side = [&](Expr& operand, const Hint& by) {
    if (!shown || operand.kind != ExprKind::or_) return type_of(scope, operand, by);
    return operand.resolved.type = type_of_or(scope, operand, by, true);
  };
  Sides sides;
  sides.left = side(left, hint);
  sides.right = side(right, hint.type ? hint : Hint{sides.left.get(), !sides.left});
  if (!sides) return nullptr;
  if (sides.left->kind == TypeKind::boolean && sides.right->kind == TypeKind::boolean) {
    return with_optional(truth(), sides.left->optional && sides.right->optional);
  }
  const TypeRef type = chosen(sides, shown);
  if (!type) {
    scope.findings.add(
        Code::wrong_operands, expr.span,
        "the two sides of `or` are different things: " + type_words(left, *sides.left) + " and " +
            type_words(right, *sides.right));
  } else if (!sides.left->optional) {
    report_useless_or(scope, expr);
  }
  return type;
}

}  // namespace alur::dsl
