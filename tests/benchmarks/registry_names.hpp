// Names for the registry's benchmarks: made up, as skewed as real ones, or out of a file.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace alur::benchmarks {

// A number of names, about 22 letters each: a few words in very many names, many words in few. Or
// the path of a CSV file, whose first column holds names. Different by their joined letters.
std::vector<std::string> benchmark_names(const std::string& what);

struct MistypedName {
  std::string text;
  std::size_t name = 0;  // which it was
};

std::vector<MistypedName> mistyped_names(const std::vector<std::string>& names, std::size_t count,
                                         int errors);

// What an engine needed for each query, in microseconds, and how often the right name was among its
// first three.
struct EngineRun {
  std::vector<double> micros;
  std::size_t found = 0;
};

}  // namespace alur::benchmarks
