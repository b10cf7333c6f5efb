// Extent: how long a text can be, in every unit in which some channel counts, so that a text is
// measured once for all channels.
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/program/channel.hpp"

namespace alur::dsl {

struct Extent {
  std::int64_t utf16 = 0;
  std::int64_t code_points = 0;
  std::int64_t bytes = 0;

  std::int64_t in(program::LengthUnit unit) const;
  Extent& operator+=(const Extent& other);
  bool operator==(const Extent&) const = default;
};

// Of these words as they stand.
Extent extent_of(std::string_view words);
// Of any text of at most so many UTF-16 units: a unit is at most one code point and three bytes.
Extent extent_of_units(std::int64_t utf16_max);

Extent operator+(Extent a, const Extent& b);
Extent operator*(std::int64_t times, const Extent& extent);
// The larger in every unit; the two need not be lengths of the same text.
Extent widest(const Extent& a, const Extent& b);

}  // namespace alur::dsl
