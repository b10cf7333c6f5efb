// A flow's file to its tree.
#pragma once

#include <string_view>

#include "dsl/ast/ast.hpp"
#include "dsl/finding/finding.hpp"
#include "dsl/yaml/node.hpp"

namespace alur::dsl {

// Total: any tree gives a flow, perhaps a partial one, and findings. `path` is the file's, as in
// "greeting.flow.yaml": a flow bears its file's name, and has it in the tree even where it says
// otherwise. The tree keeps nothing of the document. May run for different files in parallel.
ast::Flow parse_flow(const Document& document, std::string_view path, Findings& findings);

}  // namespace alur::dsl
