// What every store promises of the names that citizens go by, and of what nobody heard.
#include "tests/contract/store/store_contract.hpp"

namespace alur::tests {
namespace {

using ports::NameChange;
using ports::NameRow;
using ports::UnheardChange;

class NamesContract : public StoreContract {
 protected:
  NameRow row(const std::string& name, const std::string& address, std::int64_t reached_ms = 0) {
    return {store_->key_of(name), store_->key_of(address), name, address, reached_ms};
  }
  std::optional<NameRow> name(const std::string& name) {
    const auto found = reader_->name(store_->key_of(name));
    EXPECT_TRUE(found);
    return found ? *found : std::nullopt;
  }
  std::vector<NameRow> names(const std::string& address) {
    auto found = reader_->names(store_->key_of(address));
    EXPECT_TRUE(found);
    if (!found) return {};
    std::sort(found->begin(), found->end(),
              [](const NameRow& a, const NameRow& b) { return a.name < b.name; });
    return *found;
  }
  std::vector<std::string> unheard(std::size_t rows_max) {
    const auto rows = reader_->unheard(rows_max);
    EXPECT_TRUE(rows);
    std::vector<std::string> reasons;
    for (const auto& one : *rows) reasons.push_back(one.reason);
    return reasons;
  }
  UnheardChange an_unheard(const std::string& reason, std::int64_t at_ms) {
    return {{0, {at_ms}, "whatsapp", reason, std::string("\0raw", 4)}};
  }
};

TEST_P(NamesContract, ANameIsCommittedWithItsTurn) {
  EXPECT_FALSE(name("wa:ID.1"));
  TurnChange turn = a_turn(*store_, "wa:628", 1);
  turn.session.wrote_ms = 1'790'000'000'000;
  turn.names = {row("wa:ID.1", "wa:628"), row("wa:628", "wa:628", 7)};
  commit({turn});
  EXPECT_EQ(session("wa:628").wrote_ms, 1'790'000'000'000);
  EXPECT_EQ(name("wa:ID.1"), turn.names[0]);
  EXPECT_EQ(names("wa:628"), (std::vector<NameRow>{turn.names[1], turn.names[0]}));
  EXPECT_TRUE(names("wa:629").empty());
  reopen();
  EXPECT_EQ(name("wa:ID.1"), turn.names[0]);
}

TEST_P(NamesContract, ANameComesToStandForAnother) {
  commit({a_turn(*store_, "wa:628", 1), a_turn(*store_, "wa:629", 1),
          NameChange{{row("wa:ID.1", "wa:628", 5)}}});
  commit({NameChange{{row("wa:ID.1", "wa:629")}}});
  EXPECT_EQ(name("wa:ID.1"), row("wa:ID.1", "wa:629"));
  EXPECT_TRUE(names("wa:628").empty());
  EXPECT_EQ(names("wa:629").size(), 1u);
}

TEST_P(NamesContract, NamesGoWithTheirSession) {
  TurnChange gone = a_turn(*store_, "wa:628", 1);
  gone.session.due.reset();
  gone.names = {row("wa:ID.1", "wa:628")};
  TurnChange stays = a_turn(*store_, "wa:629", 1);
  stays.names = {row("wa:ID.2", "wa:629")};
  commit({gone, stays});
  ports::Retention keep;
  const std::int64_t later = 2'000 + keep.journal_seconds * 1'000;
  for (int i = 0; i < 8; ++i) ASSERT_TRUE(store_->sweep({later}, keep, 2));
  EXPECT_FALSE(name("wa:ID.1"));
  EXPECT_TRUE(name("wa:ID.2"));
}

TEST_P(NamesContract, WhatNobodyHeardIsReadTheLatestFirst) {
  EXPECT_TRUE(unheard(10).empty());
  commit({an_unheard("first", 1'000), an_unheard("second", 2'000)});
  commit({an_unheard("third", 3'000)});
  EXPECT_EQ(unheard(2), (std::vector<std::string>{"third", "second"}));
  const auto rows = reader_->unheard(1);
  ASSERT_TRUE(rows);
  EXPECT_EQ(rows->front().channel, "whatsapp");
  EXPECT_EQ(rows->front().raw, std::string("\0raw", 4));
  EXPECT_EQ(rows->front().at.milliseconds, 3'000);
  EXPECT_EQ(rows->front().count, 3u);
}

TEST_P(NamesContract, WhatNobodyHeardIsKeptForAWhileAndNotTooMuchOfIt) {
  for (int i = 1; i <= 9; ++i) commit({an_unheard(std::to_string(i), i * 1'000)});
  ports::Retention keep;
  keep.unheard_seconds = 100;
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(store_->sweep({103'500}, keep, 2));
  EXPECT_EQ(unheard(10), (std::vector<std::string>{"9", "8", "7", "6", "5", "4"}));
  keep.unheard_rows_max = 2;
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(store_->sweep({103'500}, keep, 2));
  EXPECT_EQ(unheard(10), (std::vector<std::string>{"9", "8"}));
}

TEST_P(NamesContract, ATurnAndItsNamesAreAllOrNothingWhateverFails) {
  bool clean = false;
  for (std::uint64_t n = 1; !clean; ++n) {
    const std::string address = "wa:" + std::to_string(n);
    TurnChange turn = a_turn(*store_, address, 1);
    turn.names = {row("wa:ID." + std::to_string(n), address)};
    const std::vector<Change> group = {turn};
    const std::uint64_t before = bench_->operations();
    bench_->fail_at(n);
    const auto done = store_->commit(group);
    bench_->fail_at(0);
    clean = bench_->operations() - before < n;
    if (!done && done.error() == Fault::unsynced) reopen();
    const auto session = reader_->session(store_->key_of(address));
    ASSERT_TRUE(session);
    EXPECT_EQ(session->has_value(), name("wa:ID." + std::to_string(n)).has_value()) << n;
    if (done) {
      EXPECT_TRUE(session->has_value());
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Stores, NamesContract,
                         testing::Values("memory", "sqlite_broken", "sqlite_full"),
                         [](const auto& named) { return named.param; });

}  // namespace
}  // namespace alur::tests
