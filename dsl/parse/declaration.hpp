// What flows and app.yaml declare alike: variables and outcomes.
#pragma once

#include <vector>

#include "dsl/ast/ast.hpp"
#include "dsl/parse/pass.hpp"

namespace alur::dsl {

// `name: type` lines. True if none was lost; one whose type cannot be read is kept.
bool variables_at(Pass& pass, const Place& place, std::vector<ast::Variable>& variables);
// A list of names, or a map whose values are types or nothing.
bool outcome_decls_at(Pass& pass, const Place& place, std::vector<ast::OutcomeDecl>& outcomes);

}  // namespace alur::dsl
