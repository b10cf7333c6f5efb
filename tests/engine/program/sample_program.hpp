// A small program made by hand, with at least one row in every table: for tests that must not
// depend on the compiler.
#pragma once

#include <memory>
#include <vector>

#include "engine/program/program.hpp"

namespace alur::tests {

// Copies that a test may change before it links them.
struct SampleParts {
  std::shared_ptr<program::App> app;
  std::shared_ptr<program::Unit> handlers;  // app->unit
  std::vector<std::shared_ptr<program::Unit>> flows;

  std::shared_ptr<const program::Program> link() const;
};

SampleParts sample_parts();
// The flows alone, to go with an app made before: formatters take milliseconds to make.
std::vector<std::shared_ptr<program::Unit>> sample_flows();
std::shared_ptr<const program::Program> sample_program();

}  // namespace alur::tests
