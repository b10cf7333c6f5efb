// The wordings of one text against each other: what a citizen is told in one language must not be
// missing in another.
#pragma once

#include "dsl/check/scope.hpp"
#include "dsl/check/walk.hpp"

namespace alur::dsl {

// What is the same in two, and words, links and numbers of one that another lacks.
void compare_wordings(Scope& scope, const ast::Text& text, TextUse use);

}  // namespace alur::dsl
