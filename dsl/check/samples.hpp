// Sample data of an app (data/*.csv): the names that citizens are likely to type.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace alur::dsl {

struct SampleName {
  std::string name;           // as it stands there
  std::string normalised;     // as it is compared
  std::string place;          // "data/registry.csv line 7"
  std::uint32_t letters = 0;  // letters_of(normalised)
};

// The letters of a phrase as bits: two phrases within n edits differ in at most 2n of them.
std::uint32_t letters_of(std::string_view words);

// The columns `name` and `aliases` (apart by `|`) of a table whose first line says so; nothing of
// any other file. At most so many names.
inline constexpr std::size_t sample_names_max = 5'000;
void read_samples(std::string_view path, std::string_view csv, std::vector<SampleName>& names);

}  // namespace alur::dsl
