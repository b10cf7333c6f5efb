// Open time against the plain way: looking at every minute.
#include "engine/desk/office_time.hpp"

#include <gtest/gtest.h>

#include <random>

namespace alur::desk {
namespace {

using value::Instant;
using value::OpeningHours;
using value::TimeZone;

value::Date date(int year, int month, int day) {
  return *value::date_from_ymd(year, month, day);
}

OpeningHours office() {
  OpeningHours hours;
  for (int day = 0; day < 5; ++day)
    hours.weekdays[day] = {{8 * 3600, 12 * 3600}, {13 * 3600, 17 * 3600}};
  hours.weekdays[5] = {{0, 2 * 3600}, {22 * 3600, 24 * 3600}};
  hours.weekdays[6] = {{0, 24 * 3600}};
  hours.holidays = {date(2026, 3, 20), date(2026, 3, 29)};
  return hours;
}

std::int64_t minute_by_minute(const OpeningHours& hours, const TimeZone& zone, Instant from,
                              Instant to) {
  std::int64_t open = 0;
  for (Instant at = from; at < to; at = at + value::Duration{60'000}) {
    const value::LocalTime local = zone.to_local(at);
    if (hours.is_open(local.date, local.time)) open += 60'000;
  }
  return open;
}

// Berlin sets its clocks on 29 March 2026; Jakarta never does.
TEST(OfficeTime, CountsAsTheMinutesDo) {
  const OpeningHours hours = office();
  std::mt19937 random(7);
  const auto minutes = [&](unsigned below) {
    return value::Duration{static_cast<std::int64_t>(random() % below) * 60'000};
  };
  for (const char* name : {"Asia/Jakarta", "Europe/Berlin", "UTC"}) {
    const TimeZone zone = *TimeZone::find(name);
    const Instant begin = *value::parse_instant("2026-03-18T00:00:00Z");
    for (int i = 0; i < 60; ++i) {
      const Instant from = begin + minutes(17'280);
      const Instant to = from + minutes(14'400);
      const std::int64_t open = open_ms_between(hours, zone, from, to);
      ASSERT_EQ(open, minute_by_minute(hours, zone, from, to))
          << name << ' ' << to_string(from) << ' ' << to_string(to);
      if (open == 0) continue;
      const auto at = after_open_ms(hours, zone, from, open);
      ASSERT_TRUE(at);
      EXPECT_LE(*at, to);
      EXPECT_EQ(open_ms_between(hours, zone, from, *at), open);
    }
  }
}

TEST(OfficeTime, AnOfficeThatNeverOpensHasNoTime) {
  const OpeningHours never;
  const TimeZone zone = TimeZone::utc();
  EXPECT_EQ(open_ms_between(never, zone, Instant{0}, Instant{value::day_milliseconds}), 0);
  EXPECT_FALSE(after_open_ms(never, zone, Instant{0}, 1));
}

TEST(OfficeTime, AroundTheClockIsThePlainDifference) {
  OpeningHours always;
  always.always = true;
  const TimeZone zone = TimeZone::utc();
  EXPECT_EQ(open_ms_between(always, zone, Instant{5}, Instant{1'005}), 1'000);
  EXPECT_EQ(after_open_ms(always, zone, Instant{5}, 1'000), Instant{1'005});
  always.holidays = {value::Date{0}};
  EXPECT_EQ(open_ms_between(always, zone, Instant{0}, Instant{2 * value::day_milliseconds}),
            value::day_milliseconds);
}

}  // namespace
}  // namespace alur::desk
