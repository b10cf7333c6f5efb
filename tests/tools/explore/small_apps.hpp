// Small apps for the tests of exploration and mutation: a frame of app.yaml, and flows.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/compile/compile.hpp"

namespace alur::tests {

// One language, a service `shop.find`, a queue `desk`, silences that end; `more` is added to
// app.yaml. Each flow begins with `flow: NAME`.
std::vector<dsl::AppFile> small_files(const std::vector<std::string>& flows,
                                      std::string_view more = {});

// As the compiler emits it, whatever the checks across flows say.
std::shared_ptr<const program::Program> emitted(const std::vector<dsl::AppFile>& files);

}  // namespace alur::tests
