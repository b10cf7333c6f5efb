// One core with a desk: handing over, waiting, being served, coming back, and that nobody is lost
// between the two when a commit fails or the program ends in between.
#include <gtest/gtest.h>

#include "tests/engine/runtime/desk_bench.hpp"

namespace alur::tests {
namespace {

using desk::Owner;
using ports::Verdict;
using runtime::DeskMark;
using runtime::Line;
using runtime::Said;

using Lines = std::vector<std::string>;

TEST(CoreDesk, AConversationIsHandedOverServedAndGivenBack) {
  DeskBench bench;
  bench.comes(siti);
  bench.hands_over("ani");
  EXPECT_EQ(bench.last("ani"), "You are next in line.");
  EXPECT_EQ(bench.at("ani").agent, siti);
  bench.accepts(siti, "ani");
  EXPECT_EQ(bench.last("ani"), "You are now talking to Siti.");
  EXPECT_EQ(bench.say("ani", "help me"), Verdict::accepted);
  EXPECT_TRUE(bench.says(siti, "ani", "Good morning").durable);
  EXPECT_EQ(bench.last("ani"), "Good morning");
  bench.does(desk::Closed{siti, bench.key("ani"), bench.at("ani").epoch, answered});
  EXPECT_EQ(bench.last("ani"), "Goodbye.");
  EXPECT_FALSE(bench.row("ani").due);
  EXPECT_EQ(bench.transcript("ani", 9),
            (Lines{"citizen: Person", "mark: handed", "bot: You are next in line.",
                   "mark: accepted", "bot: You are now talking to Siti.", "citizen: help me",
                   "agent: Good morning", "mark: closed", "bot: Goodbye."}));
}

TEST(CoreDesk, WhoWaitsIsToldTheirPlace) {
  DeskBench bench;
  bench.hands_over("ani");
  EXPECT_EQ(bench.last("ani"), "You are next in line.");
  bench.hands_over("budi");
  EXPECT_EQ(bench.last("budi"), "Your place in line: 2");
}

TEST(CoreDesk, TheExpectedWaitIsToldOnceThereIsSomethingToTellItBy) {
  DeskBench bench;
  bench.desk->set_agent({siti, {general}, desk::one_unit, false}, "Siti");
  bench.does(desk::PresenceSet{siti, desk::Presence::online, 0});
  for (const char* who : {"a", "b", "c", "d", "e"}) {
    bench.hands_over(who);
    bench.accepts(siti, who);
    bench.pass(minute);
    if (who[0] != 'e') {
      bench.does(desk::Closed{siti, bench.key(who), bench.at(who).epoch, answered});
    }
  }
  EXPECT_EQ(bench.said_to("a")[bench.said_to("a").size() - 3], "You are next in line.");
  bench.hands_over("ani");
  EXPECT_EQ(bench.last("ani").find("You are next in line.\nExpected wait: "), 0u)
      << bench.last("ani");
}

TEST(CoreDesk, WhenNobodyComesTheFlowGoesOn) {
  DeskBench bench;
  bench.hands_over("ani");
  bench.pass(2 * minute);
  EXPECT_EQ(bench.said_to("ani")[bench.said_to("ani").size() - 2], "Nobody is here.");
  EXPECT_EQ(bench.session("ani").rest, machine::Rest::question);
  EXPECT_EQ(bench.at("ani").owner, Owner::bot);
}

TEST(CoreDesk, AMessageUnderAnotherEpochOrAgainIsNotSaidTwice) {
  DeskBench bench;
  bench.comes(siti);
  bench.hands_over("ani");
  const desk::Epoch queued = bench.at("ani").epoch;
  bench.accepts(siti, "ani");
  EXPECT_EQ(bench.says(siti, "ani", "too early", "a", queued).refusal, desk::Refusal::stale);
  EXPECT_EQ(bench.says(8, "ani", "somebody else", "a").refusal, desk::Refusal::unknown);
  const Said first = bench.says(siti, "ani", "hello", "b");
  const Said again = bench.says(siti, "ani", "hello", "b");
  EXPECT_TRUE(first.durable && !first.again && first.line.line > 0);
  EXPECT_TRUE(again.durable && again.again);
  EXPECT_EQ(again.line.line, first.line.line);
  EXPECT_EQ(bench.last("ani"), "hello");
  EXPECT_EQ(bench.transcript("ani", 2),
            (Lines{"bot: You are now talking to Siti.", "agent: hello"}));
  bench.restart();
  EXPECT_TRUE(bench.says(siti, "ani", "hello", "b").again);
}

TEST(CoreDesk, AReplyBearsTheMessageThatItAnswers) {
  DeskBench bench;
  bench.comes(siti);
  bench.hands_over("budi");
  bench.hands_over("ani");
  bench.accepts(siti, "ani");
  bench.say("ani", "which form?");
  const auto line_of = [&](const std::string& who, const std::string& text) {
    auto reader = bench.store->reader();
    const auto page = runtime::read_transcript(**reader, bench.key(who), 0, 1'000);
    for (const Line& line : page->lines) {
      if (line.text == text) return line.line;
    }
    return std::uint64_t{0};
  };
  const std::uint64_t asked = line_of("ani", "which form?");
  const auto journal = [&] {
    auto reader = bench.store->reader();
    std::string id;
    EXPECT_TRUE((*reader)->each_journal(asked / runtime::lines_of_row_max, 1, [&](const auto& row) {
      id = runtime::decode_journal(row)->message_id;
    }));
    return id;
  };
  bench.sends = false;
  const Said said = bench.says(siti, "ani", "The blue one", "a", 0, asked);
  ASSERT_TRUE(said.durable);
  EXPECT_EQ(said.line.reply_to, asked);
  ASSERT_EQ(bench.unsent.size(), 1u);
  EXPECT_FALSE(journal().empty());
  EXPECT_EQ(bench.unsent[0].shown.reply_to, journal());
  EXPECT_EQ(bench.unsent[0].shown.text, "The blue one");

  using desk::Refusal;
  EXPECT_EQ(bench.says(siti, "ani", "x", "b", 0, line_of("budi", "Person")).refusal,
            Refusal::unknown)
      << "somebody else's";
  EXPECT_EQ(bench.says(siti, "ani", "x", "c", 0, said.line.line).refusal, Refusal::unknown)
      << "an agent's";
  EXPECT_EQ(bench.says(siti, "ani", "x", "d", 0, asked + 1).refusal, Refusal::unknown);
  EXPECT_EQ(bench.says(siti, "ani", "x", "e", 0, ~std::uint64_t{0}).refusal, Refusal::unknown);
  EXPECT_EQ(bench.unsent.size(), 1u);
}

TEST(CoreDesk, ANoteIsKeptAndNeverSent) {
  DeskBench bench;
  bench.hands_over("ani");
  const std::size_t sent = bench.sent.size();
  bool durable = false;
  bench.core->agent_notes(
      {bench.key("ani"), siti, "Siti", "n", "an old customer"},
      [&](Said said) { durable = said.durable; }, bench.now);
  bench.work();
  EXPECT_TRUE(durable);
  EXPECT_EQ(bench.sent.size(), sent);
  EXPECT_EQ(bench.transcript("ani", 1), (Lines{"note: an old customer"}));
}

// A regression would be a bot that talks over a person: what it had decided to say before, and a
// slow channel had not taken yet, is not sent any more.
TEST(CoreDesk, TheBotIsSilentWhileAPersonServes) {
  DeskBench bench;
  bench.comes(siti);
  bench.say("ani", "hi");
  bench.send = [](const ports::Outgoing&) {
    return ports::SendResult{ports::SendResult::Kind::wait_pair, 5'000, "slow"};
  };
  bench.say("ani", "maju");
  bench.say("ani", "Person");
  bench.accepts(siti, "ani");
  bench.says(siti, "ani", "Good morning");
  bench.send = [](const ports::Outgoing&) { return ports::SendResult{}; };
  bench.pass(minute);
  const auto& said = bench.said_to("ani");
  ASSERT_GE(said.size(), 2u);
  EXPECT_EQ(said[said.size() - 2], "You are now talking to Siti.");
  EXPECT_EQ(said.back(), "Good morning");
  EXPECT_EQ(std::count(said.begin(), said.end(), "You are next in line."), 0);
  EXPECT_EQ(bench.core->counters().superseded, 2u);  // the question, and the place in line
  EXPECT_EQ(bench.core->counters().dead_letters, 0u);
}

TEST(CoreDesk, ALeaveThatCrossesAnAcceptanceIsALeave) {
  DeskBench bench;
  bench.comes(siti);
  bench.hands_over("ani");
  bench.tells_news = false;  // the machine does not know yet that somebody has come
  bench.does(desk::Accepted{siti, bench.key("ani"), bench.at("ani").epoch});
  bench.does(desk::Returned{siti, bench.key("ani"), bench.at("ani").epoch, 0});
  EXPECT_EQ(bench.at("ani").owner, Owner::bot);
  EXPECT_EQ(bench.session("ani").rest, machine::Rest::handoff);
  // A citizen's message is no longer for people: the flow goes on.
  bench.say("ani", "hello?");
  EXPECT_EQ(bench.last("ani"), "Goodbye.");
  bench.tells_news = true;
  bench.work();
  EXPECT_FALSE(bench.row("ani").due);
}

TEST(CoreDesk, WhoIsLostGivesTheConversationBackToTheQueue) {
  DeskBench bench;
  bench.comes(siti);
  bench.hands_over("ani");
  bench.accepts(siti, "ani");
  EXPECT_TRUE(bench.session("ani").accepted);
  bench.does(desk::ConnectionLost{siti});
  bench.pass(minute);
  EXPECT_EQ(bench.at("ani").owner, Owner::queue);
  EXPECT_FALSE(bench.session("ani").accepted);
  EXPECT_EQ(bench.last("ani"), "You are next in line.");
  EXPECT_EQ(bench.transcript("ani", 2), (Lines{"mark: taken", "bot: You are next in line."}));
}

TEST(CoreDesk, WhoIsGivenToSomebodyElseIsToldSo) {
  DeskBench bench;
  bench.comes(siti);
  bench.hands_over("ani");
  bench.accepts(siti, "ani");
  bench.comes(budi, "Budi");
  bench.desk->set_agent({wati, {general}, 0, true}, "Wati");
  EXPECT_FALSE(bench.does(desk::Assigned{wati, bench.key("ani"), bench.at("ani").epoch, budi}));
  EXPECT_EQ(bench.last("ani"), "You are now talking to Budi.");
  EXPECT_EQ(bench.session("ani").person, budi);
  bench.restart();
  EXPECT_EQ(bench.session("ani").person, budi);
  const std::size_t said = bench.transcript("ani").size();
  bench.say("ani", "hello?");
  EXPECT_EQ(bench.transcript("ani").size(), said + 1) << "told once";
}

// The next person had accepted before the core heard of the transfer.
TEST(CoreDesk, AQuickTransferIsToldAsASlowOneIs) {
  DeskBench bench;
  bench.comes(siti);
  bench.hands_over("ani");
  bench.accepts(siti, "ani");
  bench.comes(budi, "Budi");
  const ports::CitizenKey ani = bench.key("ani");
  bench.desk->apply(desk::Transferred{siti, ani, bench.at("ani").epoch, budi, 0, {}});
  bench.desk->apply(desk::Accepted{budi, ani, bench.at("ani").epoch});
  bench.work();
  EXPECT_EQ(bench.at("ani").agent, budi);
  EXPECT_EQ(bench.last("ani"), "You are now talking to Budi.");
}

TEST(CoreDesk, AHandoffWhoseCommitFailedIsTakenBack) {
  DeskBench bench;
  bench.comes(siti);
  bench.say("ani", "hi");
  bench.say("ani", "maju");
  bench.disk->fail_at = 5;
  EXPECT_EQ(bench.say("ani", "Person", "p"), Verdict::unavailable);
  EXPECT_EQ(bench.at("ani").owner, Owner::bot);
  bench.core->store_is_back(bench.now);
  bench.work();
  EXPECT_EQ(bench.say("ani", "Person", "p"), Verdict::accepted);
  EXPECT_EQ(bench.at("ani").owner, Owner::queue);
  EXPECT_EQ(bench.session("ani").rest, machine::Rest::handoff);
}

TEST(CoreDesk, ADeskThatWasStoredWithoutItsTurnForgetsTheHandoff) {
  DeskBench bench;
  bench.say("ani", "hi");
  bench.say("ani", "maju");
  bench.commits = false;
  bench.say("ani", "Person");
  // The rows reach the store, the turn does not.
  const ports::Change rows = ports::DeskChange{bench.desk->take_rows()};
  ASSERT_TRUE(bench.store->commit(std::vector{rows}));
  bench.commits = true;
  bench.restart();
  EXPECT_EQ(bench.at("ani").owner, Owner::bot);
  EXPECT_EQ(bench.session("ani").rest, machine::Rest::question);
}

TEST(CoreDesk, WhatTheMachineHadNotHeardItHearsAfterAStart) {
  DeskBench bench;
  bench.comes(siti);
  bench.hands_over("ani");
  bench.tells_news = false;
  bench.does(desk::Accepted{siti, bench.key("ani"), bench.at("ani").epoch});
  bench.tells_news = true;
  bench.restart();
  // The service was killed between the two, compared them when it was started again, and did not
  // know anybody's name by then: the citizen was never told who had come.
  EXPECT_FALSE(bench.session("ani").accepted);
  bench.desk->set_agent({siti, {general}, 0, false}, "Siti");
  bench.work();
  EXPECT_TRUE(bench.session("ani").accepted);
  EXPECT_EQ(bench.at("ani").owner, Owner::agent);
  EXPECT_EQ(bench.transcript("ani", 2),
            (Lines{"mark: accepted", "bot: You are now talking to Siti."}));
  EXPECT_FALSE(bench.desk->look(
      [](const desk::Desk& one) { return !one.find_agent(siti)->lost_at.has_value(); }));
  bench.does(desk::ConnectionBack{siti});
  bench.tells_news = false;
  bench.does(desk::Closed{siti, bench.key("ani"), bench.at("ani").epoch, answered});
  bench.tells_news = true;
  bench.restart();
  EXPECT_EQ(bench.last("ani"), "Goodbye.");
  EXPECT_EQ(bench.transcript("ani", 2), (Lines{"mark: closed", "bot: Goodbye."}));
}

TEST(CoreDesk, AHandoffThatNoDeskKnowsEndsAsUnavailable) {
  DeskBench bench;
  bench.hands_over("ani");
  bench.disk->desk.clear();
  bench.restart();
  EXPECT_EQ(bench.said_to("ani")[bench.said_to("ani").size() - 2], "Nobody is here.");
}

TEST(CoreDesk, AnAgentSendsTheCitizenOnToAState) {
  std::string flow(small_flow);
  const std::string handoff = "- handoff: general\n";
  flow.replace(flow.find(handoff), handoff.size(), handoff + "      return_to: [menu, ticket]\n");
  DeskBench bench(compile_small(flow));
  bench.comes(siti);
  bench.hands_over("ani");
  EXPECT_EQ(bench.desk->matter(bench.key("ani"))->states, (Lines{"menu", "ticket"}));
  bench.accepts(siti, "ani");
  const desk::NameKey menu = runtime::return_key("menu");
  bench.does(desk::Returned{siti, bench.key("ani"), bench.at("ani").epoch, menu});
  EXPECT_EQ(bench.last("ani"), "maju is on the list. What would you like?");
  EXPECT_EQ(bench.transcript("ani", 2),
            (Lines{"mark: returned", "bot: maju is on the list. What would you like?"}));
  // The same when a crash lies between.
  bench.say("ani", "Person");
  bench.accepts(siti, "ani");
  bench.tells_news = false;
  bench.does(desk::Returned{siti, bench.key("ani"), bench.at("ani").epoch, menu});
  bench.tells_news = true;
  bench.restart();
  EXPECT_EQ(bench.last("ani"), "maju is on the list. What would you like?");
}

TEST(CoreDesk, WhatIsHandedOverSurvivesARestart) {
  DeskBench bench;
  bench.hands_over("ani");
  const auto before = bench.desk->matter(bench.key("ani"));
  ASSERT_TRUE(before);
  EXPECT_EQ(before->address, "webchat:ani");
  EXPECT_EQ(before->channel(), "webchat");
  EXPECT_EQ(before->language, "en");
  EXPECT_EQ(before->queue, "general");
  bench.restart();
  EXPECT_EQ(bench.desk->matter(bench.key("ani")), before);
}

}  // namespace
}  // namespace alur::tests
