#include "engine/desk/office_time.hpp"

#include <algorithm>

namespace alur::desk {

using value::Instant;
using value::OpeningHours;
using value::TimeZone;

namespace {

bool is_always(const OpeningHours& hours) {
  return hours.always && hours.holidays.empty();
}

// A stretch of open time; without an end it lasts for longer than anybody asks.
struct Stretch {
  Instant begin;
  Instant end = value::instant_max;
};

// The first that is not over at `from`. Local times that occur twice, when clocks are set back, may
// give a moment that is past: never one before `from`.
std::optional<Stretch> next_stretch(const OpeningHours& hours, const TimeZone& zone, Instant from) {
  const value::LocalTime local = zone.to_local(from);
  const auto opens = hours.next_opening(local);
  if (!opens) return std::nullopt;
  Stretch stretch;
  stretch.begin = *opens == local ? from : std::max(from, zone.to_instant(*opens));
  if (const auto closes = hours.next_closing(*opens)) stretch.end = zone.to_instant(*closes);
  return stretch;
}

// Calls `take` with one stretch after another until it wants no more.
template <class Take>
void each_stretch(const OpeningHours& hours, const TimeZone& zone, Instant from, Take take) {
  for (int i = 0; i < office_stretches_max; ++i) {
    const auto stretch = next_stretch(hours, zone, from);
    if (!stretch || !take(*stretch)) return;
    // A second that occurs twice can end before it begins: go on by it.
    from = std::max(stretch->end, from + value::Duration{value::second_milliseconds});
  }
}

}  // namespace

std::int64_t open_ms_between(const OpeningHours& hours, const TimeZone& zone, Instant from,
                             Instant to) {
  if (to <= from) return 0;
  if (is_always(hours)) return to.milliseconds - from.milliseconds;
  std::int64_t sum = 0;
  each_stretch(hours, zone, from, [&](const Stretch& stretch) {
    const Instant end = std::min(stretch.end, to);
    if (stretch.begin < end) sum += end.milliseconds - stretch.begin.milliseconds;
    return stretch.end < to;
  });
  return sum;
}

std::optional<Instant> after_open_ms(const OpeningHours& hours, const TimeZone& zone, Instant from,
                                     std::int64_t milliseconds) {
  if (is_always(hours)) return from + value::Duration{milliseconds};
  std::optional<Instant> at;
  each_stretch(hours, zone, from, [&](const Stretch& stretch) {
    const std::int64_t lasts = stretch.end.milliseconds - stretch.begin.milliseconds;
    if (lasts >= milliseconds) {
      at = stretch.begin + value::Duration{milliseconds};
      return false;
    }
    milliseconds -= std::max<std::int64_t>(lasts, 0);
    return true;
  });
  return at;
}

}  // namespace alur::desk
