// What takes a value (a variable, a parameter, an outcome), and whether a value fits it. The one
// place for findings about values that do not fit.
#pragma once

#include <string>

#include "dsl/check/expressions.hpp"

namespace alur::dsl {

// `words` is how a sentence speaks of it: "`count`", "`name` of `registry.lookup`".
struct Destination {
  std::string words;
  TypeRef type;  // null: unknown, nothing is said
  Span declared{};
};

// The expression's value goes there.
void check_fits(Scope& scope, ast::Expr& expr, const Destination& destination);
// A value of this type goes there, which comes from elsewhere (an outcome's value, the item of a
// list).
void check_type_fits(Scope& scope, const TypeRef& type, std::string_view words, Span span,
                     const Destination& destination);

}  // namespace alur::dsl
