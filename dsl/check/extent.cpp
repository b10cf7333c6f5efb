#include "dsl/check/extent.hpp"

#include <algorithm>

#include "engine/value/text.hpp"

namespace alur::dsl {

std::int64_t Extent::in(program::LengthUnit unit) const {
  switch (unit) {
    case program::LengthUnit::utf16:
      return utf16;
    case program::LengthUnit::code_points:
      return code_points;
    case program::LengthUnit::bytes:
      return bytes;
  }
  return utf16;
}

Extent& Extent::operator+=(const Extent& other) {
  utf16 += other.utf16;
  code_points += other.code_points;
  bytes += other.bytes;
  return *this;
}

Extent extent_of(std::string_view words) {
  const auto size = static_cast<std::int64_t>(words.size());
  if (value::is_ascii(words)) return {size, size, size};
  return {static_cast<std::int64_t>(value::utf16_length(words)),
          static_cast<std::int64_t>(value::code_point_length(words)), size};
}

Extent extent_of_units(std::int64_t utf16_max) {
  constexpr std::int64_t bytes_of_a_unit_max = 3;
  return {utf16_max, utf16_max, bytes_of_a_unit_max * utf16_max};
}

Extent operator+(Extent a, const Extent& b) {
  return a += b;
}

Extent operator*(std::int64_t times, const Extent& extent) {
  return {times * extent.utf16, times * extent.code_points, times * extent.bytes};
}

Extent widest(const Extent& a, const Extent& b) {
  return {std::max(a.utf16, b.utf16), std::max(a.code_points, b.code_points),
          std::max(a.bytes, b.bytes)};
}

}  // namespace alur::dsl
