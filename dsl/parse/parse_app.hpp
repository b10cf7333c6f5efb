// app.yaml to its tree.
#pragma once

#include "dsl/ast/ast.hpp"
#include "dsl/finding/finding.hpp"
#include "dsl/yaml/node.hpp"

namespace alur::dsl {

// Total: any tree gives an app, perhaps a partial one, and findings. The tree keeps nothing of the
// document.
ast::App parse_app(const Document& document, Findings& findings);

}  // namespace alur::dsl
