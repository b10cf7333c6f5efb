// Agents who come and go, conversations from their acceptance to their end, and what is measured
// and kept of them.
#include "engine/desk/desk.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/engine/desk/scene.hpp"

namespace alur::desk::tests {
namespace {

// --- agents

TEST(Desk, ALostConnectionHasAMinute) {
  Scene scene;
  scene.comes(7);
  scene.serves(7, 1);
  scene.serves(7, 2);
  scene.answers(7, 2);
  EXPECT_EQ(scene.happens(ConnectionLost{7}), "");
  EXPECT_EQ(scene.hands(3), "queued 3, position 1");
  EXPECT_EQ(scene.after(59), "");
  EXPECT_EQ(scene.after(1), "taken 1 from 7: connection lost; presence of 7: offline");
  EXPECT_EQ(scene.desk.find(2)->owner, Owner::agent);
  EXPECT_EQ(scene.writes(2), "taken 2 from 7: connection lost");
  // In their old places: before the one who came later.
  EXPECT_EQ(scene.desk.standing(*scene.desk.find(1), scene.now).position, 1u);
  EXPECT_EQ(scene.desk.standing(*scene.desk.find(3), scene.now).position, 3u);
}

TEST(Desk, WhoComesBackWithinTheMinuteKeepsAll) {
  Scene scene;
  scene.comes(7);
  scene.serves(7, 1);
  scene.happens(ConnectionLost{7});
  scene.after(50);
  scene.hands(2);
  EXPECT_EQ(scene.happens(ConnectionBack{7}), "offered 2 to 7");
  scene.accepts(7, 2);
  EXPECT_EQ(scene.after(100), "");
}

TEST(Desk, WhoGoesAwayKeepsWhatTheyHaveAndGetsNothing) {
  Scene scene;
  scene.comes(7);
  scene.comes(8, {urgent});
  scene.serves(7, 1);
  scene.hands(2);
  EXPECT_EQ(scene.is(7, Presence::away), "withdrawn 2 from 7: gone away");
  EXPECT_EQ(scene.desk.find(1)->agent, 7u);
}

TEST(Desk, AnAgentWhoIsRemovedLeavesNobodyBehind) {
  Scene scene;
  scene.comes(7);
  scene.serves(7, 1);
  scene.answers(7, 1);
  scene.hands(2);
  EXPECT_EQ(scene.happens(AgentRemoved{7}),
            "withdrawn 2 from 7: connection lost; taken 1 from 7: connection lost");
  EXPECT_EQ(scene.desk.waiting(general), 2u);
}

TEST(Desk, AStartFindsAgentsLostAndTakesNoTimeForTheStop) {
  Scene scene;
  scene.comes(7);
  scene.serves(7, 1);
  scene.hands(2);
  scene.now = scene.now + value::Duration{5 * value::minute_milliseconds};
  EXPECT_EQ(scene.happens(Restarted{}), "withdrawn 2 from 7: connection lost");
  EXPECT_EQ(scene.desk.find_agent(7)->missed, 0);
  EXPECT_EQ(scene.desk.find(1)->agent, 7u);
  EXPECT_EQ(scene.happens(ConnectionBack{7}), "offered 2 to 7");
}

TEST(Desk, WhoDoesNotComeBackAfterAStartIsGoneAMinuteLater) {
  Scene scene;
  scene.comes(7);
  scene.serves(7, 1);
  scene.happens(Restarted{});
  EXPECT_EQ(scene.after(59), "");
  EXPECT_EQ(scene.after(1), "taken 1 from 7: connection lost; presence of 7: offline");
  EXPECT_EQ(scene.desk.waiting(general), 1u);
}

// --- conversations

TEST(Desk, WhatWasDecidedUnderAnOlderEpochIsRefused) {
  Scene scene;
  scene.comes(7);
  scene.hands(1);
  const Epoch queued = scene.epoch(1);
  EXPECT_TRUE(scene.desk.may_send(1, queued, 0));
  EXPECT_TRUE(scene.desk.may_send(1, 0, 0));  // what the bot said before speaks for the queue
  scene.accepts(7, 1);
  const Epoch owned = scene.epoch(1);
  EXPECT_FALSE(scene.desk.may_send(1, queued, 0));
  EXPECT_FALSE(scene.desk.may_send(1, owned, 0));
  EXPECT_TRUE(scene.desk.may_send(1, owned, 7));
  EXPECT_FALSE(scene.desk.may_send(1, owned, 8));
  EXPECT_EQ(scene.happens(AgentWrote{7, 1, queued}), "refused 7 on 1: somebody else has it by now");
  scene.closes(7, 1);
  EXPECT_EQ(scene.happens(AgentWrote{7, 1, owned}), "refused 7 on 1: somebody else has it by now");
  EXPECT_FALSE(scene.desk.may_send(1, owned, 7));
  EXPECT_TRUE(scene.desk.may_send(1, scene.epoch(1), 0));
  EXPECT_FALSE(scene.desk.may_send(1, queued, 0));  // decided before somebody served
}

TEST(Desk, OnlyTheOwnerAnswers) {
  Scene scene;
  scene.comes(7);
  scene.serves(7, 1);
  scene.comes(8);
  EXPECT_EQ(scene.answers(8, 1), "refused 8 on 1: it is not theirs");
  EXPECT_EQ(scene.answers(8, 99), "refused 8 on 99: there is no such conversation or agent");
}

TEST(Desk, ATransferKeepsThePlaceAndCarriesTheNote) {
  Scene scene;
  scene.comes(7);
  scene.serves(7, 1);
  scene.hands(2, urgent);
  scene.accepts(7, 2);
  Transferred transferred{7, 1, scene.epoch(1), 0, urgent, "Sudah lapor bank."};
  EXPECT_EQ(scene.happens(transferred), "taken 1 from 7: handed on");
  EXPECT_EQ(scene.desk.find(1)->note, "Sudah lapor bank.");
  EXPECT_EQ(scene.desk.find(1)->queue, urgent);
  EXPECT_EQ(scene.comes(8), "offered 1 to 8");
}

TEST(Desk, AFullAgentLeavesATransferInTheQueue) {
  Scene scene;
  scene.comes(8, {general}, one_unit);
  scene.serves(8, 1);
  scene.comes(7);
  scene.serves(7, 2);
  EXPECT_EQ(scene.happens(Transferred{7, 2, scene.epoch(2), 8, 0, {}}),
            "taken 2 from 7: handed on");
  EXPECT_EQ(scene.closes(8, 1), "returned 1: closed; offered 2 to 8");
}

TEST(Desk, ATransferToASupervisorIsForOneAlone) {
  Scene scene;
  scene.comes(7);
  scene.comes(8);
  scene.serves(7, 1);
  EXPECT_EQ(scene.happens(Transferred{7, 1, scene.epoch(1), 0, 0, {}}),
            "refused 7 on 1: nobody is on duty there");
  scene.comes(9, {}, 0, true);
  EXPECT_EQ(scene.happens(Transferred{7, 1, scene.epoch(1), 0, 0, {}}),
            "taken 1 from 7: handed on; offered 1 to 9");
  EXPECT_EQ(scene.is(9, Presence::offline), "withdrawn 1 from 9: connection lost");
  EXPECT_EQ(scene.after(120), "offered 1 to 8");
}

TEST(Desk, AClosedQueueTakesNoTransfer) {
  Scene scene;
  scene.comes(7);
  scene.serves(7, 1, urgent);
  scene.after(9 * 3600);
  EXPECT_EQ(scene.happens(Transferred{7, 1, scene.epoch(1), 0, general, {}}),
            "refused 7 on 1: that queue is closed");
}

TEST(Desk, ClosingNeedsACode) {
  Settings settings = two_queues();
  settings.codes = {answered};
  Scene scene(settings);
  scene.comes(7);
  scene.serves(7, 1);
  EXPECT_EQ(scene.closes(7, 1, 0), "refused 7 on 1: there is no such wrap-up code");
  EXPECT_EQ(scene.closes(7, 1, 5), "refused 7 on 1: there is no such wrap-up code");
  EXPECT_EQ(scene.closes(7, 1), "returned 1: closed");
}

TEST(Desk, BackToTheBotAtANamedState) {
  Scene scene;
  scene.comes(7);
  scene.serves(7, 1);
  const Effects effects =
      scene.desk.apply({scene.now, Returned{7, 1, scene.epoch(1), value::name_key("menu")}});
  ASSERT_EQ(effects.size(), 1u);
  EXPECT_EQ(effects[0].state, value::name_key("menu"));
  EXPECT_EQ(effects[0].serial, 1u);
  EXPECT_EQ(scene.desk.find(1)->owner, Owner::bot);
}

TEST(Desk, WhoComesAgainWithinADayIsKnownAndThenForgotten) {
  Scene scene;
  scene.comes(7);
  scene.serves(7, 1, urgent);
  scene.closes(7, 1);
  const Epoch before = scene.epoch(1);
  scene.after(3600);
  scene.hands(1, urgent);
  EXPECT_TRUE(scene.desk.find(1)->again);
  scene.accepts(7, 1);
  scene.closes(7, 1);
  scene.after(24 * 3600);
  EXPECT_EQ(scene.desk.find(1), nullptr);
  scene.hands(1, urgent);
  EXPECT_FALSE(scene.desk.find(1)->again);
  EXPECT_GT(scene.epoch(1), before);
}

// --- service levels

TEST(Desk, TheFirstReplyCountsFromTheHandoffInOpenTime) {
  Settings settings = two_queues();
  settings.queues[0].first_reply_ms = 5 * value::minute_milliseconds;
  settings.queues[0].wait_ms_max = 0;
  Scene scene(settings);
  scene.comes(7);
  scene.is(7, Presence::busy);
  scene.after(8 * 3600 - 120);  // two minutes before it closes
  scene.hands(1);
  EXPECT_EQ(scene.after(15 * 3600 + 120), "");  // it opens
  EXPECT_EQ(scene.after(180), "breached 1: first reply");
  EXPECT_EQ(scene.desk.used_ms(*scene.desk.find(1), Service::first_reply, scene.now), 300'000);
}

TEST(Desk, TheResolutionWaitsWhileTheCitizenIsAwaited) {
  Settings settings = two_queues();
  settings.queues[0].resolution_ms = 10 * value::minute_milliseconds;
  settings.queues[0].next_reply_ms = 3 * value::minute_milliseconds;
  Scene scene(settings);
  scene.comes(7);
  scene.serves(7, 1);
  scene.after(240);
  scene.answers(7, 1);
  EXPECT_EQ(scene.after(900), "");
  scene.writes(1);
  scene.after(60);
  scene.writes(1);
  EXPECT_EQ(scene.after(119), "");
  EXPECT_EQ(scene.after(1), "breached 1: next reply");
  EXPECT_EQ(scene.after(180), "breached 1: resolution");
}

// --- its rows

TEST(Desk, IsTheSameFromItsRows) {
  Scene scene;
  scene.comes(7);
  scene.serves(7, 1);
  scene.hands(2);
  scene.hands(3, urgent, phone);
  scene.happens(ConnectionLost{7});
  const std::vector<Row> rows = scene.desk.rows();
  auto again = Desk::from_rows(two_queues(), rows);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->rows(), rows);
  EXPECT_EQ(again->next_due(), scene.desk.next_due());
  EXPECT_EQ(again->load(7).units, scene.desk.load(7).units);
}

TEST(Desk, RefusesRowsThatAreNone) {
  Scene scene;
  scene.comes(7);
  scene.serves(7, 1);
  const std::vector<Row> rows = scene.desk.rows();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t cut = 0; cut < rows[i].bytes.size(); ++cut) {
      std::vector<Row> torn = rows;
      torn[i].bytes.resize(cut);
      EXPECT_FALSE(Desk::from_rows(two_queues(), torn)) << i << ' ' << cut;
    }
  }
  std::vector<Row> without_agent = rows;
  std::erase_if(without_agent, [](const Row& row) { return row.kind == Row::Kind::agent; });
  EXPECT_FALSE(Desk::from_rows(two_queues(), without_agent));
}

}  // namespace
}  // namespace alur::desk::tests
