// Names -> what they mean: variables in expressions, what is assigned, bound or asked into, and
// where targets lead. What may still be a member of an enumeration stays open here: its neighbours'
// types decide (expressions.hpp).
#pragma once

#include "dsl/check/scope.hpp"

namespace alur::dsl {

// Gives the scope its locals for the items of `each`. The table gets the fields that conditions ask
// about.
void resolve_names(Scope& scope, PathTable& paths, ast::Flow& flow);
void resolve_names(Scope& scope, PathTable& paths, ast::App& app);

}  // namespace alur::dsl
