// The calendar, the clock and their ISO forms.
#include "engine/value/civil_time.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace alur::value {
namespace {

template <class T>
std::string shown(const std::optional<T>& found) {
  return found ? to_string(*found) : "none";
}

TEST(CivilTime, DatesThatExist) {
  struct Row {
    int year, month, day;
    const char* wanted;
  };
  const Row table[]{
      {1970, 1, 1, "1970-01-01"},   {2024, 2, 29, "2024-02-29"}, {2000, 2, 29, "2000-02-29"},
      {1900, 2, 29, "none"},        {2023, 2, 29, "none"},       {2025, 4, 31, "none"},
      {2025, 13, 1, "none"},        {2025, 0, 1, "none"},        {2025, 1, 0, "none"},
      {2025, 1, 32, "none"},        {0, 1, 1, "none"},           {1, 1, 1, "0001-01-01"},
      {9999, 12, 31, "9999-12-31"}, {10000, 1, 1, "none"},       {2025, -1, -1, "none"},
      {INT32_MAX, 1, 257, "none"}};
  for (const Row& row : table) {
    EXPECT_EQ(shown(date_from_ymd(row.year, row.month, row.day)), row.wanted);
  }
  EXPECT_EQ(date_from_ymd(1, 1, 1), date_min);
  EXPECT_EQ(date_from_ymd(9999, 12, 31), date_max);
}

TEST(CivilTime, Weekdays) {
  EXPECT_EQ(weekday(Date{0}), Weekday::thursday);
  EXPECT_EQ(weekday(Date{-1}), Weekday::wednesday);
  EXPECT_EQ(weekday(Date{-7}), Weekday::thursday);
  EXPECT_EQ(weekday(*date_from_ymd(2026, 1, 5)), Weekday::monday);
  EXPECT_EQ(weekday(*date_from_ymd(2026, 1, 4)), Weekday::sunday);
  EXPECT_EQ(weekday(date_min), Weekday::monday);
}

TEST(CivilTime, MonthsLater) {
  const auto from = [](int year, int month, int day, std::int64_t months) {
    return to_string(add_months(*date_from_ymd(year, month, day), months));
  };
  EXPECT_EQ(from(2025, 1, 31, 1), "2025-02-28");
  EXPECT_EQ(from(2024, 1, 31, 1), "2024-02-29");
  EXPECT_EQ(from(2025, 3, 31, -1), "2025-02-28");
  EXPECT_EQ(from(2025, 12, 15, 1), "2026-01-15");
  EXPECT_EQ(from(2025, 1, 15, -13), "2023-12-15");
  EXPECT_EQ(from(1, 1, 15, -1), "0001-01-01");
  EXPECT_EQ(from(9999, 12, 15, 1), "9999-12-31");
  EXPECT_EQ(from(2025, 1, 1, INT64_MAX), "9999-12-31");
  EXPECT_EQ(from(2025, 1, 1, INT64_MIN), "0001-01-01");
}

TEST(CivilTime, ArithmeticStopsAtTheEnds) {
  EXPECT_EQ(add_days(date_max, 1), date_max);
  EXPECT_EQ(add_days(date_min, INT64_MIN), date_min);
  EXPECT_EQ(instant_max + Duration{INT64_MAX}, instant_max);
  EXPECT_EQ(instant_max - Duration{INT64_MIN}, instant_max);
  EXPECT_EQ(instant_min - Duration{INT64_MAX}, instant_min);
  EXPECT_EQ(instant_max - instant_min, duration_max);
  EXPECT_EQ(Duration{5} - Duration{INT64_MAX}, Duration{-duration_max.milliseconds});
  EXPECT_EQ(Instant{1'000} + Duration{500}, Instant{1'500});
  EXPECT_EQ(Instant{1'000} - Instant{1'500}, Duration{-500});
}

TEST(CivilTime, ParsesTimes) {
  const std::pair<const char*, const char*> table[]{
      {"00:00", "00:00"}, {"23:59:59", "23:59:59"}, {"14:30:00", "14:30"}, {"24:00", "none"},
      {"14:60", "none"},  {"14:30:60", "none"},     {"1:30", "none"},      {"14.30", "none"},
      {"14:3", "none"},   {"14:30 ", "none"},       {"", "none"},          {"14:30:", "none"},
      {"-1:30", "none"}};
  for (const auto& [text, wanted] : table) EXPECT_EQ(shown(parse_time(text)), wanted) << text;
}

TEST(CivilTime, ParsesDates) {
  const std::pair<const char*, const char*> table[]{
      {"2025-12-31", "2025-12-31"}, {"2024-02-29", "2024-02-29"},
      {"2023-02-29", "none"},       {"2025-1-1", "none"},
      {"20251231", "none"},         {"2025-12-31x", "none"},
      {"31-12-2025", "none"},       {"", "none"},
      {"-025-12-31", "none"}};
  for (const auto& [text, wanted] : table) EXPECT_EQ(shown(parse_date(text)), wanted) << text;
}

TEST(CivilTime, ParsesInstants) {
  const std::pair<const char*, const char*> table[]{
      {"1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"},
      {"2025-12-31T14:30:00+07:00", "2025-12-31T07:30:00Z"},
      {"2025-12-31T14:30+07:00", "2025-12-31T07:30:00Z"},
      {"2026-01-01T01:00:00-05:30", "2026-01-01T06:30:00Z"},
      {"2025-12-31T07:30:00.25Z", "2025-12-31T07:30:00.250Z"},
      {"2025-12-31T07:30:00.007Z", "2025-12-31T07:30:00.007Z"},
      {"1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"},
      {"2025-12-31T07:30:00.0071Z", "none"},
      {"2025-12-31T07:30:00", "none"},
      {"2025-12-31 07:30:00Z", "none"},
      {"2025-12-31T07:30:00+19:00", "none"},
      {"2025-12-31T07:30:00+7", "none"},
      {"2025-02-30T07:30:00Z", "none"},
      {"", "none"}};
  for (const auto& [text, wanted] : table) EXPECT_EQ(shown(parse_instant(text)), wanted) << text;
  EXPECT_EQ(parse_instant("1969-12-31T23:59:59.999Z"), Instant{-1});
}

TEST(CivilTime, ParsesLocalTimes) {
  EXPECT_EQ(shown(parse_local_time("2026-01-05 09:00")), "2026-01-05 09:00");
  EXPECT_EQ(shown(parse_local_time("2026-01-05T09:00:30")), "2026-01-05 09:00:30");
  EXPECT_EQ(shown(parse_local_time("2026-01-05")), "none");
  EXPECT_EQ(shown(parse_local_time("2026-01-05  09:00")), "none");
}

TEST(CivilTime, ParsesDurations) {
  const std::pair<const char*, const char*> table[]{{"90s", "90s"},
                                                    {"10m", "10m"},
                                                    {"24h", "1d"},
                                                    {"30d", "30d"},
                                                    {"60s", "1m"},
                                                    {"250ms", "250ms"},
                                                    {"0s", "0s"},
                                                    {"-5m", "-5m"},
                                                    {"0d", "0s"},
                                                    {"1000ms", "1s"},
                                                    {"10", "none"},
                                                    {"m", "none"},
                                                    {"", "none"},
                                                    {"-", "none"},
                                                    {"1.5h", "none"},
                                                    {"1h30m", "none"},
                                                    {"10 m", "none"},
                                                    {"10M", "none"},
                                                    {"1w", "none"},
                                                    {"3652425d", "none"},
                                                    {"999999999999999ms", "none"},
                                                    {"99999999999999999999s", "none"}};
  for (const auto& [text, wanted] : table) EXPECT_EQ(shown(parse_duration(text)), wanted) << text;
}

RC_GTEST_PROP(CivilTimeLaws, DatesComeBack, ()) {
  const Date date{*rc::gen::inRange(date_min.days, date_max.days + 1)};
  const YearMonthDay ymd = to_ymd(date);
  RC_ASSERT(date_from_ymd(ymd.year, ymd.month, ymd.day) == date);
  RC_ASSERT(parse_date(to_string(date)) == date);
  const auto next = static_cast<int>(weekday(add_days(date, 1)));
  RC_ASSERT(date == date_max || next == (static_cast<int>(weekday(date)) + 1) % 7);
}

RC_GTEST_PROP(CivilTimeLaws, TimesInstantsAndDurationsComeBack, ()) {
  const TimeOfDay time{*rc::gen::inRange(0, day_seconds)};
  RC_ASSERT(parse_time(to_string(time)) == time);
  const Instant instant{*rc::gen::inRange<std::int64_t>(date_min.days * day_milliseconds,
                                                        (date_max.days + 1) * day_milliseconds)};
  RC_ASSERT(parse_instant(to_string(instant)) == instant);
  const Duration duration{
      *rc::gen::inRange<std::int64_t>(-duration_max.milliseconds, duration_max.milliseconds + 1)};
  RC_ASSERT(parse_duration(to_string(duration)) == duration);
}

RC_GTEST_PROP(CivilTimeLaws, AnyTextIsSafe, (const std::string& text)) {
  parse_date(text);
  parse_time(text);
  parse_instant(text);
  parse_local_time(text);
  parse_duration(text);
}

}  // namespace
}  // namespace alur::value
