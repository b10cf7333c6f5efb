// The dump of this stage: an app or a flow as indented text, for tests and for people.
#pragma once

#include <string>

#include "dsl/ast/ast.hpp"

namespace alur::dsl::ast {

// One thing a line, what belongs to it indented by two spaces below it. Places are left out; what
// lost something in parsing says `(broken)`, a name that could not be read is `?`.
//
//   state lookup
//     call registry.lookup(name = name)
//       licensed(company) -> tell
std::string dump(const App& app);
std::string dump(const Flow& flow);

}  // namespace alur::dsl::ast
