// One core with a desk: handing over, waiting, being served, coming back, and that nobody is lost
// between the two when a commit fails or the program ends in between.
#include <gtest/gtest.h>

#include "engine/runtime/desk_events.hpp"
#include "engine/runtime/journal_bytes.hpp"
#include "tests/engine/runtime/core_bench.hpp"

namespace alur::tests {
namespace {

using desk::Owner;
using ports::Verdict;
using runtime::DeskMark;
using runtime::Line;
using runtime::Said;

constexpr desk::AgentId siti = 7;
constexpr desk::AgentId budi = 8;
constexpr desk::AgentId wati = 9;  // a supervisor
constexpr desk::NameKey general = value::name_key("general");
constexpr desk::NameKey answered = value::name_key("answered");
constexpr std::int64_t minute = 60'000;

class DeskBench : public CoreBench {
 public:
  explicit DeskBench(std::shared_ptr<const program::Program> program = compile_small())
      : CoreBench(parts(program)), program_(std::move(program)) {}

  ports::CitizenKey key(const std::string& who) const { return store->key_of("webchat:" + who); }
  desk::Conversation at(const std::string& who) const {
    return desk->look([&](const desk::Desk& one) {
      const desk::Conversation* is = one.find(key(who));
      return is ? *is : desk::Conversation();
    });
  }
  std::optional<desk::Refusal> does(desk::What what) {
    const auto applied = desk->apply(std::move(what));
    work();
    return applied.refusal;
  }
  void comes(desk::AgentId agent, const std::string& name = "Siti") {
    desk->set_agent({agent, {general}, 0, false}, name);
    does(desk::PresenceSet{agent, desk::Presence::online, 0});
  }
  void hands_over(const std::string& who) {
    say(who, "hi");
    say(who, "maju");
    say(who, "Person");
  }
  void accepts(desk::AgentId agent, const std::string& who) {
    does(desk::Accepted{agent, key(who), at(who).epoch});
  }
  Said says(desk::AgentId agent, const std::string& who, const std::string& text,
            const std::string& key_ = "k", desk::Epoch epoch = 0, std::uint64_t reply_to = 0) {
    machine::Shown shown;
    shown.text = text;
    return shows(agent, who, std::move(shown), key_, epoch, reply_to);
  }
  Said sends_template(desk::AgentId agent, const std::string& who, const std::string& key_) {
    machine::Shown shown;
    shown.kind = machine::Shown::Kind::template_words;
    shown.text = "We have an answer.";
    shown.label = "answer";
    shown.language = "en";
    return shows(agent, who, std::move(shown), key_);
  }
  Said shows(desk::AgentId agent, const std::string& who, machine::Shown shown,
             const std::string& key_, desk::Epoch epoch = 0, std::uint64_t reply_to = 0) {
    runtime::AgentSays words{key(who), agent, epoch ? epoch : at(who).epoch,
                             "Siti",   key_,  std::move(shown)};
    words.reply_to = reply_to;
    auto became = std::make_shared<Said>();
    core->agent_says(words, [became](Said said) { *became = std::move(said); }, now);
    work();
    return *became;
  }
  // What was said and done, a line each.
  std::vector<std::string> transcript(const std::string& who, std::size_t last = 99) {
    auto reader = store->reader();
    const auto page = runtime::read_transcript(**reader, key(who), 0, 1'000);
    std::vector<std::string> told;
    for (const Line& line : page->lines) {
      const std::string text = line.mark ? std::string(to_text(line.mark->kind)) : line.text;
      told.push_back(std::string(to_text(line.from)) + ": " + text);
    }
    if (told.size() > last) told.erase(told.begin(), told.end() - static_cast<long>(last));
    return told;
  }
  machine::Session session(const std::string& who) {
    return *machine::decode_session(*program_, row(who).body);
  }

 private:
  static Parts parts(std::shared_ptr<const program::Program> program) {
    static Names names;
    static Tickets tickets;
    Parts made;
    made.program = std::move(program);
    made.services = {&names, &tickets};
    made.with_desk = true;
    return made;
  }

  std::shared_ptr<const program::Program> program_;
};

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

// --- a channel with a window

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

TEST(CoreDesk, OnceTheWindowIsShutATemplateLeavesAndNothingElse) {
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
TEST(CoreDesk, WhatTheCitizenWritesOpensTheWindowAndTemplatesAreOver) {
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
TEST(CoreDesk, AKeyIsWorthTheSameOnBothSidesOfTheWindow) {
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
TEST(CoreDesk, WhatTheWindowRefusesIsNoReply) {
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

TEST(CoreDesk, AChannelWithoutAWindowTakesNoTemplates) {
  DeskBench bench;
  bench.comes(siti);
  bench.hands_over("ani");
  bench.accepts(siti, "ani");
  bench.pass(2 * day);
  EXPECT_TRUE(is_refused(bench.sends_template(siti, "ani", "a"), runtime::WindowFault::open));
  EXPECT_TRUE(bench.says(siti, "ani", "hello", "b").durable);
}

// The store does not know when they wrote, as after an update: the channel says what it takes.
TEST(CoreDesk, WhereNobodyKnowsWhenTheyWroteTheChannelDecides) {
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
