// What a flow declares and never uses. The app's own declarations are check_unused's (check.hpp).
#pragma once

#include "dsl/check/scope.hpp"

namespace alur::dsl {

// Variables that nothing reads, outcomes that nothing ends with. Names must have been resolved.
void check_unused_in_flow(Scope& scope, const ast::Flow& flow);

}  // namespace alur::dsl
