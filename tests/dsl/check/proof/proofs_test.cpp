// Planted defects are all found, with the right code and nothing else; sound apps that look as if
// they were not give no finding; and what a finding about a path says, the machine does: its
// witness replays.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "dsl/chat/parse_chat.hpp"
#include "dsl/finding/render.hpp"
#include "tests/dsl/check/proof/suite.hpp"
#include "tools/replay/conversation.hpp"
#include "tools/replay/run_chat.hpp"
#include "tools/witness/witness.hpp"

namespace alur::dsl {
namespace {

std::string name_of(const testing::TestParamInfo<SuiteApp>& app) {
  std::string name;
  for (const char c : app.param.title) {
    name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  }
  return name + "_" + std::to_string(app.index);
}

// Of the proofs alone: the small apps leave things unused.
std::set<std::string> proven_codes(const Findings& findings) {
  std::set<std::string> codes;
  for (const Finding& finding : findings) {
    if (proof::is_proven(finding.code)) codes.emplace(row(finding.code).text);
  }
  return codes;
}

void expect_replays(const std::shared_ptr<const program::Program>& program,
                    const std::string& text) {
  Sources sources;
  Findings findings;
  const FileId file = sources.add("witness.chat", text);
  const ChatFile chats = parse_chat(sources, file, findings);
  EXPECT_EQ(render_text(sources, findings), "") << text;
  ASSERT_EQ(chats.chats.size(), 1u) << text;
  const tools::ChatResult result =
      tools::run_chat({program, nullptr}, sources.at(file), chats.chats.front(), {});
  for (const tools::ChatFailure& failure : result.failures) {
    ADD_FAILURE() << "line " << failure.line << ": " << failure.what << "\n" << text;
  }
}

class Planted : public testing::TestWithParam<SuiteApp> {};

TEST_P(Planted, is_found_and_shown) {
  const std::string code = GetParam().title.substr(0, 4);
  Compilation made = compile(GetParam().files, 1);
  ASSERT_TRUE(made.program) << render_text(*made.sources, made.findings);
  const auto program = made.program;
  const proof::Proofs proofs = prove(made);
  EXPECT_EQ(proven_codes(made.findings), std::set<std::string>{code})
      << render_text(*made.sources, made.findings);
  const bool of_a_path = code != "C009" && code != "C012" && code != "C013" && code != "P002";
  EXPECT_EQ(proofs.faults.empty(), !of_a_path);
  for (const proof::Fault& fault : proofs.faults) {
    const auto witness = tools::find_witness(program, fault, "Shows " + code);
    ASSERT_TRUE(witness) << render_text(*made.sources, made.findings);
    expect_replays(program, *witness);
  }
}

INSTANTIATE_TEST_SUITE_P(Defects, Planted,
                         testing::ValuesIn(read_suite("dsl/check/proof/planted.txt")), name_of);

class Sound : public testing::TestWithParam<SuiteApp> {};

TEST_P(Sound, has_no_finding) {
  Compilation made = compile(GetParam().files, 1);
  ASSERT_TRUE(made.program) << render_text(*made.sources, made.findings);
  prove(made);
  EXPECT_EQ(proven_codes(made.findings), std::set<std::string>{})
      << render_text(*made.sources, made.findings);
}

INSTANTIATE_TEST_SUITE_P(Apps, Sound, testing::ValuesIn(read_suite("dsl/check/proof/sound.txt")),
                         name_of);

// However many phrases digress one from another, the stack holds them, and a session of any depth
// is read back from its bytes. It was once pushed past the eighth flow, and then lost.
TEST(Digressions, never_outgrow_the_stack) {
  for (const SuiteApp& app : read_suite("dsl/check/proof/sound.txt")) {
    if (app.title != "ten phrases that all digress") continue;
    const Compilation made = compile(app.files, 1);
    ASSERT_TRUE(made.program);
    tools::ConversationSettings settings;
    settings.through_bytes = true;
    tools::Conversation conversation(made.program, settings, nullptr);
    for (const char* words :
         {"halo", "one", "two", "three", "four", "five", "six", "seven", "eight", "one"}) {
      machine::Input input;
      input.text = words;
      conversation.hear(input);
      EXPECT_EQ(conversation.fault(), "") << words;
      EXPECT_TRUE(conversation.session().active()) << words;
      EXPECT_LE(conversation.session().frames.size(), machine::stack_max) << words;
    }
    EXPECT_EQ(conversation.session().frames.size(), 2u);  // `eight` began afresh, `one` upon it
    return;
  }
  FAIL() << "the app is not in the suite";
}

// Options of two flows whose names give the same 32 bits: found by trying, one pair in some 80,000.
TEST(Taps, two_that_cannot_be_told_apart_are_found) {
  const auto key_of = [](const std::string& flow, int number) {
    return value::name_key(flow + "/start.option.Go " + std::to_string(number));
  };
  std::map<value::NameKey, int> first;
  for (int i = 0; i < 200'000; ++i) first.emplace(key_of("main", i), i);
  int other = 0;
  while (!first.contains(key_of("side", other))) ++other;
  const int number = first.at(key_of("side", other));
  const auto flow = [](const std::string& name, int label, const std::string& target) {
    return AppFile{name + ".flow.yaml", name + ".flow.yaml",
                   "flow: " + name +
                       "\nstates:\n  start:\n    - choose: Where?\n      options:\n"
                       "        - label: Go " +
                       std::to_string(label) + "\n          goto: " + target + "\n"};
  };
  std::vector<AppFile> files = read_suite("dsl/check/proof/sound.txt").front().files;
  std::erase_if(files, [](const AppFile& file) { return file.path != "app.yaml"; });
  for (const bool same : {true, false}) {
    std::vector<AppFile> app = files;
    app.push_back(flow("main", number, "side"));
    app.push_back(flow("side", same ? other : other + 1, "main"));
    Compilation made = compile(app, 1);
    ASSERT_TRUE(made.program) << render_text(*made.sources, made.findings);
    prove(made);
    EXPECT_EQ(made.program == nullptr, same) << render_text(*made.sources, made.findings);
  }
}

// A word that is told in one language alone is lacking in the other, and that is the one that the
// chat has to speak. It once spoke the first one, where the citizen knew the word.
TEST(People, a_witness_speaks_the_language_that_lacks_the_word) {
  std::map<std::string, std::string> headers;
  for (const SuiteApp& app : read_suite("dsl/check/proof/planted.txt")) {
    if (app.files.front().text.find("languages: [id, en]") == std::string::npos) continue;
    Compilation made = compile(app.files, 1);
    const auto program = made.program;
    ASSERT_TRUE(program) << render_text(*made.sources, made.findings);
    for (const proof::Fault& fault : prove(made).faults) {
      const std::string witness = tools::find_witness(program, fault, "T").value_or("");
      const std::string changed = witness.find("> english") != std::string::npos ? ", changed" : "";
      const std::size_t line = witness.find("language: ");
      headers[app.title] += witness.substr(line, witness.find('\n', line) - line) + changed;
    }
  }
  EXPECT_EQ(headers,
            (std::map<std::string, std::string>{
                {"P001 one language does not tell the word", "language: en"},
                {"P001 in one language the retry words forget it", "language: en"},
                {"P001 a word of its own in each language, and one may change the language",
                 "language: id, changed"}}));
}

// Each kind of defect is planted five times at least.
TEST(PlantedSuite, has_five_of_each_kind) {
  std::map<std::string, int> kinds;
  for (const SuiteApp& app : read_suite("dsl/check/proof/planted.txt"))
    ++kinds[app.title.substr(0, 4)];
  for (const CodeRow& kind : all_codes()) {
    if (!proof::is_proven(kind.code) || kind.code == Code::no_people) continue;
    EXPECT_GE(kinds[std::string(kind.text)], 5) << kind.text;
  }
}

}  // namespace
}  // namespace alur::dsl
