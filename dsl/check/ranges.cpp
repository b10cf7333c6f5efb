// Sums, differences and products of ranges are reached at the ends of both, because each is
// monotone in each side when the other is held; so looking at the ends is enough.
#include "dsl/check/ranges.hpp"

#include <algorithm>

#include "dsl/check/type_rules.hpp"

namespace alur::dsl {
namespace {

__extension__ using Wide = __int128;

std::int64_t clamped(Wide number) {
  constexpr Wide low = value::integer_low_default;
  constexpr Wide high = value::integer_high_default;
  return static_cast<std::int64_t>(std::clamp(number, low, high));
}

}  // namespace

Range range_of(const value::Type& type) {
  return {type.low, type.high};
}

value::TypeRef make_integer(Range range) {
  return make_integer(range.low, range.high);
}

Range add(Range a, Range b) {
  return {clamped(Wide{a.low} + b.low), clamped(Wide{a.high} + b.high)};
}

Range subtract(Range a, Range b) {
  return add(a, negate(b));
}

Range multiply(Range a, Range b) {
  const auto ends = {Wide{a.low} * b.low, Wide{a.low} * b.high, Wide{a.high} * b.low,
                     Wide{a.high} * b.high};
  return {clamped(std::min(ends)), clamped(std::max(ends))};
}

Range negate(Range a) {
  return {-a.high, -a.low};
}

Range smaller(Range a, Range b) {
  return {std::min(a.low, b.low), std::min(a.high, b.high)};
}

Range larger(Range a, Range b) {
  return {std::max(a.low, b.low), std::max(a.high, b.high)};
}

}  // namespace alur::dsl
