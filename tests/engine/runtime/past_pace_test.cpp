// A bucket as it really was, against what is read of it from a store after the program has ended.
#include "engine/runtime/past_pace.hpp"

#include <gtest/gtest.h>

#include <random>

#include "adapters/memory/memory_store.hpp"
#include "engine/runtime/journal_bytes.hpp"
#include "engine/runtime/outbox.hpp"

namespace alur::runtime {
namespace {

using ports::Delivery;

constexpr std::int64_t begin = 1'800'000'000'000;

ports::Pace whatsapp() {
  ports::Pace pace;
  pace.pair_rate = 1.0 / 6;
  pace.pair_burst = 45;
  return pace;
}

// One citizen, the messages of whose turns leave as their bucket lets them.
class Bench {
 public:
  explicit Bench(Pacer::Level level = Pacer::Level::full)
      : bucket(whatsapp().pair_rate, whatsapp().pair_burst, begin, level) {
    row_.citizen = store_.key_of("whatsapp:1001/628111");
    row_.address = "whatsapp:1001/628111";
  }

  // One turn that says so much; ids of what it says.
  std::vector<std::uint64_t> say(int messages) {
    PeopleBody body;
    ports::TurnChange change;
    for (int i = 0; i < messages; ++i) {
      ports::OutboxRow message;
      message.id = ++id_;
      message.citizen = row_.citizen;
      message.at = {now};
      body.said.push_back({message.id, "hello"});
      change.outbox.push_back(std::move(message));
    }
    ports::JournalRow row;
    row.citizen = row_.citizen;
    row.turn = ++row_.turns;
    row.at = {now};
    encode_people(body, row);
    change.journal.push_back(std::move(row));
    change.session = row_;
    commit(change);
    const auto reader = store_.reader();
    row_.journal_last = (*(*reader)->session(row_.citizen))->journal_last;
    std::vector<std::uint64_t> ids;
    for (const SaidMessage& said : body.said) ids.push_back(said.id);
    return ids;
  }
  void leave(std::uint64_t id, Delivery state = Delivery::accepted) {
    for (std::int64_t wait = bucket.take(now); wait > 0; wait = bucket.take(now)) now += wait;
    commit(ports::SendChange{id, state, false, "", {now}});
  }
  void send(int messages) {
    for (const std::uint64_t id : say(messages)) leave(id);
  }
  std::optional<std::int64_t> read() {
    const auto reader = store_.reader();
    return read_pair_full_at(**reader, row_.citizen, whatsapp(), now);
  }
  void commit(ports::Change change) { EXPECT_TRUE(store_.commit(std::span(&change, 1))); }

  std::int64_t now = begin;
  Pacer bucket;
  std::shared_ptr<adapters::MemoryDisk> disk = std::make_shared<adapters::MemoryDisk>();

 private:
  adapters::MemoryStore store_{disk};
  ports::SessionRow row_;
  std::uint64_t id_ = 0;
};

TEST(PastPace, IsFullWhereNothingWasSent) {
  Bench bench;
  EXPECT_EQ(bench.read(), bench.now);
  bench.say(0);
  EXPECT_EQ(bench.read(), bench.now);
  bench.say(3);  // they have not left yet
  EXPECT_EQ(bench.read(), bench.now);
}

TEST(PastPace, IsDrawnOnByWhatLeft) {
  Bench bench;
  bench.send(10);
  EXPECT_EQ(bench.read(), bench.now + 60'000);
  bench.now += 20'000;
  EXPECT_EQ(bench.read(), bench.now + 40'000);
  bench.now += 40'000;
  EXPECT_EQ(bench.read(), bench.now);
}

// They were decided long before they left: what counts is when they did.
TEST(PastPace, GoesByWhenMessagesLeft) {
  Bench bench;
  const auto ids = bench.say(3);
  bench.now += 3'600'000;
  for (const std::uint64_t id : ids) bench.leave(id);
  bench.say(2);
  EXPECT_EQ(bench.read(), bench.now + 18'000);
}

TEST(PastPace, CountsWhatWasReadAndWhatFailedLater) {
  Bench bench;
  const auto ids = bench.say(3);
  bench.leave(ids[0], Delivery::read);
  bench.leave(ids[1]);
  bench.commit(ports::SendChange{ids[1], Delivery::failed, false, "no such phone", {bench.now}});
  EXPECT_EQ(bench.read(), bench.now + 12'000);
}

TEST(PastPace, IsUnknownWhereMessagesAreForgottenOrTheStoreFails) {
  Bench bench;
  bench.send(1);
  bench.disk->fail_at = 2;
  EXPECT_EQ(bench.read(), std::nullopt);
  bench.disk->fail_at = 0;
  EXPECT_EQ(bench.read(), bench.now + 6'000);
  bench.commit(ports::SendChange{bench.say(1)[0], Delivery::accepted, true, "", {bench.now}});
  EXPECT_EQ(bench.read(), std::nullopt);
}

// Random conversations: never fuller than it was, and, where it was full once, exactly as full.
TEST(PastPace, IsWhatItWasAfterAnyConversation) {
  std::mt19937 random(7);
  const auto below = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); };
  for (int round = 0; round < 300; ++round) {
    Bench bench(below(2) ? Pacer::Level::full : Pacer::Level::empty);
    const int pause = 1 << below(18);
    const int turns = 1 + below(60);
    bool was_full = false;
    for (int turn = 0; turn < turns; ++turn) {
      bench.now += below(pause);
      was_full = was_full || bench.bucket.full_at_ms() <= bench.now;
      bench.send(below(6));
    }
    bench.now += below(pause);
    const auto full_at = bench.read();
    ASSERT_TRUE(full_at) << round;
    const std::int64_t is = std::max(bench.now, bench.bucket.full_at_ms());
    if (was_full) {
      EXPECT_GE(*full_at, is - 2) << round;
      EXPECT_LE(*full_at, is + 2) << round;
    }
  }
}

// A message in six seconds, for hours: the store is not read to its beginning, and the bucket is
// taken for empty, as it may be.
TEST(PastPace, SupposesTheWorstOfWhatItDoesNotRead) {
  Bench bench(Pacer::Level::empty);
  for (int i = 0; i < 600; ++i) bench.send(1);
  const auto before = bench.disk->operations;
  const auto full_at = bench.read();
  EXPECT_LT(bench.disk->operations - before, 700u);
  ASSERT_TRUE(full_at);
  EXPECT_GE(*full_at, bench.bucket.full_at_ms() - 2);
}

}  // namespace
}  // namespace alur::runtime
