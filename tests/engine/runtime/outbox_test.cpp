#include "engine/runtime/outbox.hpp"

#include <gtest/gtest.h>

namespace alur::runtime {
namespace {

using ports::Delivery;
using ports::SendResult;
using Kind = ports::SendResult::Kind;

constexpr std::int64_t begin = 1'800'000'000'000;

struct Bench {
  explicit Bench(ports::Pace with = {})
      : pace(with), shared(pace, begin, Pacer::Level::empty), outbox(pace, shared) {}

  void add(std::uint64_t id, ports::CitizenKey citizen, std::int64_t at = begin) {
    ports::OutboxRow row;
    row.id = id;
    row.citizen = citizen;
    row.at = {at};
    row.body = "hello";
    outbox.add(std::move(row), false);
  }
  // The ids that may be sent now.
  std::vector<std::uint64_t> take(std::int64_t now) {
    std::vector<std::uint64_t> ids;
    while (const auto order = outbox.take(now)) ids.push_back(order->row->id);
    return ids;
  }
  std::optional<Delivery> tell(std::uint64_t id, Kind kind, std::int64_t now,
                               std::int64_t after_ms = 0) {
    const auto news = outbox.result(id, {kind, after_ms, "why"}, now, 0.5);
    if (!news) return std::nullopt;
    if (news->state >= Delivery::accepted) outbox.recorded(id);
    return news->state;
  }

  ports::Pace pace;
  SharedPace shared;
  Outbox outbox;
};

using Ids = std::vector<std::uint64_t>;

TEST(Outbox, ACitizensMessagesLeaveInOrderOneAtATime) {
  Bench bench;
  bench.add(1, 100);
  bench.add(2, 100);
  bench.add(3, 200);
  EXPECT_EQ(bench.take(begin), (Ids{1, 3}));
  EXPECT_EQ(bench.tell(1, Kind::accepted, begin), Delivery::accepted);
  EXPECT_EQ(bench.take(begin), Ids{2});
  bench.tell(2, Kind::accepted, begin);
  bench.tell(3, Kind::accepted, begin);
  EXPECT_EQ(bench.outbox.size(), 0u);
  EXPECT_EQ(bench.outbox.in_flight(), 0u);
  EXPECT_EQ(bench.outbox.unsent(100), 0u);
  EXPECT_FALSE(bench.outbox.next_wake());
}

// The next one waits until it is written down that the last one was sent: at most one is in doubt.
TEST(Outbox, TheNextWaitsUntilTheLastIsRecorded) {
  Bench bench;
  bench.add(1, 100);
  bench.add(2, 100);
  bench.take(begin);
  ASSERT_TRUE(bench.outbox.result(1, {Kind::accepted, 0, ""}, begin, 0));
  EXPECT_EQ(bench.take(begin), Ids{});
  bench.outbox.recorded(1);
  EXPECT_EQ(bench.take(begin), Ids{2});
}

TEST(Outbox, SeveralMayBeUnderWayWhereTheChannelKeepsOrder) {
  ports::Pace pace;
  pace.pair_in_flight_max = 3;
  Bench bench(pace);
  for (std::uint64_t id = 1; id <= 5; ++id) bench.add(id, 100);
  EXPECT_EQ(bench.take(begin), (Ids{1, 2, 3}));
  bench.tell(2, Kind::accepted, begin);
  EXPECT_EQ(bench.take(begin), Ids{4});
}

TEST(Outbox, ARetryHoldsBackItsOwnCitizenOnly) {
  Bench bench;
  bench.add(1, 100);
  bench.add(2, 100);
  bench.add(3, 200);
  bench.take(begin);
  EXPECT_FALSE(bench.tell(1, Kind::retry, begin));
  EXPECT_EQ(bench.take(begin), Ids{});
  const auto wake = bench.outbox.next_wake();
  ASSERT_TRUE(wake);
  EXPECT_EQ(*wake, begin + 750);
  EXPECT_EQ(bench.take(*wake), Ids{1});
  bench.tell(3, Kind::accepted, begin);
}

TEST(Outbox, AMessageThatFailsTooOftenIsDead) {
  Bench bench;
  bench.add(1, 100);
  bench.add(2, 100);
  std::int64_t now = begin;
  std::optional<Delivery> fate;
  int attempts = 0;
  while (!fate) {
    now = bench.outbox.next_wake().value_or(now);
    now = std::max(now, begin);
    ASSERT_EQ(bench.take(now), Ids{1});
    ++attempts;
    fate = bench.tell(1, Kind::retry, now);
  }
  EXPECT_EQ(fate, Delivery::failed);
  EXPECT_EQ(attempts, Outbox::attempts_max + 1);
  EXPECT_EQ(bench.take(now), Ids{2});
}

TEST(Outbox, ADroppedMessageIsDeadAtOnce) {
  Bench bench;
  bench.add(1, 100);
  bench.take(begin);
  EXPECT_EQ(bench.tell(1, Kind::dropped, begin), Delivery::failed);
}

TEST(Outbox, AnUnknownFateWaitsForAReceiptAndIsSentAgain) {
  Bench bench;
  bench.add(1, 100);
  bench.add(2, 100);
  bench.take(begin);
  EXPECT_EQ(bench.tell(1, Kind::unknown, begin), Delivery::unknown);
  EXPECT_EQ(bench.take(begin + Outbox::unknown_wait_ms - 1), Ids{});
  const auto order = bench.outbox.take(begin + Outbox::unknown_wait_ms);
  ASSERT_TRUE(order);
  EXPECT_EQ(order->row->id, 1u);
  EXPECT_TRUE(order->again);
}

TEST(Outbox, AReceiptSettlesAnUnknownFate) {
  Bench bench;
  bench.add(1, 100);
  bench.add(2, 100);
  bench.take(begin);
  bench.tell(1, Kind::unknown, begin);
  const auto news = bench.outbox.confirmed(1);
  ASSERT_TRUE(news);
  EXPECT_EQ(news->state, Delivery::accepted);
  EXPECT_FALSE(bench.outbox.confirmed(1));
  bench.outbox.recorded(1);
  EXPECT_EQ(bench.take(begin + Outbox::unknown_wait_ms), Ids{2});
}

// It was sent again at once, and came twice, though its receipt was among the first to come.
TEST(Outbox, AnUnknownFateIsAwaitedAfterAStartToo) {
  for (const bool confirmed : {false, true}) {
    Bench bench;
    for (std::uint64_t id = 1; id <= 2; ++id) {
      ports::OutboxRow row;
      row.id = id;
      row.citizen = 100;
      row.at = {begin - 5'000};
      row.state = id == 1 ? Delivery::unknown : Delivery::pending;
      bench.outbox.add(std::move(row), true);
    }
    EXPECT_EQ(bench.take(begin + 1'000), Ids{});
    EXPECT_EQ(bench.outbox.next_wake(), begin + Outbox::unknown_wait_ms);
    if (confirmed) {
      ASSERT_TRUE(bench.outbox.confirmed(1));
      bench.outbox.recorded(1);
    }
    EXPECT_EQ(bench.take(begin + Outbox::unknown_wait_ms), Ids{confirmed ? 2u : 1u});
    EXPECT_EQ(bench.outbox.size(), confirmed ? 1u : 2u);
  }
}

TEST(Outbox, AnUnknownFateOfADayAgoIsNotSentAgain) {
  Bench bench;
  ports::OutboxRow row;
  row.id = 1;
  row.citizen = 100;
  row.at = {begin - Outbox::expires_ms};
  row.state = Delivery::unknown;
  bench.outbox.add(std::move(row), true);
  EXPECT_EQ(bench.take(begin + Outbox::unknown_wait_ms), Ids{});
  EXPECT_EQ(bench.outbox.take_expired().size(), 1u);
}

TEST(Outbox, PacesEachCitizenAndTheNumber) {
  ports::Pace pace;
  pace.pair_rate = 1;
  pace.pair_burst = 2;
  pace.number_rate = 100;
  pace.number_burst = 100;
  Bench bench(pace);
  const std::int64_t later = begin + 10'000;  // buckets begin empty
  std::map<std::uint64_t, std::int64_t> left;
  for (std::uint64_t i = 0; i < 400; ++i) bench.add(i + 1, i % 40, later);
  for (std::int64_t now = later; left.size() < 400 && now < later + 60'000; ++now) {
    for (const std::uint64_t id : bench.take(now)) {
      left[id] = now;
      bench.tell(id, Kind::accepted, now);
    }
    EXPECT_LE(static_cast<std::int64_t>(left.size()), 100 + (now - later) / 10 + 1);
  }
  ASSERT_EQ(left.size(), 400u);
  for (std::uint64_t i = 80; i < 400; ++i) {
    EXPECT_GE(left[i + 1] - left[i + 1 - 80], 1'000) << i;
  }
  EXPECT_LE(left[400], later + 9'000);
}

// A citizen's bucket is remembered between messages, and forgotten once it is full.
TEST(Outbox, ACitizensPaceOutlivesAnEmptyLane) {
  ports::Pace pace;
  pace.pair_rate = 1;
  pace.pair_burst = 1;
  Bench bench(pace);
  bench.add(1, 100);
  EXPECT_EQ(bench.take(begin), Ids{1});
  bench.tell(1, Kind::accepted, begin);
  bench.add(2, 100);
  EXPECT_EQ(bench.take(begin + 10), Ids{});
  EXPECT_EQ(bench.take(begin + 1'100), Ids{2});
  bench.tell(2, Kind::accepted, begin + 1'100);
  bench.take(begin + 5'000);
  EXPECT_FALSE(bench.outbox.next_wake());
}

// Before its bucket is full again, too: what is there is enough for the next message.
TEST(Outbox, AnEmptyLaneSendsAtOnceWhatComesNext) {
  ports::Pace pace;
  pace.pair_rate = 1.0 / 6;
  pace.pair_burst = 45;
  Bench bench(pace);
  const std::int64_t later = begin + 300'000;  // all buckets are full
  for (std::uint64_t id = 1; id <= 45; ++id) {
    bench.add(id, 100);
    ASSERT_EQ(bench.take(later), Ids{id});
    bench.tell(id, Kind::accepted, later);
  }
  bench.add(46, 100);
  EXPECT_EQ(bench.take(later), Ids{});
  EXPECT_EQ(bench.take(later + 6'000), Ids{46});
  bench.tell(46, Kind::accepted, later + 6'000);
  // Once it is full there is nothing to remember.
  EXPECT_EQ(bench.outbox.next_wake(), later + 6'001);
  bench.take(later + 600'000);
  EXPECT_FALSE(bench.outbox.next_wake());
}

// One bucket for each case, of ten at once and one a second.
std::size_t leave_at_once(std::optional<std::int64_t> full_at, int to_send_again) {
  ports::Pace pace;
  pace.pair_rate = 1;
  pace.pair_burst = 10;
  SharedPace shared(pace, begin, Pacer::Level::empty);
  const std::int64_t now = begin + 1'000;
  Outbox outbox(pace, shared, [&](ports::CitizenKey, std::int64_t at) {
    EXPECT_EQ(at, now);
    return full_at;
  });
  for (std::uint64_t id = 1; id <= 20; ++id) {
    ports::OutboxRow row;
    row.id = id;
    row.citizen = 100;
    row.at = {now};
    outbox.add(std::move(row), static_cast<int>(id) <= to_send_again);
  }
  std::size_t left = 0;
  while (const auto order = outbox.take(now)) {
    const std::uint64_t id = order->row->id;
    if (outbox.result(id, {Kind::accepted, 0, ""}, now, 0)) outbox.recorded(id);
    ++left;
  }
  return left;
}

TEST(Outbox, WhatLeftBeforeTheStartIsCounted) {
  const std::int64_t now = begin + 1'000;
  EXPECT_EQ(leave_at_once(now, 0), 10u);
  EXPECT_EQ(leave_at_once(begin - 50'000, 0), 10u);
  EXPECT_EQ(leave_at_once(now + 4'000, 0), 6u);
  EXPECT_EQ(leave_at_once(now + 10'000, 0), 0u);
  EXPECT_EQ(leave_at_once(now + 999'000, 0), 0u);
  EXPECT_EQ(leave_at_once(std::nullopt, 0), 1u);
}

// The one that was under way when the program ended has drawn on the bucket too, a second ago.
TEST(Outbox, WhatMayHaveLeftAtTheEndIsCounted) {
  const std::int64_t now = begin + 1'000;
  EXPECT_EQ(leave_at_once(now + 4'000, 1), 5u);
  EXPECT_EQ(leave_at_once(now + 4'000, 3), 5u);  // one is under way at a time
  EXPECT_EQ(leave_at_once(begin - 50'000, 1), 10u);
  EXPECT_EQ(leave_at_once(begin + 500, 1), 9u);
}

TEST(Outbox, ANumbersLimitHoldsEveryMessageBackAndCountsForNone) {
  Bench bench;
  bench.add(1, 100);
  bench.add(2, 200);
  ASSERT_EQ(bench.outbox.take(begin)->row->id, 1u);
  EXPECT_FALSE(bench.tell(1, Kind::wait_number, begin, 5'000));
  EXPECT_EQ(bench.take(begin), Ids{});
  EXPECT_GE(bench.outbox.next_wake().value(), begin + 4'999);
  EXPECT_EQ(bench.take(begin + 5'000).size(), 2u);
}

// A template that is paused for hours, say: only its own citizen's messages wait behind it.
TEST(Outbox, AHeldMessageIsTriedAgainForADayAndCountsForNothing) {
  Bench bench;
  bench.add(1, 100);
  bench.add(2, 200);
  EXPECT_EQ(bench.take(begin).size(), 2u);
  bench.tell(2, Kind::accepted, begin);
  std::int64_t now = begin;
  for (int i = 0; i < 3 * Outbox::attempts_max; ++i) {
    EXPECT_FALSE(bench.tell(1, Kind::hold, now, 60'000));
    EXPECT_EQ(bench.take(now + 59'999), Ids{});
    now += 60'000;
    EXPECT_EQ(bench.take(now), Ids{1});
  }
  bench.tell(1, Kind::hold, now, 60'000);
  EXPECT_EQ(bench.take(begin + Outbox::expires_ms), Ids{});
  EXPECT_EQ(bench.outbox.take_expired().size(), 1u);
}

TEST(Outbox, APausedChannelTriesOneNowAndThen) {
  Bench bench;
  bench.add(1, 100);
  bench.add(2, 200);
  bench.take(begin);
  bench.tell(1, Kind::paused, begin);
  bench.tell(2, Kind::paused, begin);
  EXPECT_EQ(bench.outbox.paused(), "why");
  EXPECT_EQ(bench.take(begin + 100), Ids{});
  EXPECT_EQ(bench.outbox.next_wake(), begin + Outbox::pause_ms);
  EXPECT_EQ(bench.take(begin + Outbox::pause_ms).size(), 1u);
  bench.tell(1, Kind::accepted, begin + Outbox::pause_ms);
  EXPECT_EQ(bench.take(begin + Outbox::pause_ms), Ids{2});
  EXPECT_EQ(bench.outbox.paused(), "");
}

// The one that tries may be one that cannot be sent at all; the channel has answered.
TEST(Outbox, AMessageThatIsGivenUpEndsAPauseToo) {
  Bench bench;
  bench.add(1, 100);
  bench.take(begin);
  bench.tell(1, Kind::paused, begin);
  ASSERT_EQ(bench.take(begin + Outbox::pause_ms), Ids{1});
  EXPECT_EQ(bench.tell(1, Kind::dropped, begin + Outbox::pause_ms), Delivery::failed);
  EXPECT_EQ(bench.outbox.paused(), "");
}

TEST(Outbox, APauseMaySayHowLong) {
  Bench bench;
  bench.add(1, 100);
  bench.take(begin);
  bench.tell(1, Kind::paused, begin, 10'000);
  EXPECT_EQ(bench.take(begin + 9'999), Ids{});
  EXPECT_EQ(bench.take(begin + 10'000), Ids{1});
}

TEST(Outbox, AnErrorMaySayHowOftenItIsWorthTrying) {
  Bench bench;
  bench.add(1, 100);
  std::int64_t now = begin;
  for (int tries = 1; tries <= 3; ++tries, now += 600'000) {
    ASSERT_EQ(bench.take(now), Ids{1});
    const auto news = bench.outbox.result(1, {Kind::retry, 0, "why", 3}, now, 0.5);
    EXPECT_EQ(news.has_value(), tries == 3);
    EXPECT_TRUE(!news || news->state == Delivery::failed);
  }
}

TEST(Outbox, WhatIsADayOldIsNotSentAnyMore) {
  Bench bench;
  bench.add(1, 100, begin - Outbox::expires_ms);
  bench.add(2, 100, begin);
  EXPECT_EQ(bench.take(begin), Ids{});
  const auto expired = bench.outbox.take_expired();
  ASSERT_EQ(expired.size(), 1u);
  EXPECT_EQ(expired[0].state, Delivery::failed);
  bench.outbox.recorded(1);
  EXPECT_EQ(bench.take(begin), Ids{2});
}

TEST(Outbox, OnlySoManyAreUnderWayInAll) {
  ports::Pace pace;
  pace.in_flight_max = 3;
  Bench bench(pace);
  for (std::uint64_t id = 1; id <= 10; ++id) bench.add(id, id);
  EXPECT_EQ(bench.take(begin), (Ids{1, 2, 3}));
  bench.tell(2, Kind::accepted, begin);
  EXPECT_EQ(bench.take(begin), Ids{4});
}

}  // namespace
}  // namespace alur::runtime
