// No way round without a message of the citizen: what one message sets off has to end.
#pragma once

#include <vector>

#include "dsl/check/scope.hpp"

namespace alur::dsl {

// Within one flow, where a flow that is run is taken to ask something; targets must have been
// resolved. False if there is such a way.
bool check_cycles(Scope& scope, const ast::Flow& flow);

// Between flows that start one another, and within a flow through others that ask nothing.
void check_cycles_of_flows(const std::vector<const ast::Flow*>& flows, Findings& findings);

}  // namespace alur::dsl
