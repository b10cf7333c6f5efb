#include "engine/runtime/seen_window.hpp"

#include <gtest/gtest.h>

#include <set>

namespace alur::runtime {
namespace {

constexpr std::int64_t begin = 1'800'000'000;
constexpr std::int64_t day = 86'400;

// A window and the table that it spills to.
struct Memory {
  SeenWindow window;
  std::set<std::uint64_t> table;
  std::size_t spilled_in_all = 0;

  bool holds(std::uint64_t id, std::int64_t now) {
    window = SeenWindow(window.bytes());  // through its bytes
    return window.holds(id, now) || (window.may_be_spilled(now) && table.contains(id));
  }
  void add(std::uint64_t id, std::int64_t now) {
    std::vector<ports::SeenId> spilled;
    window.add(id, now, spilled);
    for (const ports::SeenId& seen : spilled) table.insert(seen.id);
    spilled_in_all += spilled.size();
  }
};

TEST(SeenWindow, AnEmptyOneHoldsNothing) {
  SeenWindow window;
  EXPECT_FALSE(window.holds(0, begin));
  EXPECT_FALSE(window.may_be_spilled(begin));
  EXPECT_TRUE(window.bytes().empty());
}

TEST(SeenWindow, BytesOfSomethingElseHoldNothing) {
  EXPECT_FALSE(SeenWindow("abc").holds(0, begin));
  EXPECT_FALSE(SeenWindow(std::string(17, 'x')).holds(0, begin));
}

TEST(SeenWindow, AnIdCountsForEightDays) {
  Memory memory;
  memory.add(7, begin);
  EXPECT_TRUE(memory.holds(7, begin));
  EXPECT_TRUE(memory.holds(7, begin + 8 * day));
  EXPECT_FALSE(memory.holds(7, begin + 8 * day + 1));
  EXPECT_FALSE(memory.holds(8, begin));
}

TEST(SeenWindow, AClockSetBackForgetsNothing) {
  Memory memory;
  memory.add(7, begin);
  EXPECT_TRUE(memory.holds(7, begin - 30 * day));
}

TEST(SeenWindow, TwoThousandMessagesAreAllRememberedAndTheRowStaysSmall) {
  Memory memory;
  for (std::uint64_t id = 1; id <= 2'000; ++id) {
    EXPECT_FALSE(memory.holds(id, begin + static_cast<std::int64_t>(id)));
    memory.add(id, begin + static_cast<std::int64_t>(id));
    EXPECT_LE(memory.window.bytes().size(), 4 + 12 * SeenWindow::held_max);
  }
  for (std::uint64_t id = 1; id <= 2'000; ++id) EXPECT_TRUE(memory.holds(id, begin + 2'000)) << id;
  EXPECT_LE(memory.spilled_in_all, 2'000u);
}

TEST(SeenWindow, WhatIsTooOldIsNotSpilled) {
  Memory memory;
  for (std::uint64_t id = 1; id <= 30; ++id) memory.add(id, begin);
  for (std::uint64_t id = 31; id <= 60; ++id) memory.add(id, begin + 9 * day);
  EXPECT_EQ(memory.spilled_in_all, 0u);
  EXPECT_FALSE(memory.window.may_be_spilled(begin + 9 * day));
}

}  // namespace
}  // namespace alur::runtime
