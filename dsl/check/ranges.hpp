// Ranges of whole numbers through arithmetic: the smallest range that holds every result, or the
// whole range of integers where results stop at their ends (as Decimal's do).
#pragma once

#include <cstdint>

#include "engine/value/type.hpp"

namespace alur::dsl {

struct Range {
  std::int64_t low;
  std::int64_t high;
  bool operator==(const Range&) const = default;
};

Range range_of(const value::Type& type);
value::TypeRef make_integer(Range range);

Range add(Range a, Range b);
Range subtract(Range a, Range b);
Range multiply(Range a, Range b);
Range negate(Range a);
Range smaller(Range a, Range b);
Range larger(Range a, Range b);

}  // namespace alur::dsl
