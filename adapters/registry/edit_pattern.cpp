#include "adapters/registry/edit_pattern.hpp"

#include <algorithm>

namespace alur::registry {

EditPattern::EditPattern(std::string_view pattern) : length_(std::min(pattern.size(), length_max)) {
  for (std::size_t i = 0; i < length_; ++i) {
    places_[static_cast<unsigned char>(pattern[i])] |= std::uint64_t{1} << i;
  }
}

int EditPattern::distance(std::string_view text) const {
  if (length_ == 0) {
    return static_cast<int>(text.size() -
                            static_cast<std::size_t>(std::count(text.begin(), text.end(), ' ')));
  }
  // A column of the table of distances, as the differences between neighbours.
  std::uint64_t rises = ~std::uint64_t{0};
  std::uint64_t falls = 0;
  std::uint64_t equal_before = 0;
  std::uint64_t diagonal = 0;
  const std::uint64_t last = std::uint64_t{1} << (length_ - 1);
  int distance = static_cast<int>(length_);
  std::size_t counted = 0;
  for (const char c : text) {
    if (c == ' ') continue;
    if (++counted > length_max) break;
    const std::uint64_t equal = places_[static_cast<unsigned char>(c)];
    const std::uint64_t swapped = ((~diagonal & equal) << 1) & equal_before;
    diagonal = (((equal & rises) + rises) ^ rises) | equal | falls | swapped;
    const std::uint64_t risen = falls | ~(diagonal | rises);
    const std::uint64_t fallen = diagonal & rises;
    if ((risen & last) != 0) ++distance;
    if ((fallen & last) != 0) --distance;
    const std::uint64_t shifted = (risen << 1) | 1;
    rises = (fallen << 1) | ~(diagonal | shifted);
    falls = shifted & diagonal;
    equal_before = equal;
  }
  return distance;
}

}  // namespace alur::registry
