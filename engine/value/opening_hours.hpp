// OpeningHours: when an office is open and which days count as working days. Pure calendar
// arithmetic in local time; the caller brings the time zone.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/value/civil_time.hpp"

namespace alur::value {

// [open, close) in seconds since midnight; close may be 86400, the end of the day.
struct OpenInterval {
  std::int32_t open = 0;
  std::int32_t close = 0;
  auto operator<=>(const OpenInterval&) const = default;
};

struct OpeningHours {
  // Open at every moment of every day that is no holiday; the intervals then say nothing.
  bool always = false;
  // Monday first. Sorted, neither empty, overlapping nor past the end of the day.
  std::array<std::vector<OpenInterval>, 7> weekdays;
  // Sorted, each day once. Closed all day.
  std::vector<Date> holidays;

  bool operator==(const OpeningHours&) const = default;

  // Whether the lists keep the order that their comments promise; what follows relies on it.
  bool is_well_formed() const;

  bool is_holiday(Date date) const;
  bool is_open(Date date, TimeOfDay time) const;
  bool is_workday(Date date) const;

  // The first moment at or after this one that is open: the same one when it is open already.
  // Nothing when it never opens again before the year 10000.
  std::optional<LocalTime> next_opening(LocalTime from) const;
  // When what is open at this moment closes: the end of its interval, midnight included as 00:00 of
  // the next day, intervals that touch (also across midnight) taken as one. Nothing if it is closed
  // now or does not close within a year.
  std::optional<LocalTime> next_closing(LocalTime from) const;
  // The n-th working day after this date; n = 0 is the date itself, working day or not. Nothing
  // when n is negative or beyond workdays_max, or when there are no such days.
  std::optional<Date> workday_after(Date date, int n) const;

  static constexpr int workdays_max = 10'000;
  static constexpr int closing_days_max = 366;
};

}  // namespace alur::value
