#include "tools/replay/match_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dsl/chat/parse_chat.hpp"

namespace alur::tools {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

// As `< text` would read it.
dsl::ChatText expected(const std::string& text) {
  dsl::Sources sources;
  dsl::Findings findings;
  const dsl::FileId file = sources.add("a.chat", "chat: T\n< " + text + "\n  [x]\n");
  const dsl::ChatFile parsed = dsl::parse_chat(sources, file, findings);
  return std::get<dsl::Expectation>(parsed.chats.at(0).lines.at(0).what).messages.at(0).text;
}

bool matches(const std::string& pattern, std::string_view text) {
  Captures captures;
  return match_text(expected(pattern), text, captures);
}

Captures captured(const std::string& pattern, std::string_view text, Captures captures = {}) {
  if (!match_text(expected(pattern), text, captures)) captures["no"] = "match";
  return captures;
}

TEST(MatchText, Words) {
  EXPECT_TRUE(matches("Halo", "Halo"));
  EXPECT_FALSE(matches("Halo", "Halo!"));
  EXPECT_FALSE(matches("Halo!", "Halo"));
  EXPECT_FALSE(matches("halo", "Halo"));
  EXPECT_TRUE(matches("*tebal* (a)", "*tebal* (a)"));
}

TEST(MatchText, Anything) {
  EXPECT_TRUE(matches("Halo...", "Halo"));
  EXPECT_TRUE(matches("Halo...", "Halo\nsemua\n\norang"));
  EXPECT_TRUE(matches("...dua...", "satu dua tiga"));
  EXPECT_FALSE(matches("...dua...", "satu tiga"));
  EXPECT_TRUE(matches("a...b...a", "a b b a"));
  EXPECT_TRUE(matches("...aab", "aaab"));
  EXPECT_FALSE(matches("a...ab", "ab"));
}

TEST(MatchText, Captures) {
  EXPECT_THAT(captured("Tiket {t}.", "Tiket T-1."), ElementsAre(Pair("t", "T-1")));
  EXPECT_THAT(captured("Tiket {t}", "Tiket T-1. Simpan"), ElementsAre(Pair("t", "T-1. Simpan")));
  // Before a `...` it is one word, without what closes it.
  EXPECT_THAT(captured("Tiket {t}...", "Tiket T-1. Simpan"), ElementsAre(Pair("t", "T-1")));
  EXPECT_THAT(captured("*{t}*...", "*T-1* Simpan"), ElementsAre(Pair("t", "T-1")));
  EXPECT_THAT(captured("{a} dan {b}", "satu dan dua dan tiga"),
              ElementsAre(Pair("a", "satu"), Pair("b", "dua dan tiga")));
  EXPECT_THAT(captured("{a}...{a}", "xy ... xy"), ElementsAre(Pair("a", "xy")));
  EXPECT_THAT(captured("{a}", ""), ElementsAre(Pair("no", "match")));
}

TEST(MatchText, BoundCapturesStandForTheirWords) {
  EXPECT_THAT(captured("{t} ada", "T-1 ada", {{"t", "T-1"}}), ElementsAre(Pair("t", "T-1")));
  EXPECT_THAT(captured("{t} ada", "T-2 ada", {{"t", "T-1"}}),
              ElementsAre(Pair("no", "match"), Pair("t", "T-1")));
}

TEST(MatchText, BindsNothingWhenItDoesNotMatch) {
  Captures captures;
  EXPECT_FALSE(match_text(expected("{a} x"), "satu y", captures));
  EXPECT_THAT(captures, IsEmpty());
}

TEST(MatchText, TellsHowFarItCame) {
  Captures captures;
  MatchProgress progress;
  EXPECT_FALSE(
      match_text(expected("Halo...semua orang"), "Halo, semua dunia", captures, &progress));
  EXPECT_EQ(progress.piece, 2u);
  EXPECT_FALSE(match_text(expected("Halo semua"), "Halo dunia", captures, &progress));
  EXPECT_EQ(progress.piece_bytes, 5u);
  EXPECT_EQ(progress.text_bytes, 5u);
}

// A pattern that would try for ever gives up and does not match.
TEST(MatchText, GivesUp) {
  std::string pattern;
  for (char c = 'a'; c < 'p'; ++c) pattern += "{" + std::string(1, c) + "}x";
  EXPECT_FALSE(matches(pattern + "!", std::string(400, 'x')));
}

TEST(MatchText, Patterns) {
  Captures captures;
  EXPECT_TRUE(match_pattern("Nomor \\d+", "Nomor 12", captures));
  EXPECT_FALSE(match_pattern("Nomor", "Nomor 12", captures));
  EXPECT_TRUE(match_pattern("a.*b", "a\nb", captures));
  EXPECT_TRUE(match_pattern("(?P<n>\\d+) (\\w+)", "12 hari", captures));
  EXPECT_THAT(captures, ElementsAre(Pair("n", "12")));
}

TEST(MatchText, Comparable) {
  EXPECT_EQ(comparable(" Halo  \r\n  b \t\n\n"), "Halo\n  b");
  EXPECT_EQ(comparable("Cafe\u0301"), "Caf\u00e9");
}

TEST(MatchText, FillsIn) {
  EXPECT_EQ(filled(expected("a {t} {u}..."), {{"t", "T-1"}}), "a T-1 {u}...");
  EXPECT_EQ(filled(std::string_view("{t}{t}"), {{"t", "{t}"}}), "{t}{t}");
}

}  // namespace
}  // namespace alur::tools
