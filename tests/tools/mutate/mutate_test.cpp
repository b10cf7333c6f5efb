// Chats that notice kill, chats that do not let live, and a drafted chat kills what survived.
#include "tools/mutate/mutate.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "dsl/chat/parse_chat.hpp"
#include "tests/tools/explore/small_apps.hpp"

namespace alur::tests {
namespace {

using tools::Mutant;
using tools::MutateOptions;
using tools::MutationReport;
using tools::Operator;
using Fate = Mutant::Fate;

constexpr std::string_view flow = R"(flow: main
outcomes: [done]
vars:
  n: integer(0..9)
states:
  start:
    - ask: Berapa?
      into: n
    - if: n < 3
      goto: few
    - say: Banyak.
    - end: done
  few:
    - say: Sedikit.
    - end: done
)";

tools::ReplaySet set_of(const std::vector<dsl::AppFile>& files, const std::string& chats) {
  tools::ReplaySet set;
  set.apps.push_back({dsl::compile(files).program, nullptr});
  const dsl::FileId file = set.sources.add("a.chat", chats);
  dsl::Findings findings;
  set.files.push_back({0, dsl::parse_chat(set.sources, file, findings), {}});
  EXPECT_TRUE(findings.empty());
  return set;
}

MutationReport run(const std::string& chats, tools::OperatorSet operators, unsigned threads = 1) {
  const std::vector<dsl::AppFile> files = small_files({std::string(flow)});
  const tools::ReplaySet set = set_of(files, chats);
  MutateOptions options;
  options.threads = threads;
  options.operators = std::move(operators);
  return mutate(files, set, options);
}

// Says two things at once, which is all that its bound allows.
constexpr std::string_view tight_flow = R"(flow: main
outcomes: [done]
states:
  start:
    - choose: Lagi?
      options:
        - label: Ya
    - goto: tell
  tell:
    - say: Ya.
    - goto: tell
      at_most: 1
    - end: done
)";

constexpr std::string_view few = "chat: few\n> halo\n< Berapa?\n> 1\n< Sedikit.\n";
constexpr std::string_view many = "chat: many\n> halo\n< Berapa?\n> 7\n< Banyak.\n";

TEST(Mutate, WhatTheProofsCatchNeedsNoChat) {
  MutateOptions options;
  options.operators = {Operator::more_repeats};
  options.drafts = false;
  for (const int messages : {2, 1}) {
    const std::vector<dsl::AppFile> files = small_files(
        {std::string(tight_flow)},
        "bounds:\n  person_within: none\n  messages: " + std::to_string(messages) + "\n");
    const tools::ReplaySet set = set_of(files, "chat: ask\n> halo\n< Lagi?\n");
    const MutationReport report = mutate(files, set, options);
    // Where the app itself does not hold its bound, its mutants are not held to it.
    const bool sound = messages == 2;
    EXPECT_EQ(report.disproven(), sound ? 1u : 0u);
    if (!sound) continue;
    const auto caught = std::find_if(report.mutants.begin(), report.mutants.end(),
                                     [](const Mutant& each) { return !each.disproof.empty(); });
    ASSERT_NE(caught, report.mutants.end());
    EXPECT_EQ(caught->disproof, "C011");
    EXPECT_EQ(caught->fate, Fate::refused);
    EXPECT_NE(report_mutants_text(report).find("(1 of them by proofs of the whole app)"),
              std::string::npos);
    EXPECT_NE(report_mutants_json(report).find(R"("disproof":"C011")"), std::string::npos);
  }
}

TEST(Mutate, AChatThatNoticesKills) {
  const MutationReport report = run(std::string(few), {Operator::negate_guard});
  ASSERT_EQ(report.mutants.size(), 1u);
  EXPECT_EQ(report.mutants[0].fate, Fate::killed);
  EXPECT_EQ(report.mutants[0].killer, "a.chat:1");
  EXPECT_EQ(report.mutants[0].file, "main.flow.yaml");
  EXPECT_EQ(report.mutants[0].line, 9u);
  EXPECT_EQ(report.score(), 1);
}

TEST(Mutate, WhatSurvivesGetsAChatThatKillsIt) {
  const std::string chats = std::string(few) + "\n" + std::string(many);
  const tools::OperatorSet ops{Operator::shift_comparison, Operator::off_by_one};
  const MutationReport report = run(chats, ops);
  ASSERT_EQ(report.mutants.size(), 3u);
  EXPECT_EQ(report.count(Fate::survived), 3u);
  EXPECT_EQ(report.score(), 0);
  std::string drafts;
  for (const Mutant& mutant : report.mutants) {
    ASSERT_FALSE(mutant.draft.empty());
    drafts += "\n" + mutant.draft;
  }
  const MutationReport again = run(chats + drafts, ops);
  EXPECT_EQ(again.count(Fate::killed), 3u) << drafts;
  EXPECT_TRUE(again.failing.empty());
}

TEST(Mutate, WhatTheCompilerRefusesNeedsNoChat) {
  const MutationReport report = run(std::string(few), {Operator::loosen_bounds});
  EXPECT_EQ(report.mutants.size(), 2u);
  const MutationReport dropped = run(std::string(few), {Operator::drop_message});
  EXPECT_EQ(dropped.mutants.size(), 2u);
}

TEST(Mutate, AChatThatFailsAsItIsJudgesNothing) {
  const MutationReport report =
      run("chat: wrong\n> halo\n< Siapa?\n\n" + std::string(few), {Operator::negate_guard});
  EXPECT_EQ(report.failing, std::vector<std::string>{"a.chat:1"});
  EXPECT_EQ(report.mutants[0].killer, "a.chat:5");
}

TEST(Mutate, TheReportIsTheSameWhateverTheThreads) {
  const std::string one = report_mutants_json(run(std::string(few), tools::all_operators(), 1));
  const std::string four = report_mutants_json(run(std::string(few), tools::all_operators(), 4));
  EXPECT_EQ(one, four);
  EXPECT_NE(one.find("\"version\":1"), std::string::npos);
}

}  // namespace
}  // namespace alur::tests
