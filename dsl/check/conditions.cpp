// By the shape of the condition: `a and b` holds only where both hold, so both tell; where `a or b`
// holds, only what each of the two tells is sure. `not` swaps the sides, and by de Morgan the same
// two rules serve for conditions that do not hold.
#include "dsl/check/conditions.hpp"

namespace alur::dsl {
namespace {

using ast::Expr;
using ast::ExprKind;

// A field that is set lies in a record that is set.
void learn_path(const PathTable& paths, const Expr& expr, Facts& facts) {
  if (const auto path = paths.find(expr)) facts.learn(*path);
  if (expr.kind == ExprKind::field) learn_path(paths, expr.operands.front(), facts);
}

void assume_either(const PathTable& paths, const Expr& condition, bool holds, Facts& facts) {
  Facts left = facts;
  assume(paths, condition.operands[0], holds, left);
  assume(paths, condition.operands[1], holds, facts);
  facts.meet(left, condition.span, condition.span);
}

}  // namespace

void assume(const PathTable& paths, const Expr& condition, bool holds, Facts& facts) {
  switch (condition.kind) {
    case ExprKind::is_set:
    case ExprKind::is_unset:
      if (holds == (condition.kind == ExprKind::is_set)) {
        learn_path(paths, condition.operands.front(), facts);
      }
      return;
    case ExprKind::not_:
      assume(paths, condition.operands.front(), !holds, facts);
      return;
    case ExprKind::and_:
    case ExprKind::or_:
      if (holds == (condition.kind == ExprKind::and_)) {
        assume(paths, condition.operands[0], holds, facts);
        assume(paths, condition.operands[1], holds, facts);
      } else {
        assume_either(paths, condition, holds, facts);
      }
      return;
    default:
      return;
  }
}

}  // namespace alur::dsl
