// What `alur check` says of an app as a whole, below its findings: its size, and each proof with
// its figure, or how many findings stand against it.
#pragma once

#include <string>

#include "dsl/check/proof/proofs.hpp"
#include "dsl/compile/compile.hpp"

namespace alur::tools {

// Of an app that compiles; `program` is what was proven, also where the proofs have taken it away.
std::string check_summary(const program::Program& program, const dsl::Compilation& compiled,
                          const dsl::proof::Proofs& proofs);

}  // namespace alur::tools
