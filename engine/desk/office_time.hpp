// Open time: how much of a stretch of time an office was open, and when so much of it will have
// been. In real milliseconds: an hour that a clock change adds or takes away counts as it was.
#pragma once

#include <optional>

#include "engine/value/opening_hours.hpp"
#include "engine/value/time_zone.hpp"

namespace alur::desk {

// Milliseconds of [from, to); 0 when `to` is not after `from`.
std::int64_t open_ms_between(const value::OpeningHours& hours, const value::TimeZone& zone,
                             value::Instant from, value::Instant to);
// The moment at which so many open milliseconds have gone by. Nothing where it never comes, or not
// within office_stretches_max stretches.
std::optional<value::Instant> after_open_ms(const value::OpeningHours& hours,
                                            const value::TimeZone& zone, value::Instant from,
                                            std::int64_t milliseconds);
inline constexpr int office_stretches_max = 4'000;

}  // namespace alur::desk
