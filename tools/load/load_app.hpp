// An app ready to run from its folder: from the compiled cache where nothing has changed, else
// compiled and kept there.
#pragma once

#include <memory>
#include <string>

#include "dsl/compile/compile.hpp"
#include "tools/load/program_cache.hpp"

namespace alur::tools {

struct LoadedApp {
  std::shared_ptr<const program::Program> program;  // null: see the other two
  std::string error;                                // one line: the folder cannot be read
  std::string findings;                             // for people: the app has errors
};

LoadedApp load_app(const std::string& folder, const ProgramCache& cache);
// With the user's cache.
LoadedApp load_app(const std::string& folder);

}  // namespace alur::tools
