// Dates, times of day, instants and durations as strong types, with their ISO forms. Which local
// time an instant is belongs to time_zone.hpp; how citizens write and read them to reading.hpp,
// format.hpp.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace alur::value {

// A day of the Gregorian calendar carried back for ever, from 0001-01-01 to 9999-12-31.
struct Date {
  std::int32_t days = 0;  // since 1970-01-01
  auto operator<=>(const Date&) const = default;
};

struct TimeOfDay {
  std::int32_t seconds = 0;  // since midnight, 0..86399
  auto operator<=>(const TimeOfDay&) const = default;
};

// A moment, the same everywhere.
struct Instant {
  std::int64_t milliseconds = 0;  // since 1970-01-01T00:00:00Z, no leap seconds
  auto operator<=>(const Instant&) const = default;
};

struct Duration {
  std::int64_t milliseconds = 0;
  auto operator<=>(const Duration&) const = default;
};

// What a clock on the wall and the calendar beside it show.
struct LocalTime {
  Date date;
  TimeOfDay time;
  auto operator<=>(const LocalTime&) const = default;
};

struct YearMonthDay {
  int year = 1970;
  int month = 1;  // 1..12
  int day = 1;    // 1..31
  auto operator<=>(const YearMonthDay&) const = default;
};

enum class Weekday : std::uint8_t {
  monday,
  tuesday,
  wednesday,
  thursday,
  friday,
  saturday,
  sunday
};

inline constexpr std::int32_t day_seconds = 86'400;
inline constexpr std::int64_t second_milliseconds = 1'000;
inline constexpr std::int64_t minute_milliseconds = 60'000;
inline constexpr std::int64_t hour_milliseconds = 3'600'000;
inline constexpr std::int64_t day_milliseconds = 86'400'000;

inline constexpr Date date_min{-719'162};   // 0001-01-01
inline constexpr Date date_max{2'932'896};  // 9999-12-31
// A day wider than the dates on both sides, so that every local time has an instant in any zone.
inline constexpr Instant instant_min{(date_min.days - 1) * day_milliseconds};
inline constexpr Instant instant_max{(date_max.days + 2) * day_milliseconds - 1};
inline constexpr Duration duration_max{instant_max.milliseconds - instant_min.milliseconds};

// Nothing for a day that does not exist (31 April, 29 February 2023, year 0).
std::optional<Date> date_from_ymd(int year, int month, int day);
std::optional<TimeOfDay> time_from_hms(int hour, int minute, int second);
YearMonthDay to_ymd(Date date);
Weekday weekday(Date date);

bool in_range(Date date);
bool in_range(TimeOfDay time);
bool in_range(Instant instant);
bool in_range(Duration duration);

// Arithmetic stops at the ends of the ranges above instead of wrapping.
Date add_days(Date date, std::int64_t days);
// The same day so many months on, or the last day of that month when it is shorter.
Date add_months(Date date, std::int64_t months);
Instant operator+(Instant instant, Duration duration);
Instant operator-(Instant instant, Duration duration);
Duration operator-(Instant a, Instant b);
Duration operator+(Duration a, Duration b);
Duration operator-(Duration a, Duration b);

std::string to_string(Date date);        // 2025-12-31
std::string to_string(TimeOfDay time);   // 14:30, or 14:30:05 when there are seconds
std::string to_string(Instant instant);  // 2025-12-31T07:30:00Z, .250 when there are milliseconds
std::string to_string(LocalTime local);  // 2025-12-31 14:30
std::string to_string(
    Duration duration);  // in the largest unit that is exact: 90s 10m 25h 30d 250ms

// Exactly the forms above; an instant may carry an offset (+07:00) for its Z, a local time a T for
// its blank. Durations are a whole number and one of ms s m h d, a minus before it or not.
std::optional<Date> parse_date(std::string_view text);
std::optional<TimeOfDay> parse_time(std::string_view text);
std::optional<Instant> parse_instant(std::string_view text);
std::optional<LocalTime> parse_local_time(std::string_view text);
std::optional<Duration> parse_duration(std::string_view text);

}  // namespace alur::value
