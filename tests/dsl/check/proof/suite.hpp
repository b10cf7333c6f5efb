// Small apps for proofs and exploration, as planted.txt and sound.txt have them: a head line
// `= ...`, perhaps `@BASE` and `+ ` lines for app.yaml, then `# FLOW` and its text; of `main` only
// the states are given.
#pragma once

#include <string>
#include <vector>

#include "dsl/compile/compile.hpp"

namespace alur::dsl {

struct SuiteApp {
  std::string title;  // what stands behind `= `
  std::vector<AppFile> files;
};

// `file`: within tests/.
std::vector<SuiteApp> read_suite(const std::string& file);

}  // namespace alur::dsl
