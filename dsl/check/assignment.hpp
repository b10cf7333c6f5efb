// Definite assignment: at every place that reads a variable, whether it is known to be set there.
//
// A forward data flow over the flow's control graph. What is known at a state's entry is what every
// way to it knows (merge = intersection); steps only ever take knowledge away from what comes
// later, in a lattice of finite height, so going round until nothing changes ends, and ends in the
// largest solution: whatever is not known there really is unset on some path of the graph. A
// question may be asked again after any of its answers, so its entry merges with those too.
//
// Writes into every variable and field expression its type (optional where it may be unset) and
// into Scope::lacks why. Reports nothing: whether a set value is needed is expressions.hpp's.
#pragma once

#include "dsl/check/scope.hpp"

namespace alur::dsl {

// Names must have been resolved (resolve_names.hpp).
void follow_assignments(Scope& scope, const PathTable& paths, ast::Flow& flow);
void follow_assignments(Scope& scope, const PathTable& paths, ast::App& app);

}  // namespace alur::dsl
