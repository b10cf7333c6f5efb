// Where a `goto`, an option, an outcome or a `run` leads: to a state of the flow, to another flow
// with what it needs, or on to the next step.
#pragma once

#include <string>

#include "dsl/check/scope.hpp"

namespace alur::dsl {

enum class NextWord { allowed, refused };

// Fills in the target's kind. A state wins over a flow of the same name.
void resolve_target(Scope& scope, ast::Target& target, NextWord next);
// A `run` starts a flow and nothing else.
void resolve_run(Scope& scope, ast::Target& target);

// Whether the arguments are what the target takes, and of the right types.
void check_target(Scope& scope, ast::Target& target);

}  // namespace alur::dsl
