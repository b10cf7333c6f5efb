// No bytes whatever break a grammar: it gives a tree or tells one mistake, at a place in the text,
// in words for people.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/dsl/grammar/every_grammar.hpp"

namespace alur::dsl {
namespace {

// Every text of every table.
std::vector<std::string> table_texts() {
  std::vector<std::string> out;
  const std::string folder = ALUR_SOURCE_DIR "/tests/dsl/grammar/tables";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line);) {
      if (line.starts_with('>'))
        out.push_back(line.substr(std::min(line.size(), line.find(' ') + 1)));
    }
  }
  return out;
}

// What is unsound about a finding in this text, or nothing.
std::string_view fault_of(const Finding& finding, const std::string& text) {
  if (finding.span.begin > finding.span.end) return "ends before it begins";
  if (finding.span.end > text.size()) return "ends outside of the text";
  if (finding.message.empty()) return "says nothing";
  const bool empty_quotes = finding.message.find("``") != std::string::npos;
  if (empty_quotes && text.find('`') == std::string::npos) return "quotes nothing";
  return {};
}

// What is unsound about what the grammars make of this text, or nothing.
std::string fault_of(const std::string& text) {
  for (const EveryGrammar& grammar : every_grammar) {
    const std::string where = std::string(grammar.name) + " of " + text + ": ";
    Findings findings;
    const bool good = grammar.parse(Fragment(FileId{}, 0, text), findings);
    if (good != (findings.error_count() == 0)) return where + "a tree and errors, or neither";
    const bool one_each = std::string_view(grammar.name) == "template";
    if (!one_each && findings.size() > 1) return where + "two findings";
    for (const Finding& finding : findings) {
      const std::string_view fault = fault_of(finding, text);
      if (!fault.empty()) return where + finding.message + ": " + std::string(fault);
    }
  }
  return {};
}

// Takes out, doubles, swaps or puts in a byte somewhere.
std::string mutated(std::string text) {
  constexpr std::string_view signs = "()[]{}|\"'\\.,:=!<>&+-*/? \n\t#0a_\xc3\xa9\x80\xff";
  for (int left = *rc::gen::inRange(1, 5); left > 0; --left) {
    const auto at =
        static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(text.size()) + 1));
    const char sign =
        signs[static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(signs.size())))];
    switch (*rc::gen::inRange(0, 4)) {
      case 0:
        if (at < text.size()) text.erase(at, 1);
        break;
      case 1:
        text.insert(at, 1, sign);
        break;
      case 2:
        if (at < text.size()) text[at] = sign;
        break;
      default:
        text.insert(at, text.substr(at / 2, 3));
        break;
    }
  }
  return text;
}

TEST(MutationTest, every_text_of_every_table_in_every_grammar) {
  const std::vector<std::string> texts = table_texts();
  EXPECT_GT(texts.size(), 400U);
  for (const std::string& text : texts) EXPECT_EQ(fault_of(text), "");
}

TEST(MutationTest, mutations_of_the_tables) {
  const std::vector<std::string> texts = table_texts();
  EXPECT_TRUE(rc::check([&] {
    for (int i = 0; i < 100; ++i) {
      RC_ASSERT(fault_of(mutated(*rc::gen::elementOf(texts))) == "");
    }
  }));
}

TEST(MutationTest, random_bytes) {
  EXPECT_TRUE(rc::check([] {
    const auto text = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
    RC_ASSERT(fault_of(text) == "");
  }));
}

}  // namespace
}  // namespace alur::dsl
