// An app that says nothing and only declares: what services take and answer, for tests of who
// answers them.
#pragma once

#include <memory>
#include <string>

#include "dsl/compile/compile.hpp"

namespace alur::tests {

// `declarations`: `types:`, `services:`, `hours:` of app.yaml. Null where they do not compile.
inline std::shared_ptr<const program::Program> app_declaring(const std::string& declarations) {
  const std::string begin = R"(app: small
languages: [en]
timezone: Asia/Jakarta
start: main
channels: [webchat]
)";
  const std::string end = R"(defaults:
  no_match:
    - stop: true
  no_input:
    - after: 10m
      stop: true
  session_ends: 24h
)";
  return dsl::compile({{"app.yaml", "app.yaml", begin + declarations + end},
                       {"main.flow.yaml", "main.flow.yaml",
                        "flow: main\nstates:\n  start:\n    - stop: true\n"}})
      .program;
}

}  // namespace alur::tests
