// Phrases that start a flow: what they take out of a message goes to parameters, and the required
// ones are always there.
#pragma once

#include "dsl/check/scope.hpp"

namespace alur::dsl {

void check_triggers(Scope& scope, const ast::Flow& flow);

}  // namespace alur::dsl
