// How tightly the operators of expressions bind: what the grammar builds its trees by, and the
// printer its parentheses.
#pragma once

#include <cstdint>
#include <string_view>

#include "dsl/ast/expression.hpp"

namespace alur::dsl::ast {

enum Level : std::uint8_t {
  level_or = 1,
  level_and,
  level_not,
  level_comparison,
  level_sum,
  level_product,
  level_negate,
  level_field,
  level_value,  // names, literals, calls, and all in parentheses
};

struct Operator {
  ExprKind kind;
  std::string_view spelling;
  Level level;
};

inline constexpr Operator operators[] = {
#define OPERATOR(kind, spelling, level) {ExprKind::kind, spelling, level},
#include "dsl/ast/operators.def"
#undef OPERATOR
};

// nullptr for a kind or a spelling that is not that of an operator with two sides.
constexpr const Operator* find_operator(ExprKind kind) {
  for (const Operator& each : operators) {
    if (each.kind == kind) return &each;
  }
  return nullptr;
}

constexpr const Operator* find_operator(std::string_view spelling) {
  for (const Operator& each : operators) {
    if (each.spelling == spelling) return &each;
  }
  return nullptr;
}

constexpr Level level(ExprKind kind) {
  if (const Operator* found = find_operator(kind)) return found->level;
  switch (kind) {
    case ExprKind::not_:
      return level_not;
    case ExprKind::is_set:
    case ExprKind::is_unset:
      return level_comparison;
    case ExprKind::negate:
      return level_negate;
    case ExprKind::field:
      return level_field;
    default:
      return level_value;
  }
}

}  // namespace alur::dsl::ast
