// Office hours: mon-fri 08:00-12:00 and 13:00-17:00, a night shift, always, never, holidays.
#include "engine/value/opening_hours.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace alur::value {
namespace {

constexpr std::int32_t hour = 3'600;

Date date(std::string_view text) {
  return *parse_date(text);
}
LocalTime at(std::string_view text) {
  return *parse_local_time(text);
}

template <class T>
std::string shown(const std::optional<T>& found) {
  return found ? to_string(*found) : "none";
}

// 2026-01-01 is a Thursday.
OpeningHours office() {
  OpeningHours hours;
  for (int day = 0; day < 5; ++day) {
    hours.weekdays[static_cast<std::size_t>(day)] = {{8 * hour, 12 * hour}, {13 * hour, 17 * hour}};
  }
  hours.holidays = {date("2026-01-01"), date("2026-01-16")};
  return hours;
}

TEST(OpeningHours, OpenAndClosed) {
  const OpeningHours hours = office();
  const auto is_open = [&](std::string_view text) {
    return hours.is_open(at(text).date, at(text).time);
  };
  EXPECT_TRUE(is_open("2026-01-05 08:00"));
  EXPECT_FALSE(is_open("2026-01-05 07:59:59"));
  EXPECT_TRUE(is_open("2026-01-05 11:59:59"));
  EXPECT_FALSE(is_open("2026-01-05 12:00"));
  EXPECT_FALSE(is_open("2026-01-05 17:00"));
  EXPECT_FALSE(is_open("2026-01-04 10:00"));  // Sunday
  EXPECT_FALSE(is_open("2026-01-01 10:00"));  // holiday
}

TEST(OpeningHours, NextOpening) {
  const OpeningHours hours = office();
  const std::pair<const char*, const char*> table[]{
      {"2026-01-05 09:00", "2026-01-05 09:00"}, {"2026-01-05 12:00", "2026-01-05 13:00"},
      {"2026-01-05 06:00", "2026-01-05 08:00"}, {"2026-01-05 17:00", "2026-01-06 08:00"},
      {"2026-01-09 17:00", "2026-01-12 08:00"}, {"2025-12-31 17:30", "2026-01-02 08:00"},
      {"2026-01-15 18:00", "2026-01-19 08:00"}};
  for (const auto& [from, wanted] : table) EXPECT_EQ(shown(hours.next_opening(at(from))), wanted);
}

TEST(OpeningHours, NextClosing) {
  OpeningHours hours = office();
  EXPECT_EQ(shown(hours.next_closing(at("2026-01-05 09:00"))), "2026-01-05 12:00");
  EXPECT_EQ(shown(hours.next_closing(at("2026-01-05 12:30"))), "none");
  hours.weekdays[0].push_back({20 * hour, 24 * hour});
  hours.weekdays[1].insert(hours.weekdays[1].begin(), {0, 6 * hour});
  ASSERT_TRUE(hours.is_well_formed());
  EXPECT_EQ(shown(hours.next_closing(at("2026-01-05 21:00"))), "2026-01-06 06:00");
  hours.weekdays[1].erase(hours.weekdays[1].begin());
  EXPECT_EQ(shown(hours.next_closing(at("2026-01-05 21:00"))), "2026-01-06 00:00");
}

TEST(OpeningHours, AlwaysIsClosedOnHolidaysOnly) {
  OpeningHours hours;
  hours.always = true;
  EXPECT_TRUE(hours.is_open(date("2026-01-04"), {0}));
  EXPECT_EQ(shown(hours.next_closing(at("2026-01-04 00:00"))), "none");
  hours.holidays = {date("2026-01-16")};
  EXPECT_FALSE(hours.is_open(date("2026-01-16"), {day_seconds - 1}));
  EXPECT_EQ(shown(hours.next_closing(at("2026-01-04 12:00"))), "2026-01-16 00:00");
  EXPECT_EQ(shown(hours.next_opening(at("2026-01-16 12:00"))), "2026-01-17 00:00");
}

TEST(OpeningHours, NeverOpen) {
  const OpeningHours hours;
  EXPECT_EQ(shown(hours.next_opening(at("2026-01-05 09:00"))), "none");
  EXPECT_EQ(shown(hours.workday_after(date("2026-01-05"), 1)), "none");
  EXPECT_EQ(shown(hours.workday_after(date("2026-01-05"), 0)), "2026-01-05");
}

TEST(OpeningHours, WorkdaysAfter) {
  const OpeningHours hours = office();
  const auto after = [&](std::string_view from, int n) {
    return shown(hours.workday_after(date(from), n));
  };
  EXPECT_EQ(after("2026-01-05", 1), "2026-01-06");
  EXPECT_EQ(after("2026-01-09", 1), "2026-01-12");
  EXPECT_EQ(after("2025-12-31", 1), "2026-01-02");
  EXPECT_EQ(after("2026-01-05", 10), "2026-01-20");
  EXPECT_EQ(after("2026-01-05", -1), "none");
  EXPECT_EQ(after("2026-01-05", OpeningHours::workdays_max + 1), "none");
  EXPECT_EQ(after("9999-12-30", 5), "none");
}

TEST(OpeningHours, OneWorkdayAWeekAmongHolidays) {
  OpeningHours hours;
  hours.weekdays[2] = {{9 * hour, 10 * hour}};  // Wednesdays, the next three of which are holidays
  hours.holidays = {date("2026-01-07"), date("2026-01-14"), date("2026-01-21")};
  EXPECT_EQ(shown(hours.next_opening(at("2026-01-05 09:00"))), "2026-01-28 09:00");
  EXPECT_EQ(shown(hours.next_opening(at("2026-01-07 09:30"))), "2026-01-28 09:00");
  EXPECT_EQ(shown(hours.workday_after(date("2026-01-05"), 1)), "2026-01-28");
}

TEST(OpeningHours, LastDayOfTime) {
  const OpeningHours hours = office();
  EXPECT_EQ(shown(hours.next_opening({date_max, {18 * hour}})), "none");
}

TEST(OpeningHours, WellFormed) {
  OpeningHours hours = office();
  EXPECT_TRUE(hours.is_well_formed());
  hours.weekdays[6] = {{8 * hour, 8 * hour}};
  EXPECT_FALSE(hours.is_well_formed());
  hours.weekdays[6] = {{8 * hour, 12 * hour}, {11 * hour, 13 * hour}};
  EXPECT_FALSE(hours.is_well_formed());
  hours.weekdays[6] = {{8 * hour, 25 * hour}};
  EXPECT_FALSE(hours.is_well_formed());
  hours.weekdays[6] = {{-1, hour}};
  EXPECT_FALSE(hours.is_well_formed());
  hours.weekdays[6] = {{0, 24 * hour}};
  EXPECT_TRUE(hours.is_well_formed());
  hours.holidays = {date("2026-01-02"), date("2026-01-02")};
  EXPECT_FALSE(hours.is_well_formed());
}

RC_GTEST_PROP(OpeningHoursLaws, TheNextOpeningIsTheFirst, ()) {
  OpeningHours hours;
  for (auto& intervals : hours.weekdays) {
    if (*rc::gen::inRange(0, 3) > 0) continue;
    const int open = *rc::gen::inRange(0, 23);
    intervals = {{open * hour, *rc::gen::inRange(open + 1, 25) * hour}};
  }
  const auto offsets = *rc::gen::container<std::set<int>>(rc::gen::inRange(0, 60));
  for (const int offset : offsets) hours.holidays.push_back({20'000 + offset});
  const LocalTime from{{20'000 + *rc::gen::inRange(0, 60)}, {*rc::gen::inRange(0, 24) * hour}};

  const auto opening = hours.next_opening(from);
  if (!opening) {
    RC_ASSERT(std::all_of(hours.weekdays.begin(), hours.weekdays.end(),
                          [](const auto& day) { return day.empty(); }));
    return;
  }
  RC_ASSERT(hours.is_open(opening->date, opening->time));
  for (LocalTime t = from; t < *opening;) {
    RC_ASSERT(!hours.is_open(t.date, t.time));
    t.time.seconds += hour;
    if (t.time.seconds == day_seconds) t = {add_days(t.date, 1), {0}};
  }
}

}  // namespace
}  // namespace alur::value
