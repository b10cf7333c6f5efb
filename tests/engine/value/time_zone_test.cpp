// Zones: fixed ones, ones that change for ever, gaps, overlaps, and names that are none.
#include "engine/value/time_zone.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <thread>
#include <vector>

namespace alur::value {
namespace {

TimeZone zone(std::string_view name) {
  auto found = TimeZone::find(name);
  EXPECT_TRUE(found) << name;
  return found.value_or(TimeZone::utc());
}

std::string local(std::string_view name, std::string_view instant) {
  return to_string(zone(name).to_local(*parse_instant(instant)));
}

std::string instant(std::string_view name, std::string_view local_time) {
  return to_string(zone(name).to_instant(*parse_local_time(local_time)));
}

TEST(TimeZone, KnowsItsNamesExactly) {
  for (const char* name : {"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "Etc/UTC", "UTC",
                           "America/New_York", "Europe/London", "Asia/Kolkata"}) {
    EXPECT_TRUE(TimeZone::find(name)) << name;
    EXPECT_EQ(zone(name).name(), name);
  }
  for (const char* name : {"", "Asia/Djakarta", "asia/jakarta", "GMT+7", "GMT+07:00", "Etc/Unknown",
                           "+07:00", "Asia/Jakarta ", "Asia", "../etc/passwd", "Ås/Jakarta"}) {
    EXPECT_FALSE(TimeZone::find(name)) << name;
  }
}

TEST(TimeZone, JakartaNowAndBefore) {
  EXPECT_EQ(local("Asia/Jakarta", "2026-01-05T02:00:00Z"), "2026-01-05 09:00");
  EXPECT_EQ(local("Asia/Jakarta", "2025-12-31T17:00:00Z"), "2026-01-01 00:00");
  EXPECT_EQ(local("Asia/Jakarta", "2025-12-31T16:59:59.999Z"), "2025-12-31 23:59:59");
  // +07:30 until the end of 1963.
  EXPECT_EQ(local("Asia/Jakarta", "1963-12-31T12:00:00Z"), "1963-12-31 19:30");
  EXPECT_EQ(local("Asia/Jakarta", "1964-01-01T12:00:00Z"), "1964-01-01 19:00");
  EXPECT_EQ(instant("Asia/Jakarta", "1960-06-01 07:30"), "1960-06-01T00:00:00Z");
  EXPECT_EQ(instant("Asia/Jakarta", "2026-01-05 09:00"), "2026-01-05T02:00:00Z");
  EXPECT_EQ(instant("Asia/Jayapura", "2026-01-05 09:00"), "2026-01-05T00:00:00Z");
}

TEST(TimeZone, GapsAreLaterOverlapsEarlier) {
  // 2025-03-09 02:00 EST is 03:00 EDT.
  EXPECT_EQ(instant("America/New_York", "2025-03-09 01:59:59"), "2025-03-09T06:59:59Z");
  EXPECT_EQ(instant("America/New_York", "2025-03-09 02:30"), "2025-03-09T07:30:00Z");
  EXPECT_EQ(local("America/New_York", "2025-03-09T07:30:00Z"), "2025-03-09 03:30");
  EXPECT_EQ(instant("America/New_York", "2025-03-09 03:00"), "2025-03-09T07:00:00Z");
  // 2025-11-02 02:00 EDT is 01:00 EST.
  EXPECT_EQ(instant("America/New_York", "2025-11-02 01:30"), "2025-11-02T05:30:00Z");
  EXPECT_EQ(instant("America/New_York", "2025-11-02 02:00"), "2025-11-02T07:00:00Z");
}

TEST(TimeZone, RulesThatGoOnForEver) {
  EXPECT_EQ(local("Europe/London", "2500-07-01T12:00:00Z"), "2500-07-01 13:00");
  EXPECT_EQ(local("Europe/London", "2500-01-01T12:00:00Z"), "2500-01-01 12:00");
}

TEST(TimeZone, EndsOfTime) {
  for (const char* name : {"Asia/Jakarta", "America/New_York", "Etc/UTC"}) {
    EXPECT_TRUE(in_range(zone(name).to_local(instant_min).date));
    EXPECT_TRUE(in_range(zone(name).to_local({INT64_MAX}).date));
    EXPECT_TRUE(in_range(zone(name).to_local({INT64_MIN}).date));
    EXPECT_TRUE(in_range(zone(name).to_instant(date_min, {})));
    EXPECT_TRUE(in_range(zone(name).to_instant(date_max, {day_seconds - 1})));
    EXPECT_EQ(zone(name).to_local(zone(name).to_instant(date_max, {100})),
              (LocalTime{date_max, {100}}));
  }
}

RC_GTEST_PROP(TimeZoneLaws, InstantsComeBackOrAreTheEarlierTwin, ()) {
  static const std::vector<TimeZone> zones{
      zone("Asia/Jakarta"),  zone("Asia/Makassar"),       zone("America/New_York"),
      zone("Europe/London"), zone("Australia/Lord_Howe"), zone("Asia/Kolkata"),
      zone("Pacific/Apia"),  zone("Africa/Casablanca"),   zone("Etc/UTC")};
  const TimeZone& chosen = zones[*rc::gen::inRange<std::size_t>(0, zones.size())];
  const std::int64_t seconds = *rc::gen::inRange<std::int64_t>(-5'000'000'000, 30'000'000'000);
  const Instant instant{seconds * second_milliseconds};
  const Instant back = chosen.to_instant(chosen.to_local(instant));
  RC_ASSERT(back <= instant);
  RC_ASSERT(instant - back <= Duration{26 * hour_milliseconds});
  RC_ASSERT(chosen.to_local(back) == chosen.to_local(instant));
}

TEST(TimeZone, OneForSeveralThreads) {
  const TimeZone shared = zone("America/New_York");
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&shared, i] {
      for (std::int64_t hour = 0; hour < 20'000; ++hour) {
        const Instant instant{(hour * 4 + i) * hour_milliseconds};
        ASSERT_LE(shared.to_instant(shared.to_local(instant)), instant);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace alur::value
