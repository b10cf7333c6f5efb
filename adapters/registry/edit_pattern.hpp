// EditPattern: how many edits make a text out of a pattern, quickly for many texts. Insertions,
// deletions, replacements and swaps of neighbours (optimal string alignment), a machine word at a
// time: Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances"
// (2003).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace alur::registry {

class EditPattern {
 public:
  static constexpr std::size_t length_max = 64;

  // Counts no further than `length_max` bytes of the pattern and of texts.
  explicit EditPattern(std::string_view pattern);

  // Blanks in the text do not count.
  int distance(std::string_view text) const;
  std::size_t length() const { return length_; }

 private:
  std::array<std::uint64_t, 256> places_{};  // where in the pattern each byte stands
  std::size_t length_;
};

}  // namespace alur::registry
