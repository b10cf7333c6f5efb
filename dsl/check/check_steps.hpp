// The types of everything that steps, questions and handlers say and do: each place that takes a
// value against each value that it is given.
#pragma once

#include "dsl/check/scope.hpp"

namespace alur::dsl {

// Names must have been resolved and variables followed.
void check_steps(Scope& scope, ast::Flow& flow);
// app.yaml's handlers, defaults and texts.
void check_steps(Scope& scope, ast::App& app);

}  // namespace alur::dsl
