// `alur check --witness DIR`: a chat for each finding about a path.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "dsl/check/proof/proofs.hpp"
#include "engine/program/program.hpp"

namespace alur::tools {

// One file a finding, named by its code, file and line. Says how many were written, how those of
// the app in folder `app` are replayed, and for which findings no conversation was found; nothing
// when the folder cannot be written to.
std::optional<std::string> write_witnesses(const std::string& folder, const std::string& app,
                                           const std::shared_ptr<const program::Program>& program,
                                           const dsl::Sources& sources,
                                           const dsl::proof::Proofs& proofs);

}  // namespace alur::tools
