// Planted defects of the kinds that only running shows are found, each with a chat that replays and
// shows it; sound apps give none; a second run gives the same.
#include "tools/explore/explorer.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/generated/random_app.hpp"
#include "tests/tools/explore/small_apps.hpp"
#include "tools/explore/play.hpp"

namespace alur::tests {
namespace {

using tools::ExploreBounds;
using tools::Explorer;
using tools::Fault;
using tools::FaultKind;
using tools::FoundFault;
using tools::Played;
using tools::Walked;

struct Explored {
  std::shared_ptr<const program::Program> program;
  std::unique_ptr<Explorer> explorer;
};

Explored explore(const std::vector<dsl::AppFile>& files, ExploreBounds bounds = {}) {
  Explored explored{emitted(files), nullptr};
  explored.explorer = std::make_unique<Explorer>(*explored.program, bounds);
  explored.explorer->run();
  return explored;
}

// `kind file:line`, one line each.
std::string faults_of(const Explored& explored) {
  std::string out;
  for (const FoundFault& found : explored.explorer->faults()) {
    out += std::string(to_text(found.fault.kind)) + " " +
           explored.program->unit(found.fault.unit).path + ":" +
           std::to_string(found.fault.place.line) + "\n";
  }
  return out;
}

// What the citizen and the others do in the shortest chat of the n-th fault.
std::string shown_by(const Explored& explored, std::size_t n = 0) {
  const FoundFault& found = explored.explorer->faults().at(n);
  const tools::ShownFault shown = show(explored.program, *explored.explorer, found, "T", {});
  EXPECT_EQ(shown.doubt, "") << shown.chat;
  std::string acts;
  for (std::size_t at = 0; at < shown.chat.size();) {
    const std::size_t end = shown.chat.find('\n', at);
    const std::string line = shown.chat.substr(at, end - at);
    if (line[0] == '>' || line[0] == '!' || line[0] == '~') acts += line + "\n";
    at = end + 1;
  }
  return acts;
}

TEST(Explorer, AStackThatGrowsPastItsBoundIsARunTimeFailure) {
  const Explored explored = explore(small_files({R"(flow: main
outcomes: [done]
states:
  start:
    - choose: Lagi?
      options:
        - label: Lagi
        - label: Cukup
          goto: enough
    - run: main
      outcomes:
        done: enough
  enough:
    - end: done
)"}));
  EXPECT_TRUE(explored.explorer->counts().fix_point);
  EXPECT_EQ(faults_of(explored), "run_time_failure main.flow.yaml:7\n");
  EXPECT_EQ(shown_by(explored),
            "> halo\n> [Lagi]\n> [Lagi]\n> [Lagi]\n> [Lagi]\n> [Lagi]\n> [Lagi]\n> [Lagi]\n"
            "> [Lagi]\n");
}

TEST(Explorer, TooMuchToDoInOneTurnIsARunTimeFailure) {
  const Explored explored = explore(small_files({R"(flow: main
outcomes: [done]
vars:
  n: integer(0..9)
states:
  start:
    - ask: Berapa?
      into: n
    - if: n == 7
      goto: count
    - end: done
  count:
    - set: {n: 1}
    - set: {n: 2}
    - set: {n: 3}
    - set: {n: 4}
    - set: {n: 5}
    - set: {n: 6}
    - set: {n: 7}
    - set: {n: 8}
    - set: {n: 9}
    - goto: count
      at_most: 1000
    - end: done
)"}));
  EXPECT_EQ(faults_of(explored), "run_time_failure main.flow.yaml:12\n");
  EXPECT_EQ(shown_by(explored), "> halo\n> 7\n");
}

TEST(Explorer, TooManyMessages) {
  const Explored explored = explore(small_files({R"(flow: main
outcomes: [done]
states:
  start:
    - ask: Apa?
      into: what
    - call: shop.find(name = what)
      outcomes:
        found: many
        several: next
        nothing: next
        unavailable: next
    - end: done
  many:
    - say: Lagi.
    - goto: many
      at_most: 20
    - end: done
vars:
  what: text(1..80)
)"}));
  EXPECT_EQ(faults_of(explored), "too_many_messages main.flow.yaml:16\n");
  EXPECT_EQ(shown_by(explored),
            "> halo\n> contoh contoh\n! shop.find found {key: \"key 1\", name: \"name 1\", "
            "kind: old}\n");
}

TEST(Explorer, NothingToChoose) {
  const Explored explored = explore(small_files({R"(flow: main
outcomes: [done]
vars:
  some: list of item (0..3)
  one: item
states:
  start:
    - call: shop.find(name = "x")
      outcomes:
        found(one): next
        several(some): pick
        nothing: next
        unavailable: next
    - end: done
  pick:
    - choose: Yang mana?
      each: it in some
      label: "{it.name}"
      into: one
    - end: done
)"}));
  EXPECT_EQ(faults_of(explored), "nothing_to_choose main.flow.yaml:16\n");
  EXPECT_EQ(shown_by(explored), "> halo\n! shop.find several []\n");
}

TEST(Explorer, AQuestionThatNothingLeadsOnFrom) {
  std::vector<dsl::AppFile> files = small_files({R"(flow: main
outcomes: [done]
states:
  start:
    - say: Halo.
    - goto: trap
  trap:
    - choose: Ke mana?
      options:
        - label: Kiri
          goto: trap
        - label: Kanan
          goto: trap
      no_match:
        - id: Kiri atau kanan?
        - goto: trap
)"});
  // Without a default for silence nothing but the end of the session is left.
  files.front().text.erase(files.front().text.find("  no_input:"));
  const Explored explored = explore(files);
  ASSERT_EQ(faults_of(explored), "unanswered main.flow.yaml:8\nstuck main.flow.yaml:8\n");
  EXPECT_EQ(shown_by(explored, 0), "> halo\n");
  EXPECT_EQ(shown_by(explored, 1), "> halo\n> [Kiri]\n> [Kanan]\n> kana\n> !image\n");
}

// Flows that citizens can go to from a question and that only come back led on from it, so the
// question was not found; one that leads elsewhere does.
TEST(Explorer, ADigressionLeadsOnOnlyIfItLeavesTheQuestion) {
  const std::string trap = R"(flow: main
outcomes: [done]
states:
  start:
    - choose: Ke mana?
      options:
        - label: Kiri
          goto: start
      no_match:
        - id: Kiri?
          goto: start
)";
  const auto side = [](const std::string& target) {
    return R"(flow: side
outcomes: [back]
triggers:
  - hear: tolong
states:
  start:
    - choose: Cukup?
      options:
        - label: Ya
      no_match:
        - goto: start
      no_input:
        after: 10m
        goto: over
    - goto: )" +
           target + R"(
  over:
    - end: back
  away:
    - stop: true
)";
  };
  for (const bool away : {false, true}) {
    std::vector<dsl::AppFile> files = small_files({trap, side(away ? "away" : "over")});
    files.front().text.erase(files.front().text.find("  no_input:"));
    const Explored explored = explore(files);
    const std::string unanswered = "unanswered main.flow.yaml:5\n";
    ASSERT_EQ(faults_of(explored), away ? unanswered : unanswered + "stuck main.flow.yaml:5\n");
    if (away) continue;
    EXPECT_EQ(shown_by(explored, 1), "> halo\n> [Kiri]\n> kiri\n> tolong\n> [Ya]\n> !image\n");
  }
}

TEST(Explorer, ASessionThatMayGrowTooLarge) {
  ExploreBounds bounds;
  bounds.faults.session_bytes_max = 5'000;
  const Explored explored = explore(small_files({R"(flow: main
outcomes: [done]
vars:
  a: text(1..1500)
  b: text(1..1500)
states:
  start:
    - ask: Satu?
      into: a
    - ask: Dua?
      into: b
    - choose: Benar?
      options:
        - label: Ya
    - end: done
)"}),
                                    bounds);
  EXPECT_EQ(faults_of(explored), "session_too_large main.flow.yaml:12\n");
}

// No app loses a session, only a mistake of ours would; so sessions are broken by hand here, as
// such mistakes would break them.
TEST(Fault, ASessionThatCannotBeReadBackIsLost) {
  const auto program = emitted(small_files({R"(flow: main
outcomes: [done]
vars:
  name: text(1..20)
states:
  start:
    - ask: Siapa?
      into: name
    - say: "{name}"
    - end: done
)"}));
  const machine::Turn asked =
      machine::turn(*program, machine::new_session(*program, 0),
                    machine::heard_text({1'000'000}, "halo"), machine::Tracing::on);
  const auto kinds = [&](const machine::Session& session) {
    std::string found;
    for (const Fault& fault : tools::judge_session(*program, asked, session, {})) {
      found += to_text(fault.kind);
    }
    return found;
  };
  ASSERT_EQ(kinds(asked.session), "");
  machine::Session broken = asked.session;
  broken.rest = machine::Rest::call;
  EXPECT_EQ(kinds(broken), "session_lost") << "it rests for a service at a question";
  broken = asked.session;
  broken.frames.clear();
  broken.slots.clear();
  EXPECT_EQ(kinds(broken), "session_lost") << "it rests without a flow";
  broken = asked.session;
  broken.frames.resize(machine::stack_max + 1, broken.frames.front());
  EXPECT_EQ(kinds(broken), "session_lost") << "it has more flows than can be under way";
  broken = asked.session;
  broken.queued.resize(machine::queued_max + 1);
  EXPECT_EQ(kinds(broken), "session_lost") << "more waits in it than is kept";
  broken = asked.session;
  broken.rest = machine::Rest::nothing;
  EXPECT_EQ(kinds(broken), "session_lost") << "it rests for nothing in the middle of a flow";
}

// Nor does any app end without an outcome: the compiler and the program's verification see to it.
TEST(Fault, AnEndWithoutAnOutcomeIsOne) {
  const auto program = emitted(small_files({R"(flow: main
outcomes: [done]
states:
  start:
    - say: Halo.
    - end: done
)"}));
  using Kind = machine::TraceEntry::Kind;
  const auto end = [&] {
    return machine::turn(*program, machine::new_session(*program, 0),
                         machine::heard_text({1'000'000}, "halo"), machine::Tracing::on);
  };
  const auto kinds = [&](const machine::Turn& turn) {
    std::string found;
    for (const Fault& fault : tools::judge_turn(*program, turn, turn.session, 1, {})) {
      found += to_text(fault.kind);
    }
    return found;
  };
  ASSERT_EQ(kinds(end()), "");
  machine::Turn broken = end();
  std::erase_if(broken.trace.entries, [](const auto& each) { return each.kind == Kind::ended; });
  EXPECT_EQ(kinds(broken), "no_outcome") << "the conversation is over, and nobody has ended it";
  broken = end();
  for (auto& entry : broken.trace.entries) entry.index += entry.kind == Kind::popped ? 1 : 0;
  EXPECT_EQ(kinds(broken), "no_outcome") << "the flow has no such outcome";
}

constexpr std::string_view digressing = R"(flow: main
outcomes: [done]
states:
  start:
    - choose: Apa?
      options:
        - label: Selesai
    - end: done
)";

std::string side_flow(int number) {
  const std::string name = "side" + std::to_string(number);
  return "flow: " + name + "\noutcomes: [done]\ntriggers:\n  - hear: pergi ke " + name +
         "\nstates:\n  start:\n    - choose: " + name +
         "?\n      options:\n        - label: Sudah\n    - end: done\n";
}

// Nine flows could lie on one another if the machine let them; on a full stack it does not hear the
// phrase that would begin the ninth.
TEST(Explorer, DigressionsStopAtTheBoundOfTheStack) {
  std::vector<std::string> flows{std::string(digressing)};
  for (int i = 1; i <= 8; ++i) flows.push_back(side_flow(i));
  const Explored explored = explore(small_files(flows));
  EXPECT_TRUE(explored.explorer->counts().fix_point);
  EXPECT_EQ(faults_of(explored), "");
}

TEST(Explorer, FewerDigressionsThanFramesAreSound) {
  std::vector<std::string> flows{std::string(digressing)};
  for (int i = 1; i <= 6; ++i) flows.push_back(side_flow(i));
  const Explored explored = explore(small_files(flows));
  EXPECT_TRUE(explored.explorer->counts().fix_point);
  EXPECT_EQ(faults_of(explored), "");
  EXPECT_LT(explored.explorer->counts().states, 40u);  // not one for each order of seven flows
}

// What a flow comes back with decides in the caller, who is known only when it ends.
TEST(Explorer, WhatHappensInASubflowIsKnownToItsCaller) {
  const Explored explored = explore(small_files({R"(flow: main
outcomes: [done]
states:
  start:
    - run: pick
      outcomes:
        left: next
        right: boom
    - end: done
  boom:
    - say: Lagi.
    - goto: boom
      at_most: 20
    - end: done
)",
                                                 R"(flow: pick
outcomes: [left, right]
states:
  start:
    - choose: Ke mana?
      options:
        - label: Kiri
          goto: left
        - label: Kanan
          goto: right
  left:
    - end: left
  right:
    - end: right
)"}));
  EXPECT_EQ(faults_of(explored), "too_many_messages main.flow.yaml:12\n");
  EXPECT_EQ(shown_by(explored), "> halo\n> [Kanan]\n");
}

TEST(Explorer, StopsAtItsBound) {
  ExploreBounds bounds;
  bounds.states_max = 5;
  const Explored explored = explore(random_app(3), bounds);
  EXPECT_FALSE(explored.explorer->counts().fix_point);
  EXPECT_EQ(explored.explorer->counts().bound, "states");
}

// On the machine nobody gets more in one go than the compiler has worked out.
TEST(Explorer, NeverSeesMoreInOneGoThanIsProven) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE(seed);
    dsl::Compilation made = dsl::compile(random_app(seed), 1);
    const auto program = made.program;
    ASSERT_TRUE(program);
    const auto proven = static_cast<std::size_t>(prove(made).measures.messages);
    ExploreBounds bounds;
    bounds.states_max = 2'000;
    bounds.faults.messages_max = proven;
    Explorer explorer(*program, bounds);
    explorer.run();
    EXPECT_GT(explorer.counts().burst, 1u);
    EXPECT_LE(explorer.counts().burst, proven);
    for (const FoundFault& found : explorer.faults()) {
      if (explorer.counts().burst <= proven) break;
      if (found.fault.kind != FaultKind::too_many_messages) continue;
      ADD_FAILURE() << show(program, explorer, found, found.fault.detail, bounds.faults).chat;
    }
  }
}

TEST(Explorer, GivesTheSameEachTime) {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    ExploreBounds bounds;
    bounds.states_max = 2'000;
    const Explored one = explore(random_app(seed), bounds);
    const Explored other = explore(random_app(seed), bounds);
    EXPECT_EQ(one.explorer->counts().states, other.explorer->counts().states);
    EXPECT_EQ(one.explorer->counts().transitions, other.explorer->counts().transitions);
    EXPECT_EQ(faults_of(one), faults_of(other));
    ASSERT_EQ(one.explorer->covered().size(), other.explorer->covered().size());
    for (std::size_t i = 0; i < one.explorer->covered().size(); ++i) {
      const auto& a = one.explorer->covered()[i];
      const auto& b = other.explorer->covered()[i];
      EXPECT_EQ(a.thing, b.thing);
      EXPECT_EQ(play(one.program, one.explorer->way_to(a.step), "T").chat,
                play(other.program, other.explorer->way_to(b.step), "T").chat);
    }
  }
}

}  // namespace
}  // namespace alur::tests
