// The power goes at a sync: what was acknowledged by then is there afterwards, whole, however much
// of the rest the disk had taken.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "adapters/sqlite/sqlite_store.hpp"
#include "tests/contract/store/breaking_vfs.hpp"

namespace alur::tests {
namespace {

using ports::TurnChange;

constexpr int citizens = 16;
constexpr int sync_points_max = 2'000;

std::string address(std::uint32_t turn) {
  return "http:" + std::to_string(turn % citizens);
}

TurnChange a_turn(const ports::Store& store, std::uint32_t turn) {
  TurnChange change;
  change.session.address = address(turn);
  change.session.citizen = store.key_of(change.session.address);
  change.session.turns = turn;
  change.session.due = turn;
  change.session.body.assign(300 + turn % 5'000, 'b');
  change.journal.push_back({0, 0, change.session.citizen, turn, 1, {1}, "event", ""});
  return change;
}

// The last turn of the journal; the sessions must be those of the turns up to it.
std::uint32_t check_store(const std::map<std::string, std::string>& files) {
  BreakingVfs vfs;
  vfs.put(files);
  auto opened = adapters::SqliteStore::open({"store", vfs.name(), 256, 64, 40});
  EXPECT_TRUE(opened) << to_text(opened.error());
  if (!opened) return 0;
  auto reader = (*opened)->reader();
  EXPECT_TRUE(reader);
  if (!reader) return 0;
  std::uint32_t last = 0;
  EXPECT_TRUE((*reader)->each_journal(0, 1'000'000, [&](const ports::JournalRow& row) {
    EXPECT_EQ(row.turn, last + 1);
    last = row.turn;
  }));
  for (std::uint32_t turn = last; turn > 0 && turn + citizens > last; --turn) {
    const auto row = (*reader)->session((*opened)->key_of(address(turn)));
    EXPECT_TRUE(row && *row);
    EXPECT_EQ(row && *row ? (*row)->turns : 0, turn);
  }
  return last;
}

TEST(PowerLoss, WhatWasAcknowledgedIsThereAfterwards) {
  BreakingVfs vfs;
  std::mt19937_64 random(157);
  std::uint32_t acknowledged = 0;
  std::uint32_t begun = 0;
  int points = 0;
  auto opened = adapters::SqliteStore::open({"store", vfs.name(), 256, 64, 40});
  ASSERT_TRUE(opened);
  vfs.on_sync = [&] {
    if (++points % 4 != 0 && points > 200) return;  // the first ones all, then every fourth
    const std::uint32_t last = check_store(vfs.after_power_loss(random));
    ASSERT_GE(last, acknowledged) << "sync " << points;
    ASSERT_LE(last, begun) << "sync " << points;
  };
  while (points < sync_points_max && !testing::Test::HasFailure()) {
    std::vector<ports::Change> group;
    for (int i = 0; i < 3; ++i) group.push_back(a_turn(**opened, ++begun));
    ASSERT_TRUE((*opened)->commit(group));
    acknowledged = begun;
  }
  EXPECT_GE(points, sync_points_max);
}

}  // namespace
}  // namespace alur::tests
