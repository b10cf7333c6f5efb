// One core with a desk and a channel with a window: what agents may say once it is shut.
#include <gtest/gtest.h>

#include "tests/engine/runtime/desk_bench.hpp"

namespace alur::tests {
namespace {

using ports::Verdict;
using runtime::Line;
using runtime::Said;

using Lines = std::vector<std::string>;

constexpr std::int64_t day = 24 * 60 * minute;

bool is_refused(const Said& said, runtime::WindowFault fault) {
  return !said.durable && !said.refusal && said.window == fault;
}

// Somebody talks to her over a channel that takes nothing but templates after a day.
class WindowBench : public DeskBench {
 public:
  WindowBench() {
    set_window(day);
    comes(siti);
    hands_over("ani");
    accepts(siti, "ani");
  }
};

TEST(CoreWindow, OnceTheWindowIsShutATemplateLeavesAndNothingElse) {
  WindowBench bench;
  std::vector<machine::Shown> left;
  bench.send = [&](const ports::Outgoing& message) {
    left.push_back(message.shown);
    return ports::SendResult{};
  };
  bench.pass(day - 1);
  EXPECT_TRUE(bench.says(siti, "ani", "Just in time", "a").durable);
  bench.pass(1);
  EXPECT_TRUE(is_refused(bench.says(siti, "ani", "Too late", "b"), runtime::WindowFault::shut));
  const Said said = bench.sends_template(siti, "ani", "c");
  EXPECT_TRUE(said.durable);
  EXPECT_EQ(said.line.text, "We have an answer.");
  EXPECT_EQ(said.line.agent, siti);
  ASSERT_EQ(left.size(), 2u);
  EXPECT_EQ(left[1].kind, machine::Shown::Kind::template_words);
  EXPECT_EQ(left[1].label, "answer");
  EXPECT_EQ(left[1].language, "en");
  EXPECT_EQ(bench.transcript("ani", 3),
            (Lines{"bot: You are now talking to Siti.", "agent: Just in time",
                   "agent: We have an answer."}));
}

// What was decided while it was shut is not said past what they have written since.
TEST(CoreWindow, WhatTheCitizenWritesOpensTheWindowAndTemplatesAreOver) {
  WindowBench bench;
  EXPECT_TRUE(is_refused(bench.sends_template(siti, "ani", "a"), runtime::WindowFault::open));
  bench.pass(2 * day);
  EXPECT_TRUE(bench.sends_template(siti, "ani", "b").durable);
  EXPECT_TRUE(
      is_refused(bench.says(siti, "ani", "Nobody has written", "c"), runtime::WindowFault::shut));
  bench.say("ani", "Here I am");
  EXPECT_TRUE(is_refused(bench.sends_template(siti, "ani", "d"), runtime::WindowFault::open));
  EXPECT_TRUE(bench.says(siti, "ani", "Good morning", "e").durable);
  EXPECT_EQ(bench.last("ani"), "Good morning");
}

// Whoever asks again whether it was said is told so, whatever the window is by now; and what was
// refused is said under the same key when it can be.
TEST(CoreWindow, AKeyIsWorthTheSameOnBothSidesOfTheWindow) {
  WindowBench bench;
  const Said first = bench.says(siti, "ani", "hello", "a");
  bench.pass(day);
  const Said again = bench.says(siti, "ani", "hello", "a");
  EXPECT_TRUE(again.durable && again.again);
  EXPECT_EQ(again.line.line, first.line.line);
  EXPECT_FALSE(bench.says(siti, "ani", "later", "b").durable);
  const Said sent = bench.sends_template(siti, "ani", "c");
  bench.say("ani", "Here I am");
  EXPECT_EQ(bench.sends_template(siti, "ani", "c").line.line, sent.line.line);
  EXPECT_FALSE(bench.says(siti, "ani", "later", "b").again);
  EXPECT_EQ(bench.last("ani"), "later");
}

// A refused one is no reply: the desk's clocks go on.
TEST(CoreWindow, WhatTheWindowRefusesIsNoReply) {
  WindowBench bench;
  bench.say("ani", "help me");
  bench.pass(day);
  const desk::Conversation before = bench.at("ani");
  EXPECT_FALSE(bench.says(siti, "ani", "Too late", "a").durable);
  EXPECT_EQ(bench.at("ani").awaited, before.awaited);
  EXPECT_FALSE(before.awaited);
  EXPECT_TRUE(bench.sends_template(siti, "ani", "b").durable);
  EXPECT_TRUE(bench.at("ani").awaited);
}

TEST(CoreWindow, AChannelWithoutAWindowTakesNoTemplates) {
  DeskBench bench;
  bench.comes(siti);
  bench.hands_over("ani");
  bench.accepts(siti, "ani");
  bench.pass(2 * day);
  EXPECT_TRUE(is_refused(bench.sends_template(siti, "ani", "a"), runtime::WindowFault::open));
  EXPECT_TRUE(bench.says(siti, "ani", "hello", "b").durable);
}

// The store does not know when they wrote, as after an update: the channel says what it takes.
TEST(CoreWindow, WhereNobodyKnowsWhenTheyWroteTheChannelDecides) {
  DeskBench bench;
  bench.comes(siti);
  bench.hands_over("ani");
  bench.accepts(siti, "ani");
  bench.set_window(day);
  EXPECT_TRUE(bench.says(siti, "ani", "hello", "a").durable);
  EXPECT_TRUE(bench.sends_template(siti, "ani", "b").durable);
}

}  // namespace
}  // namespace alur::tests
