// The steps of a state or a branch.
#pragma once

#include <vector>

#include "dsl/ast/ast.hpp"
#include "dsl/parse/pass.hpp"

namespace alur::dsl {

// True if no step was lost. A step that does two things is told, and read as two.
bool steps_at(Pass& pass, const Place& place, std::vector<ast::Step>& steps);

}  // namespace alur::dsl
