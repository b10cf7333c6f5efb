// Apps made by a seed: sound ones of every construct for property tests, and large ones for
// benchmarks. The same seed gives the same app.
#pragma once

#include <cstdint>
#include <vector>

#include "dsl/compile/compile.hpp"

namespace alur::tests {

// A few flows that use every verb, with cycles only through questions. Compiles without errors.
std::vector<dsl::AppFile> random_app(std::uint64_t seed);

// So many flows of about 170 lines (5.5 kB) each, like real ones in their mix of steps.
std::vector<dsl::AppFile> large_app(int flows);

}  // namespace alur::tests
