// What the grammars of durations and opening hours read.
#pragma once

#include <optional>
#include <vector>

#include "dsl/grammar/halt.hpp"
#include "dsl/grammar/slice.hpp"

namespace alur::dsl::syntax {

// `30m` of `1h30m`
struct Amount {
  Slice count;
  Slice unit;
};

struct DayRange {
  Slice first;
  Slice last;  // empty: one day
};

struct Opening {
  std::vector<DayRange> days;
  Slice open;
  Slice close;
  Slice extent;
};

struct Hours {
  bool always = false;
  std::vector<Opening> openings;
  Slice except;  // empty: none
};

inline constexpr const char* wanted_unit = "unit";
inline constexpr const char* wanted_day = "day";
inline constexpr const char* wanted_clock = "clock";
inline constexpr const char* wanted_path = "path";

std::optional<Halt> read_amounts(Slice text, std::vector<Amount>& tree);
std::optional<Halt> read_hours(Slice text, Hours& tree);

}  // namespace alur::dsl::syntax
