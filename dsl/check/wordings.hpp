// The wordings of one text against each other: what a citizen is told in one language must not be
// missing in another.
#pragma once

#include "dsl/check/scope.hpp"

namespace alur::dsl {

// Says which placeholders and links of one wording are missing in another.
void compare_wordings(Scope& scope, const ast::Text& text);

}  // namespace alur::dsl
