// The functions of engine/program/function.def: what each takes and gives. One row a function.
#pragma once

#include <string_view>

#include "dsl/check/expressions.hpp"

namespace alur::dsl {

// How a function is written, `min(a, b)`; empty for a name that is none.
std::string_view function_form(std::string_view name);

// Resolves the name to its place in function.def.
TypeRef type_of_call(Scope& scope, ast::Expr& call);

}  // namespace alur::dsl
