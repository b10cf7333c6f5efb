// What a condition tells about variables: `x is set` in an `if`, through `and`, `or` and `not`.
#pragma once

#include "dsl/check/known.hpp"

namespace alur::dsl {

// Adds to the facts what is known where the condition holds, or where it does not.
void assume(const PathTable& paths, const ast::Expr& condition, bool holds, Facts& facts);

}  // namespace alur::dsl
