// Planted defects of every kind that a flow can have are found, with nothing else, and the chat of
// each shows it and replays; the sound but tricky apps of the proofs give none, and the chats that
// cover them pass.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "dsl/finding/render.hpp"
#include "tests/dsl/check/proof/suite.hpp"
#include "tools/explore/covering.hpp"
#include "tools/explore/play.hpp"

namespace alur::tests {
namespace {

using dsl::SuiteApp;

std::string name_of(const testing::TestParamInfo<SuiteApp>& app) {
  std::string name;
  for (const char c : app.param.title) {
    name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  }
  return name + "_" + std::to_string(app.index);
}

// In the order of their names, with `+` between.
std::string kinds_of(const SuiteApp& app) {
  return app.title.substr(0, app.title.find(' '));
}

std::string in_words(const std::set<std::string>& kinds) {
  std::string words;
  for (const std::string& kind : kinds) words += (words.empty() ? "" : "+") + kind;
  return words;
}

tools::ExploreBounds bounds_of(const program::Program& program) {
  tools::ExploreBounds bounds;
  bounds.faults.messages_max = static_cast<std::size_t>(program.app().bounds.messages);
  return bounds;
}

class PlantedToRun : public testing::TestWithParam<SuiteApp> {};

TEST_P(PlantedToRun, is_found_and_shown) {
  const dsl::Compilation made = dsl::compile(GetParam().files, 1);
  ASSERT_TRUE(made.program) << render_text(*made.sources, made.findings);
  const tools::ExploreBounds bounds = bounds_of(*made.program);
  tools::Explorer explorer(*made.program, bounds);
  explorer.run();
  EXPECT_TRUE(explorer.counts().fix_point);
  std::set<std::string> kinds;
  for (const tools::FoundFault& found : explorer.faults()) {
    kinds.emplace(to_text(found.fault.kind));
    const tools::ShownFault shown = show(made.program, explorer, found, "Shows it", bounds.faults);
    EXPECT_EQ(shown.doubt, "") << shown.chat;
  }
  EXPECT_EQ(in_words(kinds), kinds_of(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Defects, PlantedToRun,
                         testing::ValuesIn(dsl::read_suite("tools/explore/planted.txt")), name_of);

class SoundToRun : public testing::TestWithParam<SuiteApp> {};

TEST_P(SoundToRun, has_nothing_wrong) {
  dsl::Compilation made = dsl::compile(GetParam().files, 1);
  ASSERT_TRUE(made.program) << render_text(*made.sources, made.findings);
  tools::Explorer explorer(*made.program, bounds_of(*made.program));
  explorer.run();
  EXPECT_TRUE(explorer.counts().fix_point);
  EXPECT_LE(explorer.counts().burst, static_cast<std::size_t>(prove(made).measures.messages));
  for (const tools::FoundFault& found : explorer.faults()) {
    ADD_FAILURE() << to_text(found.fault.kind) << " " << made.program->unit(found.fault.unit).path
                  << ":" << found.fault.place.line << " " << found.fault.detail << "\n"
                  << show(made.program, explorer, found, "It", {}).chat;
  }
  const tools::CoveringSet covering = cover_all(made.program, explorer);
  for (const std::string& why : covering.dropped) ADD_FAILURE() << why;
}

INSTANTIATE_TEST_SUITE_P(Apps, SoundToRun,
                         testing::ValuesIn(dsl::read_suite("dsl/check/proof/sound.txt")), name_of);

// What the compiler says of messages in one go is no mere bound: the machine does it. (Where it is
// not seen it is mostly an old option's answer: one is tapped only where one happens to be.)
TEST(SoundToRunSuite, ManyOfTheLongestBurstsAreSeen) {
  std::size_t seen = 0;
  std::size_t apps = 0;
  for (const SuiteApp& app : dsl::read_suite("dsl/check/proof/sound.txt")) {
    dsl::Compilation made = dsl::compile(app.files, 1);
    const auto program = made.program;
    tools::Explorer explorer(*program, bounds_of(*program));
    explorer.run();
    ++apps;
    const auto proven = static_cast<std::size_t>(prove(made).measures.messages);
    seen += explorer.counts().burst == proven ? 1 : 0;
  }
  EXPECT_GE(3 * seen, apps);
}

// What no app can bring about is planted in explorer_test.cpp (session_lost, no_outcome), all else
// here.
TEST(PlantedToRunSuite, has_some_of_each_kind) {
  std::map<std::string, int> kinds;
  for (const SuiteApp& app : dsl::read_suite("tools/explore/planted.txt")) ++kinds[kinds_of(app)];
  EXPECT_EQ(kinds, (std::map<std::string, int>{{"nothing_to_choose", 5},
                                               {"run_time_failure", 5},
                                               {"session_too_large", 6},
                                               {"stuck+unanswered", 8},
                                               {"too_many_messages", 7},
                                               {"unanswered", 5}}));
}

}  // namespace
}  // namespace alur::tests
