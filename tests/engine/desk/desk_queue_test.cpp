// Who is offered to whom, and who waits for how long.
#include "engine/desk/desk.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/engine/desk/scene.hpp"

namespace alur::desk::tests {
namespace {

// --- queues

TEST(Desk, OldestFirstAndTheQueueOfHigherPriorityBeforeAll) {
  Scene scene;
  EXPECT_EQ(scene.hands(1), "queued 1, position 1");
  EXPECT_EQ(scene.hands(2), "queued 2, position 2");
  EXPECT_EQ(scene.hands(3, urgent), "queued 3, position 1");
  EXPECT_EQ(scene.comes(7, {general, urgent}, 2 * one_unit), "offered 3 to 7; offered 1 to 7");
  EXPECT_EQ(scene.desk.waiting(general), 1u);
}

TEST(Desk, AQueueIsServedOnlyByThoseWhoHaveItsSkill) {
  Scene scene;
  EXPECT_EQ(scene.comes(7, {general}), "");
  EXPECT_EQ(scene.hands(1, urgent), "queued 1, position 1");
  EXPECT_EQ(scene.comes(8, {urgent}), "offered 1 to 8");
}

TEST(Desk, OutsideItsHoursNobodyWaits) {
  Scene scene;
  scene.comes(7);
  scene.after(9 * 3600);
  EXPECT_EQ(scene.hands(1), "returned 1: out_of_hours");
  EXPECT_EQ(scene.hands(2, urgent), "queued 2, position 1; offered 2 to 7");
}

TEST(Desk, AFullQueueTakesNobody) {
  Settings settings = two_queues();
  settings.queues[0].waiting_max = 2;
  Scene scene(settings);
  scene.hands(1);
  scene.hands(2);
  EXPECT_EQ(scene.hands(3), "returned 3: no_agent");
}

TEST(Desk, AWaitEndsWhenNobodyOfTheQueueComes) {
  Scene scene;
  scene.hands(1);
  EXPECT_EQ(scene.after(119), "");
  EXPECT_EQ(scene.after(1), "returned 1: no_agent");
}

TEST(Desk, AWaitHasALongestTimeWhenAllAreBusy) {
  Scene scene;
  scene.comes(7);
  scene.is(7, Presence::busy);
  scene.hands(1);
  EXPECT_EQ(scene.after(29 * 60), "");
  EXPECT_EQ(scene.after(60), "returned 1: timed_out");
}

TEST(Desk, WhoWaitsWhenItClosesIsServedAsLongAsSomebodyIsThere) {
  Settings settings = two_queues();
  settings.queues[0].wait_ms_max = 0;
  Scene scene(settings);
  scene.comes(7);
  scene.is(7, Presence::busy);
  scene.after(8 * 3600 - 60);
  scene.hands(1);
  EXPECT_EQ(scene.after(600), "");
  EXPECT_EQ(scene.is(7, Presence::offline), "returned 1: out_of_hours");
}

TEST(Desk, AnEmptyDeskTellsItAtClosingTime) {
  Scene scene;
  scene.after(8 * 3600 - 60);
  scene.hands(1);
  EXPECT_EQ(scene.after(59), "");
  EXPECT_EQ(scene.after(1), "returned 1: out_of_hours");
}

TEST(Desk, ACitizenLeavesTheQueue) {
  Scene scene;
  scene.hands(1);
  scene.hands(2);
  EXPECT_EQ(scene.happens(Left{1, 1}), "returned 1: left");
  EXPECT_EQ(scene.desk.standing(*scene.desk.find(2), scene.now).position, 1u);
}

TEST(Desk, LeavingWithdrawsTheOffer) {
  Scene scene;
  scene.comes(7);
  scene.hands(1);
  EXPECT_EQ(scene.happens(Left{1, 1}), "withdrawn 1 from 7: no longer wanted; returned 1: left");
  EXPECT_EQ(scene.desk.load(7).open, 0);
}

TEST(Desk, TheWaitIsToldByWhatTheQueueHasJustDoneOrNotAtAll) {
  Scene scene;
  scene.comes(7);
  for (Citizen citizen = 1; citizen <= 4; ++citizen) {
    scene.serves(7, citizen);
    scene.after(120);
  }
  // Three departures followed the first within 480 s: 160 s each.
  EXPECT_EQ(scene.hands(5), "queued 5, position 1, about 3m");
  EXPECT_EQ(scene.hands(6), "queued 6, position 2, about 6m");
  scene.after(240);
  EXPECT_EQ(scene.hands(8), "queued 8, position 3, about 12m");
  scene.after(3600);
  EXPECT_EQ(scene.hands(9), "queued 9, position 1");
}

// The three handoffs may be answered in no time at all: it is the flow that goes to and fro.
TEST(Desk, WhoGoesToAndFroIsNotTakenAgain) {
  Scene scene;
  scene.comes(7);
  for (int i = 0; i < 3; ++i) {
    scene.serves(7, 1);
    EXPECT_EQ(scene.closes(7, 1), "returned 1: closed");
  }
  EXPECT_EQ(scene.hands(1), "returned 1: no_agent");
  scene.after(601);
  EXPECT_EQ(scene.hands(1), "queued 1, position 1; offered 1 to 7");
}

TEST(Desk, AnOverdueConversationIsPassedOverThreeTimes) {
  Settings settings = two_queues();
  settings.queues[0].wait_ms_max = 0;
  Scene scene(settings);
  scene.comes(7, {general, urgent}, one_unit);
  scene.serves(7, 100, urgent);
  scene.hands(1);
  scene.after(16 * 60);
  std::string order;
  for (Citizen citizen = 101; citizen < 106; ++citizen) {
    scene.hands(citizen, urgent);
    order += scene.closes(7, citizen == 101 ? 100 : citizen - 1) + " ";
    if (scene.desk.find(1)->agent == 7) break;
    scene.accepts(7, citizen);
  }
  EXPECT_EQ(order,
            "returned 100: closed; offered 101 to 7 returned 101: closed; offered 102 to 7 "
            "returned 102: closed; offered 103 to 7 returned 103: closed; offered 1 to 7 ");
}

TEST(Desk, ACallThatNeedsAllUnitsGetsThemInTheEnd) {
  Settings settings = two_queues();
  settings.queues[0].wait_ms_max = 0;
  Scene scene(settings);
  scene.comes(7);
  for (Citizen citizen = 101; citizen <= 104; ++citizen) scene.serves(7, citizen);
  scene.hands(1, general, phone);
  scene.after(16 * 60);
  Citizen oldest = 101;
  Citizen next = 105;
  int rounds = 0;
  while (scene.desk.find(1)->agent == 0 && ++rounds < 20) {
    scene.hands(next);
    scene.closes(7, oldest++);
    if (scene.desk.find(next)->agent == 7) scene.accepts(7, next);
    ++next;
  }
  EXPECT_EQ(scene.desk.find(1)->agent, 7u);
  EXPECT_EQ(rounds, 7);  // three that passed it over, then four that end
}

// --- assignment

TEST(Desk, TheOneWithMostSpareCapacityAndAmongEqualsWhoHasWaitedLongest) {
  Scene scene;
  scene.comes(7);
  scene.comes(8);
  scene.comes(9, {general}, 2 * one_unit);
  EXPECT_EQ(scene.hands(1), "queued 1, position 1; offered 1 to 7");
  EXPECT_EQ(scene.hands(2), "queued 2, position 1; offered 2 to 8");
  EXPECT_EQ(scene.hands(3), "queued 3, position 1; offered 3 to 7");
  EXPECT_EQ(scene.hands(4), "queued 4, position 1; offered 4 to 8");
  EXPECT_EQ(scene.hands(5), "queued 5, position 1; offered 5 to 9");
}

TEST(Desk, FourUnitsAreFourChatsOrOneCall) {
  Scene scene;
  scene.comes(7);
  EXPECT_EQ(scene.hands(1, general, phone), "queued 1, position 1; offered 1 to 7");
  EXPECT_EQ(scene.hands(2), "queued 2, position 1");
  scene.accepts(7, 1);
  EXPECT_EQ(scene.closes(7, 1), "returned 1: closed; offered 2 to 7");
  EXPECT_EQ(scene.hands(3, general, phone), "queued 3, position 1");
}

TEST(Desk, AnOfferThatIsDeclinedGoesToSomebodyElseAndComesBack) {
  Scene scene;
  scene.comes(7);
  scene.hands(1);
  scene.hands(2);
  EXPECT_EQ(scene.declines(7, 1), "withdrawn 1 from 7: declined");
  EXPECT_EQ(scene.desk.standing(*scene.desk.find(1), scene.now).position, 1u);
  EXPECT_EQ(scene.comes(8), "offered 1 to 8");
  EXPECT_EQ(scene.declines(8, 1), "withdrawn 1 from 8: declined");
  scene.accepts(7, 2);
  EXPECT_EQ(scene.after(59), "");
  EXPECT_EQ(scene.after(1), "offered 1 to 8");
}

TEST(Desk, AnOfferThatNobodyAnswersRunsOutAndTwoSayThatNobodyIsThere) {
  Scene scene;
  scene.comes(7);
  scene.hands(1);
  EXPECT_EQ(scene.after(29), "");
  EXPECT_EQ(scene.after(1), "withdrawn 1 from 7: not answered");
  EXPECT_EQ(scene.after(60), "offered 1 to 7");
  EXPECT_EQ(scene.after(30), "withdrawn 1 from 7: not answered; presence of 7: away");
  EXPECT_EQ(scene.after(120), "returned 1: no_agent");
}

TEST(Desk, ASilentConversationWeighsLessAndWakesUpBeyondTheCapacity) {
  Scene scene;
  scene.comes(7);
  for (Citizen citizen = 1; citizen <= 4; ++citizen) {
    scene.serves(7, citizen);
    scene.answers(7, citizen);
  }
  scene.hands(5);
  // Four are silent then: one unit in all.
  EXPECT_EQ(scene.after(600), "offered 5 to 7");
  scene.accepts(7, 5);
  EXPECT_EQ(scene.desk.load(7).units, 2 * one_unit);
  scene.serves(7, 6);
  scene.serves(7, 8);
  EXPECT_EQ(scene.desk.load(7).units, 4 * one_unit);
  EXPECT_EQ(scene.writes(1), "overloaded 7: 4.75");
  EXPECT_EQ(scene.writes(1), "");
}

TEST(Desk, WhoHasNotBeenAnsweredIsNotSilent) {
  Scene scene;
  scene.comes(7);
  scene.serves(7, 1);
  scene.after(3600);
  EXPECT_EQ(scene.desk.load(7).units, one_unit);
}

TEST(Desk, NobodyHasMoreThanEightOpen) {
  Settings settings = two_queues();
  settings.silent_percent = 0;
  Scene scene(settings);
  scene.comes(7);
  for (Citizen citizen = 1; citizen <= 8; ++citizen) {
    scene.serves(7, citizen);
    scene.answers(7, citizen);
    scene.after(601);
  }
  EXPECT_EQ(scene.desk.load(7).open, 8);
  EXPECT_EQ(scene.desk.load(7).units, 0);
  EXPECT_EQ(scene.hands(9), "queued 9, position 1, about 13m");
}

TEST(Desk, OnlyASupervisorOverfillsAndItIsSaid) {
  Scene scene;
  scene.comes(7, {general}, one_unit);
  scene.comes(9, {}, 0, true);
  scene.serves(7, 1);
  scene.hands(2);
  const Epoch epoch = scene.epoch(2);
  EXPECT_EQ(scene.happens(Assigned{7, 2, epoch, 7, true}), "refused 7 on 2: only a supervisor may");
  EXPECT_EQ(scene.happens(Assigned{9, 2, epoch, 7, false}),
            "refused 9 on 2: there is no room for it");
  EXPECT_EQ(scene.happens(Assigned{9, 2, epoch, 7, true}),
            "accepted 2 by 7; overfilled 7 with 2 by 9: 2");
}

TEST(Desk, ASupervisorTakesItFromOneAndGivesItToAnother) {
  Scene scene;
  scene.comes(7);
  scene.comes(8);
  scene.comes(9, {}, 0, true);
  scene.serves(7, 1);
  EXPECT_EQ(scene.happens(Assigned{9, 1, scene.epoch(1), 8, false}),
            "taken 1 from 7: handed on; accepted 1 by 8");
}

// The arrivals of one moment, on more agents than a service has: each has four, and who waits is
// served in turn as places become free.
TEST(Desk, ThousandsArriveAtOnce) {
  Settings settings = two_queues();
  settings.queues[0].waiting_max = 10'000;
  Scene scene(settings);
  for (AgentId agent = 1; agent <= 200; ++agent) scene.comes(agent);
  for (Citizen citizen = 1; citizen <= 5'800; ++citizen) {
    scene.hands(citizen);
    int least = 8;
    int most = 0;
    for (AgentId agent = 1; agent <= 200; ++agent) {
      least = std::min(least, scene.desk.load(agent).open);
      most = std::max(most, scene.desk.load(agent).open);
    }
    ASSERT_LE(most, 4);
    ASSERT_LE(most - least, 1);
  }
  EXPECT_EQ(scene.desk.waiting(general), 5'000u);
  for (Citizen citizen = 1; citizen <= 800; ++citizen) {
    scene.accepts(scene.desk.find(citizen)->agent, citizen);
  }
  for (Citizen citizen = 1; citizen <= 800; ++citizen) {
    scene.closes(scene.desk.find(citizen)->agent, citizen);
    ASSERT_NE(scene.desk.find(citizen + 800)->agent, 0u);
  }
}

}  // namespace
}  // namespace alur::desk::tests
