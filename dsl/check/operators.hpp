// The types of what has two sides: arithmetic, comparisons, `in`, `and`, `or`. Part of
// expressions.hpp.
#pragma once

#include "dsl/check/expressions.hpp"

namespace alur::dsl {

TypeRef type_of_arithmetic(Scope& scope, ast::Expr& expr);
TypeRef type_of_comparison(Scope& scope, ast::Expr& expr);
TypeRef type_of_in(Scope& scope, ast::Expr& expr);
// `shown`: in a text, where sides of different types are as good.
TypeRef type_of_or(Scope& scope, ast::Expr& expr, const Hint& hint, bool shown);

// A word that is no variable: a member of an enumeration, if the other side has one.
bool is_bare_word(const ast::Expr& expr);

}  // namespace alur::dsl
