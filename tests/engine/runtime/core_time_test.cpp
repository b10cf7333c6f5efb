// The core as time goes by: silence and waits, services that hang, and what a start must know of
// the time before it.
#include <gtest/gtest.h>

#include "dsl/compile/compile.hpp"
#include "engine/runtime/journal_bytes.hpp"
#include "tests/engine/runtime/core_bench.hpp"

namespace alur::tests {
namespace {

using ports::SendResult;
using ports::Verdict;

constexpr std::int64_t minute = 60'000;

TEST(CoreTime, ATimerOutlivesAStoreThatIsDown) {
  CoreBench bench;
  bench.say("ani", "hi");
  bench.disk->fail_at = 3;
  bench.pass(11 * minute);
  EXPECT_EQ(bench.last("ani"), "Which company shall I look up?");
  bench.core->store_is_back(bench.now);
  bench.pass(1'000);
  EXPECT_EQ(bench.last("ani"), "Are you still there?");
  EXPECT_EQ(bench.core->counters().timers_fired, 2u);
  EXPECT_EQ(bench.row("ani").turns, 2u);
}

TEST(CoreTime, SilenceIsHeardAfterItsTimeAndNotBefore) {
  CoreBench bench;
  bench.say("ani", "hi");
  bench.pass(10 * minute);
  EXPECT_EQ(bench.last("ani"), "Which company shall I look up?");
  bench.pass(2'000);
  EXPECT_EQ(bench.last("ani"), "Are you still there?");
  bench.pass(21 * minute);
  EXPECT_FALSE(bench.row("ani").due);
  bench.pass(100 * 60 * minute);
  EXPECT_EQ(bench.row("ani").turns, 3u);
}

TEST(CoreTime, TimersFireOnceAfterRestartsToo) {
  CoreBench bench;
  bench.say("ani", "hi");
  for (int i = 0; i < 5; ++i) {
    bench.restart();
    bench.pass(minute);
  }
  EXPECT_EQ(bench.last("ani"), "Which company shall I look up?");
  bench.pass(6 * minute);
  bench.restart();
  bench.pass(minute);
  EXPECT_EQ(bench.said_to("ani").size(), 3u);
  EXPECT_EQ(bench.last("ani"), "Are you still there?");
}

// A page is turned just before the silence of its question is due, and its turn is not durable yet
// when that is: both timers bear the same serial, for it is the same question. The one that was due
// is not heard; silence is counted from when the page was sent.
TEST(CoreTime, TheSilenceOfAPageBeginsWhenItIsTurned) {
  std::string flow =
      "flow: main\noutcomes: [done]\nstates:\n  start:\n    - choose:\n        en: Where?\n"
      "      overflow: page\n      options:\n";
  for (int i = 1; i <= 120; ++i) flow += "        - label: Place " + std::to_string(i) + "\n";
  CoreBench::Parts parts;
  parts.program = compile_small(flow + "    - end: done\n");
  CoreBench bench(std::move(parts));
  bench.say("ani", "hi");
  bench.pass(10 * minute - 1'000);
  bench.commits = false;
  bench.say("ani", "more");
  bench.pass(minute);
  const auto held = std::exchange(bench.held, {});
  ASSERT_EQ(held.size(), 1u);
  bench.commits = true;
  ASSERT_TRUE(bench.store->commit(std::vector{held[0].change}));
  bench.core->committed(held[0].token, {}, bench.now);
  bench.work();
  EXPECT_EQ(bench.said_to("ani"), (std::vector<std::string>{"Where?", "Where?"}));
  bench.pass(10 * minute - 1'000);
  EXPECT_EQ(bench.core->counters().timers_fired, 0u);
  bench.pass(4'000);
  EXPECT_EQ(bench.core->counters().timers_fired, 1u);
  EXPECT_EQ(bench.last("ani"), "Are you still there?");
}

// The channel takes the question five minutes late: its silence begins then.
TEST(CoreTime, TheWaitOfAQuestionBeginsWhenItWasReallySent) {
  CoreBench bench;
  bench.sends = false;
  bench.say("ani", "hi");
  bench.pass(15 * minute);
  EXPECT_EQ(bench.core->counters().timers_fired, 0u);
  bench.sends = true;
  bench.core->sent(0, bench.unsent[0].id, SendResult{}, bench.now);
  bench.work();
  EXPECT_EQ(bench.last("ani"), "Which company shall I look up?");
  bench.pass(10 * minute - 1);
  EXPECT_EQ(bench.core->counters().timers_fired, 0u);
  bench.restart();
  bench.pass(3'000);
  EXPECT_EQ(bench.core->counters().timers_fired, 1u);
  EXPECT_EQ(bench.last("ani"), "Are you still there?");
}

TEST(CoreTime, AWaitGoesOn) {
  CoreBench bench;
  bench.say("ani", "hi");
  bench.say("ani", "maju");
  bench.say("ani", "Wait");
  bench.pass(29'999);
  EXPECT_NE(bench.last("ani"), "Thank you for waiting.");
  bench.pass(100);
  EXPECT_EQ(bench.last("ani"), "Thank you for waiting.");
}

TEST(CoreTime, AServiceThatHangsIsUnavailableAndItsLateAnswerIsIgnored) {
  CoreBench bench;
  bench.answers = false;
  bench.say("ani", "hi");
  bench.say("ani", "maju");
  bench.say("ani", "Ticket");
  EXPECT_EQ(bench.disk->calls.size(), 1u);
  bench.pass(21'000);
  EXPECT_EQ(bench.said_to("ani").at(3), "Tickets are closed just now.");
  EXPECT_TRUE(bench.disk->calls.empty());
  const std::uint32_t turns = bench.row("ani").turns;
  const auto& call = bench.asked.at(0);
  bench.core->answered(call.citizen, call.serial, call.service, ticket_opened("T1"), bench.now);
  bench.work();
  EXPECT_EQ(bench.row("ani").turns, turns);
}

// A year later what a citizen said is gone, and they begin afresh; their turns are still counted.
TEST(CoreTime, WhoeverStayedAwayForLongBeginsAfresh) {
  CoreBench bench;
  bench.say("ani", "hi");
  bench.say("ani", "maju");
  bench.say("ani", "Nothing");
  ASSERT_FALSE(bench.row("ani").due);
  const std::uint32_t turns = bench.row("ani").turns;
  bench.pass(100 * value::day_milliseconds);
  ASSERT_TRUE(bench.store->sweep(bench.now, ports::Retention(), 100));
  EXPECT_EQ(bench.row("ani").body, "");
  EXPECT_EQ(bench.say("ani", "hello"), ports::Verdict::accepted);
  EXPECT_EQ(bench.last("ani"), "Which company shall I look up?");
  EXPECT_EQ(bench.row("ani").turns, turns + 1);
  const auto rows = bench.journal();
  EXPECT_EQ(rows.back().previous, rows[rows.size() - 2].sequence);
}

// --- after a start

// The citizen is told at most ten messages at once, and one in ten seconds.
ports::Pace paced_by_citizen(bool receipts) {
  ports::Pace pace;
  pace.pair_rate = 0.1;
  pace.pair_burst = 10;
  pace.receipts = receipts;
  return pace;
}

// Asks for a company that is not on the list: two messages, then one, then two again.
void ask(CoreBench& bench, const std::string& who, int times) {
  for (int i = 0; i < times; ++i) bench.say(who, "Xyz");
}

TEST(CoreTime, AStartKnowsHowManyMessagesACitizenWasSentBefore) {
  CoreBench bench(paced_by_citizen(true));
  bench.pass(101'000);
  ask(bench, "ani", 5);
  EXPECT_EQ(bench.said_to("ani").size(), 8u);
  bench.restart();
  ask(bench, "ani", 1);
  EXPECT_EQ(bench.said_to("ani").size(), 9u);
  ask(bench, "ani", 1);
  EXPECT_EQ(bench.said_to("ani").size(), 10u);  // the eleventh has to wait
  bench.restart();
  bench.pass(9'000);
  EXPECT_EQ(bench.said_to("ani").size(), 10u);
  bench.pass(1'100);
  EXPECT_EQ(bench.said_to("ani").size(), 11u);
}

TEST(CoreTime, AStartMakesNobodyWaitWhoNeedNot) {
  CoreBench bench(paced_by_citizen(true));
  ask(bench, "budi", 5);  // whom nobody has written to before
  EXPECT_EQ(bench.said_to("budi").size(), 8u);
  bench.pass(81'000);
  bench.restart();
  ask(bench, "budi", 6);
  EXPECT_EQ(bench.said_to("budi").size(), 17u);
}

TEST(CoreTime, AStartIsCarefulWhereTheStoreCannotTell) {
  CoreBench bench(paced_by_citizen(false));  // what was sent is forgotten
  bench.pass(101'000);
  ask(bench, "ani", 1);
  EXPECT_EQ(bench.said_to("ani").size(), 2u);
  bench.restart();
  ask(bench, "ani", 2);
  EXPECT_EQ(bench.said_to("ani").size(), 3u);
  bench.pass(10'100);
  EXPECT_EQ(bench.said_to("ani").size(), 4u);
}

}  // namespace
}  // namespace alur::tests
