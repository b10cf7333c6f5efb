// Where steps lead when they are done: every state leaves, nothing stands behind a step that always
// leaves, and every state is led to.
#pragma once

#include "dsl/check/scope.hpp"

namespace alur::dsl {

// Targets must have been resolved. False if some state does not leave: what seems to be led to by
// nothing may be what it forgot.
bool check_leaving(Scope& scope, const ast::Flow& flow);
void check_reached(Scope& scope, const ast::Flow& flow);

}  // namespace alur::dsl
