// Which expressions may give nothing. Asked by the data flow, before there are types, and by the
// types, so that both give the same answer.
#pragma once

#include "dsl/check/known.hpp"
#include "dsl/check/scope.hpp"
#include "dsl/check/type_rules.hpp"

namespace alur::dsl {

// What a variable or a field was declared as; null for other expressions and unknown names.
TypeRef declared_type(const Scope& scope, const ast::Expr& expr);

bool may_be_unset(const Scope& scope, const PathTable& paths, const Facts& facts,
                  const ast::Expr& expr);

// Whether this divisor cannot be zero: then the quotient is always set.
bool never_zero(const Scope& scope, const ast::Expr& divisor);
// Whether this list always has an item: then its first is always set.
bool never_empty(const Scope& scope, const ast::Expr& list);

}  // namespace alur::dsl
