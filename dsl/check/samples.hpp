// Sample data of an app (data/*.csv): the names that citizens are likely to type.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace alur::dsl {

struct SampleName {
  std::string name;        // as it stands there
  std::string normalised;  // as it is compared
  std::string place;       // "data/registry.csv line 7"
};

// The columns `name` and `aliases` (apart by `|`) of a table whose first line says so; nothing of
// any other file. At most so many names.
inline constexpr std::size_t sample_names_max = 20'000;
void read_samples(std::string_view path, std::string_view csv, std::vector<SampleName>& names);

}  // namespace alur::dsl
