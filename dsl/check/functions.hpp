// The functions of engine/program/function.def: what each takes and gives. One row a function.
#pragma once

#include <string_view>

#include "dsl/check/expressions.hpp"

namespace alur::dsl {

bool is_function(std::string_view name);

// Resolves the name to its place in function.def.
TypeRef type_of_call(Scope& scope, ast::Expr& call);

}  // namespace alur::dsl
