// One core: what it accepts, commits, sends, waits for and asks; and that nothing is lost, doubled
// or said twice when the store, a channel or a service fails, or the program ends.
#include <gtest/gtest.h>

#include "dsl/compile/compile.hpp"
#include "engine/runtime/journal_bytes.hpp"
#include "tests/engine/runtime/core_bench.hpp"

namespace alur::tests {
namespace {

using ports::SendResult;
using ports::Verdict;

constexpr std::int64_t minute = 60'000;

TEST(Core, AConversationGoesThroughTheStore) {
  CoreBench bench;
  EXPECT_EQ(bench.say("ani", "hi"), Verdict::accepted);
  EXPECT_EQ(bench.said_to("ani"), (std::vector<std::string>{"Welcome to the register.",
                                                            "Which company shall I look up?"}));
  EXPECT_EQ(bench.say("ani", "maju"), Verdict::accepted);
  EXPECT_EQ(bench.last("ani"), "maju is on the list. What would you like?");
  EXPECT_EQ(bench.say("ani", "Nothing"), Verdict::accepted);
  EXPECT_EQ(bench.last("ani"), "Goodbye.");
  EXPECT_FALSE(bench.row("ani").due);
  EXPECT_EQ(bench.row("ani").turns, 4u);  // the answer out of memory is a turn, too
  EXPECT_TRUE(bench.core->idle());
  EXPECT_EQ(bench.core->active(), 0u);
}

TEST(Core, AnAnswerOutOfMemoryIsPartOfTheCommitOfItsTurn) {
  CoreBench bench;
  bench.say("ani", "hi");
  bench.commits = false;
  EXPECT_FALSE(bench.say("ani", "maju"));
  ASSERT_EQ(bench.held.size(), 1u);
  const auto& change = std::get<ports::TurnChange>(bench.held[0].change);
  ASSERT_EQ(change.journal.size(), 2u);
  const auto first = runtime::decode_journal(change.journal[0]);
  const auto second = runtime::decode_journal(change.journal[1]);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->message_id, "m2");
  EXPECT_EQ(second->event.kind, machine::Event::Kind::answered);
  EXPECT_EQ(second->message_id, "");
}

TEST(Core, NothingIsAcknowledgedOrSentBeforeItIsDurable) {
  CoreBench bench;
  bench.commits = false;
  EXPECT_FALSE(bench.say("ani", "hi"));
  EXPECT_TRUE(bench.sent.empty());
  const auto held = std::exchange(bench.held, {});
  ASSERT_EQ(held.size(), 1u);
  bench.commits = true;
  ASSERT_TRUE(bench.store->commit(std::vector{held[0].change}));
  bench.core->committed(held[0].token, {}, bench.now);
  bench.work();
  EXPECT_EQ(bench.sent.size(), 2u);
}

TEST(Core, ADuplicateIsAcknowledgedAndChangesNothing) {
  CoreBench bench;
  EXPECT_EQ(bench.say("ani", "hi", "one"), Verdict::accepted);
  const auto before = bench.row("ani");
  EXPECT_EQ(bench.say("ani", "hi", "one"), Verdict::duplicate);
  EXPECT_EQ(bench.say("ani", "something else", "one"), Verdict::duplicate);
  EXPECT_EQ(bench.row("ani"), before);
  EXPECT_EQ(bench.say("budi", "hi", "one"), Verdict::accepted);
}

TEST(Core, TwoThousandMessagesLaterTheFirstIsStillADuplicate) {
  CoreBench bench;
  for (int i = 0; i < 2'000; ++i) {
    ASSERT_EQ(bench.say("ani", "no. " + std::to_string(i), "id" + std::to_string(i)),
              Verdict::accepted);
    bench.pass(100);
  }
  const std::uint32_t turns = bench.row("ani").turns;
  for (int i = 0; i < 2'000; i += 37) {
    EXPECT_EQ(bench.say("ani", "again", "id" + std::to_string(i)), Verdict::duplicate) << i;
  }
  EXPECT_EQ(bench.row("ani").turns, turns);
}

TEST(Core, ADuplicateOfAMessageThatIsBeingCommittedWaitsForIt) {
  CoreBench bench;
  bench.commits = false;
  EXPECT_FALSE(bench.say("ani", "hi", "one"));
  EXPECT_FALSE(bench.say("ani", "hi", "one"));
  ASSERT_EQ(bench.held.size(), 1u);
  ASSERT_TRUE(bench.store->commit(std::vector{bench.held[0].change}));
  bench.commits = true;
  bench.core->committed(bench.held[0].token, {}, bench.now);
  bench.work();
  EXPECT_EQ(bench.core->counters().duplicates, 1u);
  EXPECT_EQ(bench.row("ani").turns, 1u);
}

TEST(Core, WhatCannotBeMadeDurableIsNotAcknowledged) {
  CoreBench bench;
  bench.disk->fail_at = 4;  // within the commit
  EXPECT_EQ(bench.say("ani", "hi", "one"), Verdict::unavailable);
  EXPECT_FALSE(bench.core->available());
  EXPECT_EQ(bench.say("budi", "hi"), Verdict::unavailable);
  EXPECT_TRUE(bench.sent.empty());
  bench.core->store_is_back(bench.now);
  EXPECT_EQ(bench.say("ani", "hi", "one"), Verdict::accepted);
  EXPECT_EQ(bench.row("ani").turns, 1u);
}

TEST(Core, NobodyServesHandoffsYet) {
  CoreBench bench;
  bench.say("ani", "hi");
  bench.say("ani", "maju");
  bench.say("ani", "Person");
  EXPECT_EQ(bench.said_to("ani").at(3), "Nobody is here.");
}

TEST(Core, AServiceIsAskedOnceAndItsAnswerIsAnEvent) {
  CoreBench bench;
  bench.say("ani", "hi");
  bench.say("ani", "maju");
  bench.say("ani", "Ticket");
  ASSERT_EQ(bench.asked.size(), 1u);
  EXPECT_EQ(bench.said_to("ani").at(3), "Your ticket is T1.");
  EXPECT_TRUE(bench.disk->calls.empty());
}

TEST(Core, ACallThatWasUnderWayIsMadeAgainUnderTheSameKey) {
  CoreBench bench;
  bench.answers = false;
  bench.say("ani", "hi");
  bench.say("ani", "maju");
  bench.say("ani", "Ticket");
  const std::string key = bench.asked.at(0).key();
  bench.answers = true;
  bench.restart();
  ASSERT_EQ(bench.asked.size(), 1u);
  EXPECT_EQ(bench.asked[0].key(), key);
  EXPECT_EQ(bench.said_to("ani").at(3), "Your ticket is T1.");
}

TEST(Core, OnlySoManyCallsAreUnderWayAndAServiceThatFailsIsLeftAlone) {
  CoreBench bench;
  bench.answers = false;
  for (int i = 0; i < 10; ++i) {
    const std::string who = "c" + std::to_string(i);
    bench.say(who, "hi");
    bench.say(who, "maju");
    bench.say(who, "Ticket");
  }
  EXPECT_EQ(bench.asked.size(), 4u);
  for (std::size_t i = 0; i < bench.asked.size() && i < 5; ++i) {
    const runtime::PendingCall call = bench.asked[i];
    bench.core->answered(call.citizen, call.serial, call.service, ports::Fault::timed_out,
                         bench.now);
    bench.work();
  }
  // Five failures: the breaker is open, and the calls that waited are answered without asking.
  EXPECT_EQ(bench.asked.size(), 8u);
  EXPECT_EQ(bench.core->counters().calls_failed, 7u);
  bench.pass(21'000);
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(bench.said_to("c" + std::to_string(i)).at(3), "Tickets are closed just now.") << i;
  }
}

TEST(Core, WhatIsSaidDuringACallIsHeardAfterIt) {
  CoreBench bench;
  bench.answers = false;
  bench.say("ani", "hi");
  bench.say("ani", "maju");
  bench.say("ani", "Ticket");
  EXPECT_EQ(bench.say("ani", "Nothing"), Verdict::accepted);
  const auto& call = bench.asked.at(0);
  bench.core->answered(call.citizen, call.serial, call.service, ticket_opened("T9"), bench.now);
  bench.work();
  EXPECT_EQ(bench.last("ani"), "Goodbye.");
}

TEST(Core, WhatWasNotRecordedAsSentIsSentAgainAndSaysSo) {
  CoreBench bench;
  bench.sends = false;
  bench.say("ani", "hi");
  ASSERT_EQ(bench.unsent.size(), 1u);
  EXPECT_FALSE(bench.unsent[0].again);
  const std::uint64_t id = bench.unsent[0].id;
  bench.restart();
  ASSERT_EQ(bench.unsent.size(), 1u);
  EXPECT_EQ(bench.unsent[0].id, id);
  EXPECT_TRUE(bench.unsent[0].again);
}

TEST(Core, IdsOfMessagesGrowOverRestarts) {
  CoreBench bench;
  bench.sends = false;
  bench.say("ani", "hi");
  const std::uint64_t first = bench.unsent.at(0).id;
  bench.restart();
  bench.say("budi", "hi");
  EXPECT_GT(bench.unsent.back().id, first);
}

TEST(Core, ADeadLetterIsKept) {
  CoreBench bench;
  bench.send = [](const ports::Outgoing&) {
    return SendResult{SendResult::Kind::dropped, 0, "no such number"};
  };
  bench.say("ani", "hi");
  std::size_t dead = 0;
  for (const auto& [id, row] : bench.disk->outbox) {
    dead += row.state == ports::Delivery::failed && row.reason == "no such number";
  }
  EXPECT_EQ(dead, 2u);
  EXPECT_EQ(bench.core->counters().dead_letters, 2u);
}

TEST(Core, TooMuchIsShedReceiptsFirstThenNewSessionsThenAll) {
  runtime::CoreBounds bounds;
  bounds.waiting_max = 8;
  bounds.mailbox_max = 6;
  CoreBench bench({}, bounds);
  bench.say("ani", "hi");
  bench.say("budi", "hi");
  bench.commits = false;
  const auto receipt = [&] {
    std::optional<bool> taken;
    bench.core->receive(
        ports::Receipt{1, ports::Delivery::read, ""}, true, [&](bool one) { taken = one; },
        bench.now);
    bench.work();
    return taken;
  };
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(bench.say("ani", "x"));
  EXPECT_FALSE(receipt());  // taken, and being committed
  EXPECT_FALSE(bench.say("ani", "x"));
  EXPECT_EQ(receipt(), false);
  EXPECT_FALSE(bench.say("citra", "hi"));
  EXPECT_FALSE(bench.say("dewi", "hi"));
  EXPECT_EQ(bench.say("eko", "hi"), Verdict::overloaded);  // a new session
  EXPECT_FALSE(bench.say("ani", "x"));
  EXPECT_FALSE(bench.say("budi", "x"));
  EXPECT_EQ(bench.say("budi", "x"), Verdict::overloaded);
  EXPECT_EQ(bench.core->counters().refused_overloaded, 2u);
}

TEST(Core, OneCitizensMailboxIsBounded) {
  CoreBench bench;
  bench.commits = false;
  for (int i = 0; i < 32; ++i) EXPECT_FALSE(bench.say("ani", "x")) << i;
  EXPECT_EQ(bench.say("ani", "x"), Verdict::overloaded);
  EXPECT_FALSE(bench.say("budi", "x"));
}

// A channel that takes nothing: what is to be sent piles up, so less is heard.
TEST(Core, MessagesToBeSentAreBounded) {
  runtime::CoreBounds bounds;
  bounds.lane_max = 3;
  bounds.unsent_max = 4;
  CoreBench bench({}, bounds);
  bench.sends = false;
  int heard = 0;
  while (bench.say("ani", "hi") == Verdict::accepted) ASSERT_LT(++heard, 10);
  EXPECT_EQ(bench.say("ani", "hi"), Verdict::overloaded);
  EXPECT_GE(bench.core->unsent(), 3u);
  EXPECT_EQ(bench.say("budi", "hi"), Verdict::accepted);
  EXPECT_EQ(bench.say("citra", "hi"), Verdict::overloaded);
}

TEST(Core, AStrangeChannelIsRefused) {
  CoreBench bench;
  std::optional<Verdict> verdict;
  ports::Inbound inbound;
  inbound.id = "1";
  inbound.address = "pigeon:7";
  bench.core->receive(inbound, [&](Verdict one) { verdict = one; }, bench.now);
  bench.work();
  EXPECT_EQ(verdict, Verdict::refused);
}

// It was counted as a conversation that could not be read.
TEST(Core, WhatComesOverAChannelThatTheAppDoesNotNameIsRefused) {
  std::string app(small_app);
  app.replace(app.find("[webchat]"), 9, "[console]");
  CoreBench::Parts parts;
  const auto compiled =
      dsl::compile({{"app.yaml", "app.yaml", app},
                    {"main.flow.yaml", "main.flow.yaml", std::string(small_flow)}},
                   1);
  parts.program = compiled.program;
  ASSERT_TRUE(parts.program);
  CoreBench bench(std::move(parts));
  EXPECT_EQ(bench.say("ani", "hi"), Verdict::refused);
  EXPECT_EQ(bench.core->counters().refused_other, 1u);
  EXPECT_EQ(bench.core->counters().stranded, 0u);
}

// A version that does not compile any more lost what new citizens said.
TEST(Core, WhileTheCurrentVersionIsNotLoadedMessagesComeAgain) {
  CoreBench bench;
  auto versions = std::make_shared<runtime::Versions>();
  versions->all[1] = {};
  versions->current = 1;
  bench.core->set_versions(versions);
  EXPECT_EQ(bench.say("ani", "hi"), Verdict::unavailable);
  EXPECT_EQ(bench.core->counters().stranded, 0u);
}

TEST(Core, WhatIsNoUtf8OrWithoutEndIsRefused) {
  CoreBench bench;
  EXPECT_EQ(bench.say("ani", "\xff"), Verdict::refused);
  EXPECT_EQ(bench.say("ani", std::string(ports::inbound_text_bytes_max + 1, 'x')),
            Verdict::refused);
  EXPECT_EQ(bench.core->counters().refused_other, 2u);
  EXPECT_EQ(bench.say("ani", std::string(ports::inbound_text_bytes_max, 'x')), Verdict::accepted);
}

// --- versions

std::string changed(std::string_view from, std::string_view to) {
  std::string flow(small_flow);
  flow.replace(flow.find(from), from.size(), to);
  return flow;
}

TEST(Core, ASessionStaysOnItsVersionAndTheNextOneBeginsWithTheNew) {
  CoreBench bench;
  bench.say("ani", "hi");
  bench.publish(2, compile_small(changed("Goodbye.", "Farewell.")));
  bench.say("budi", "hi");
  for (const char* words : {"maju", "Nothing"}) {
    bench.say("ani", words);
    bench.say("budi", words);
  }
  EXPECT_EQ(bench.last("ani"), "Goodbye.");
  EXPECT_EQ(bench.last("budi"), "Farewell.");
  for (const char* words : {"hi", "maju", "Nothing"}) bench.say("ani", words);
  EXPECT_EQ(bench.last("ani"), "Farewell.");
  EXPECT_TRUE(bench.core->sessions_by_version().empty());
}

// Or a version whose first conversation is being committed would be taken for one nobody is on.
TEST(Core, AConversationCountsForItsVersionBeforeItIsDurable) {
  CoreBench bench;
  bench.commits = false;
  bench.say("ani", "hello");
  ASSERT_EQ(bench.held.size(), 1u);
  EXPECT_EQ(bench.core->sessions_by_version(), (std::map<std::uint32_t, std::size_t>{{1, 1}}));
  bench.core->committed(bench.held[0].token, ports::Fault::unavailable, bench.now);
  EXPECT_TRUE(bench.core->sessions_by_version().empty());
}

TEST(Core, ASessionMovesWhereThatChangesNothingItRestsOn) {
  CoreBench bench;
  bench.say("ani", "hi");
  bench.say("ani", "maju");
  EXPECT_EQ(bench.core->sessions_by_version(), (std::map<std::uint32_t, std::size_t>{{1, 1}}));
  bench.publish(2, compile_small(changed("Goodbye.", "Farewell.")));
  bench.core->move(bench.store->key_of("webchat:ani"), bench.now);
  bench.work();
  EXPECT_EQ(bench.row("ani").version, 2u);
  EXPECT_EQ(bench.core->sessions_by_version(), (std::map<std::uint32_t, std::size_t>{{2, 1}}));
  bench.say("ani", "Nothing");
  EXPECT_EQ(bench.last("ani"), "Farewell.");
}

TEST(Core, ASessionThatCannotMoveStays) {
  const std::pair<const char*, const char*> changes[] = {
      {"menu:\n    - choose", "choices:\n    - choose"},  // the state is gone
      {"{en: Nothing}", "{en: No more}"},                 // an option that was shown is gone
      {"name: text(1..80)\n  found", "name: text(1..70)\n  found"},  // a variable has another type
  };
  for (const auto& [from, to] : changes) {
    CoreBench bench;
    bench.say("ani", "hi");
    bench.say("ani", "maju");
    std::string flow = changed(from, to);
    if (std::string_view(to).starts_with("choices")) {
      for (auto at = flow.find(": menu"); at != flow.npos; at = flow.find(": menu")) {
        flow.replace(at, 6, ": choices");
      }
    }
    bench.publish(2, compile_small(flow));
    bench.core->move(bench.store->key_of("webchat:ani"), bench.now);
    bench.work();
    EXPECT_EQ(bench.row("ani").version, 1u) << to;
  }
}

// --- several senders of one channel

CoreBench::Parts two_numbers(ports::Pace first = {}) {
  CoreBench::Parts parts;
  parts.program = compile_small();
  parts.senders = {{"1001", "", first}, {"1002", "", {}}};
  return parts;
}

TEST(Core, WhatOneNumberWaitsForHoldsUpNoOther) {
  ports::Pace slow;
  slow.number_rate = 0.1;
  slow.number_burst = 1;
  CoreBench bench(two_numbers(slow));
  bench.pass(10'000);  // a bucket begins empty
  bench.say("1001/ani", "hi");
  bench.say("1001/budi", "hi");
  bench.say("1002/citra", "hi");
  bench.say("1002/dewi", "hi");
  EXPECT_EQ(bench.said_to("1001/ani").size(), 1u);
  EXPECT_EQ(bench.said_to("1001/budi").size(), 0u);
  EXPECT_EQ(bench.said_to("1002/citra").size(), 2u);
  EXPECT_EQ(bench.said_to("1002/dewi").size(), 2u);
  bench.pass(60'000);
  EXPECT_EQ(bench.said_to("1001/budi").size(), 2u);
}

TEST(Core, APausedNumberSaysWhyAndTheOthersGoOn) {
  CoreBench bench(two_numbers());
  bool blocked = true;
  bench.send = [&](const ports::Outgoing& message) {
    const bool first = message.address.find("1001") != std::string::npos;
    return first && blocked ? SendResult{SendResult::Kind::paused, 0, "the token has expired"}
                            : SendResult{};
  };
  bench.say("1001/ani", "hi");
  bench.say("1002/budi", "hi");
  EXPECT_EQ(bench.said_to("1002/budi").size(), 2u);
  auto senders = bench.core->senders();
  ASSERT_EQ(senders.size(), 2u);
  EXPECT_EQ(senders[0].name, "1001");
  EXPECT_EQ(senders[0].paused, "the token has expired");
  EXPECT_EQ(senders[0].unsent, 2u);
  EXPECT_EQ(senders[1].paused, "");
  EXPECT_EQ(senders[1].unsent, 0u);
  blocked = false;  // somebody has acted
  bench.pass(runtime::Outbox::pause_ms + 1'000);
  EXPECT_EQ(bench.said_to("1001/ani").size(), 2u);
  EXPECT_EQ(bench.core->senders()[0].paused, "");
}

TEST(Core, WhatTheAccountIsToWaitForAllItsNumbersWaitFor) {
  CoreBench bench(two_numbers());
  bool told = false;
  bench.send = [&](const ports::Outgoing&) {
    return std::exchange(told, true) ? SendResult{}
                                     : SendResult{SendResult::Kind::wait_account, 60'000, "slow"};
  };
  bench.say("1001/ani", "hi");
  bench.say("1002/budi", "hi");
  EXPECT_TRUE(bench.said_to("1001/ani").empty() && bench.said_to("1002/budi").empty());
  bench.pass(61'000);
  EXPECT_EQ(bench.said_to("1001/ani").size(), 2u);
  EXPECT_EQ(bench.said_to("1002/budi").size(), 2u);
}

TEST(Core, AnAddressThatNoSenderReachesIsRefused) {
  CoreBench bench(two_numbers());
  EXPECT_EQ(bench.say("1003/ani", "hi"), Verdict::refused);
}

}  // namespace
}  // namespace alur::tests
