#include "engine/runtime/timer_wheel.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "engine/runtime/timer_set.hpp"

namespace alur::runtime {
namespace {

constexpr std::int64_t begin = 1'800'000'000'000;

std::vector<std::uint64_t> advanced(TimerWheel& wheel, std::int64_t now) {
  std::vector<std::uint64_t> due;
  wheel.advance(now, due);
  return due;
}

TEST(TimerWheel, FiresOnceAndNeverEarly) {
  TimerWheel wheel(begin);
  for (const std::int64_t after : {1ll, 31ll, 32ll, 8'000ll, 8'192ll, 2'097'151ll, 86'400'000ll,
                                   600'000'000ll, 200'000'000'000ll}) {
    wheel.arm(7, begin + after);
    EXPECT_TRUE(advanced(wheel, begin + after - 1).empty()) << after;
    EXPECT_EQ(advanced(wheel, begin + after + TimerWheel::tick_ms).size(), 1u) << after;
    EXPECT_FALSE(wheel.holds(7));
    EXPECT_FALSE(wheel.next_wake());
    wheel = TimerWheel(begin);
  }
}

TEST(TimerWheel, OneTimerAKey) {
  TimerWheel wheel(begin);
  wheel.arm(7, begin + 100);
  wheel.arm(7, begin + 5'000);
  EXPECT_EQ(wheel.size(), 1u);
  EXPECT_TRUE(advanced(wheel, begin + 1'000).empty());
  wheel.cancel(7);
  wheel.cancel(7);
  EXPECT_EQ(wheel.size(), 0u);
  EXPECT_TRUE(advanced(wheel, begin + 10'000).empty());
}

TEST(TimerWheel, WhatIsDueNeverStaysAsleep) {
  TimerWheel wheel(begin);
  wheel.arm(7, std::numeric_limits<std::int64_t>::max());
  EXPECT_TRUE(advanced(wheel, begin + 1'000'000'000'000).empty());
  EXPECT_TRUE(wheel.holds(7));
  EXPECT_GT(wheel.next_wake().value(), begin + 1'000'000'000'000);
}

// Against a plain map: the same keys, each not early and at most a tick late when it is asked
// often.
TEST(TimerWheel, DoesWhatASortedListDoes) {
  std::mt19937_64 random(157);
  TimerWheel wheel(begin);
  std::map<std::uint64_t, std::int64_t> expected;
  std::int64_t now = begin;
  for (int round = 0; round < 20'000; ++round) {
    const std::uint64_t key = random() % 500;
    const int shift = static_cast<int>(random() % 36);
    if (random() % 4 == 0) {
      wheel.cancel(key);
      expected.erase(key);
    } else {
      const std::int64_t due = now + static_cast<std::int64_t>(random() % (1ull << shift));
      wheel.arm(key, due);
      expected[key] = due;
    }
    if (random() % 3 == 0) {
      now += static_cast<std::int64_t>(random() % (1ull << (random() % 30)));
      for (const std::uint64_t fired : advanced(wheel, now)) {
        ASSERT_TRUE(expected.contains(fired));
        ASSERT_LE(expected[fired], now);
        expected.erase(fired);
      }
      for (const auto& [left, due] : expected) {
        ASSERT_GT(due + TimerWheel::tick_ms, now) << left;
        ASSERT_TRUE(wheel.holds(left));
      }
    }
    ASSERT_EQ(wheel.size(), expected.size());
    if (expected.empty()) continue;
    std::int64_t first = std::numeric_limits<std::int64_t>::max();
    for (const auto& [left, due] : expected) first = std::min(first, due);
    ASSERT_LE(wheel.next_wake().value(), std::max(first, now) + 2 * TimerWheel::tick_ms);
  }
}

TEST(TimerWheel, AMillionTakeAtMostFortyMebibytes) {
  TimerWheel wheel(begin);
  for (std::uint64_t key = 0; key < 1'000'000; ++key) {
    wheel.arm(key * 0x9e3779b97f4a7c15u, begin + 86'400'000 + static_cast<std::int64_t>(key));
  }
  EXPECT_LE(wheel.bytes(), 40u << 20);
}

// Nothing is due for a day: in between, only a few looks at the outer wheels.
TEST(TimerWheel, SleepsWhileNothingIsDue) {
  TimerWheel wheel(begin);
  for (std::uint64_t key = 0; key < 1'000; ++key) wheel.arm(key, begin + 86'400'000);
  int wakes = 0;
  std::vector<std::uint64_t> due;
  while (due.empty()) {
    wheel.advance(wheel.next_wake().value(), due);
    ++wakes;
  }
  EXPECT_LE(wakes, 4);
  EXPECT_EQ(due.size(), 1'000u);
}

TEST(TimerSet, ReadsBackWhatItWrote) {
  TimerSet timers;
  EXPECT_EQ(timers.bytes(), "");
  timers.apply({machine::TimerKind::session, true, 3, {5'000}}, 0);
  timers.apply({machine::TimerKind::silence, true, 4, {1'000}}, 500);
  const TimerSet again(timers.bytes());
  EXPECT_EQ(again[machine::TimerKind::session], (TimerSet::Timer{3, 5'000}));
  EXPECT_EQ(again[machine::TimerKind::silence], (TimerSet::Timer{4, 1'500}));
  EXPECT_EQ(again.earliest(), machine::TimerKind::silence);
  EXPECT_EQ(again.due(), 1'500);
}

TEST(TimerSet, IsDelayedOnlyWhereItIsTheSame) {
  TimerSet timers;
  timers.apply({machine::TimerKind::silence, true, 4, {1'000}}, 0);
  EXPECT_FALSE(timers.delay(machine::TimerKind::silence, 3, 100));
  EXPECT_FALSE(timers.delay(machine::TimerKind::pause, 4, 100));
  EXPECT_TRUE(timers.delay(machine::TimerKind::silence, 4, 100));
  EXPECT_EQ(timers.due(), 1'100);
  timers.apply({machine::TimerKind::silence, false, 0, {}}, 0);
  EXPECT_FALSE(timers.due());
}

TEST(TimerSet, BytesOfSomethingElseAreNoTimers) {
  EXPECT_FALSE(TimerSet("\x1f").due());
  EXPECT_FALSE(TimerSet("something else").due());
}

}  // namespace
}  // namespace alur::runtime
