// No way round without a message of the citizen: what one message sets off has to end.
#pragma once

#include "dsl/check/scope.hpp"

namespace alur::dsl {

// Within one flow. A flow that is run is taken to ask something; targets must have been resolved.
// False if there is such a way.
bool check_cycles(Scope& scope, const ast::Flow& flow);

}  // namespace alur::dsl
