// What makes phrases the same, and how many edits apart they are.
#include "engine/value/phrase.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <vector>

#include "engine/value/code_points.hpp"
#include "engine/value/text.hpp"
#include "tests/engine/value/arbitrary.hpp"

namespace alur::value {
namespace {

TEST(Phrase, Normalises) {
  const std::pair<std::string_view, std::string_view> table[]{
      {"", ""},
      {"   ", ""},
      {"Halo", "halo"},
      {"  Menu,  utama!! ", "menu utama"},
      {"#HubungiPetugas", "hubungipetugas"},
      {"don't", "dont"},
      {"don’t", "dont"},
      {"Jum‘at", "jumat"},
      {"ʻokina", "okina"},
      {"' '", ""},
      {"*tebal* _miring_ ~coret~", "tebal miring coret"},
      {"a\tb\nc\x01"
       "d",
       "a b c d"},
      {"café", "cafe"},
      {"cafe\u0301", "cafe"},
      {"ＨＡＬＯ　１２", "halo 12"},
      {"ﬁnance", "finance"},
      {"STRASSE straße", "strasse strasse"},
      {"İstanbul ISTANBUL", "istanbul istanbul"},
      {"ısı", "ısı"},
      {"ΣΊΣΥΦΟΣ", "σισυφοσ"},
      {"٤٢ ४२", "42 42"},
      {"1️⃣", "1"},
      {"👍🏽", "👍"},
      {"❤️", "❤"},
      {"Ya 🙏🏽", "ya"},
      {"🇮🇩 Indonesia ❤️", "indonesia"},
      {"😀ya😀", "ya"},
      {"👍👎 ✅", "👍👎 ✅"},
      {"a\u200bb\u00adc", "abc"},
      {"a\u00a0\u3000b", "a b"},
      {"«halo» — “ya”…", "halo ya"},
      {"日本語", "日本語"},
      {"한국", "한국"},
      {"50%", "50"},
      {"Rp1.500", "rp1 500"},
      {"€5", "€5"},
      {"a´b`c", "a b c"},
      {"½", "1⁄2"},
      {"\xff"
       "a",
       "\ufffd"
       "a"},
  };
  for (const auto& [text, wanted] : table) EXPECT_EQ(normalised_phrase(text), wanted) << text;
}

TEST(Phrase, Pictures) {
  for (const char* pictures : {"👍", "👍👎 ✅", "🇮🇩"})
    EXPECT_TRUE(is_pictures(pictures)) << pictures;
  for (const char* others : {"", "ya", "日", "👍 ya", "€"})
    EXPECT_FALSE(is_pictures(others)) << others;
}

TEST(Phrase, ReplacesWhatTheOutputHeld) {
  std::string out = "a much longer text than the next one";
  normalise_phrase("Ya", out);
  EXPECT_EQ(out, "ya");
  normalise_phrase("é", out);
  EXPECT_EQ(out, "e");
  normalise_phrase("", out);
  EXPECT_EQ(out, "");
}

void expect_stable(char32_t first, char32_t last) {
  std::string once;
  std::string twice;
  for (char32_t c = first; c <= last; ++c) {
    std::string text = "A";
    append_utf8(c, text);
    text += "\u0301B";
    append_utf8(c, text);
    normalise_phrase(text, once);
    normalise_phrase(once, twice);
    ASSERT_EQ(once, twice) << std::hex << static_cast<std::uint32_t>(c);
  }
}

// Between these nothing is assigned, and behind them it is for private use.
TEST(Phrase, EveryCodePointInAWordIsStable) {
  expect_stable(0, 0x323ff);
  expect_stable(0xdff00, 0xf0100);
  expect_stable(0x10ff00, 0x10ffff);
}

// An iota below is a letter once folded, and stands after marks that it came before: found by the
// law.
TEST(Phrase, IotaBelowAndAMarkOfALowerClass) {
  EXPECT_EQ(normalised_phrase("\u0345\u302e"), normalised_phrase("\u302e\u0345"));
}

RC_GTEST_PROP(PhraseLaws, CanonicalFormsAreTheSamePhrase, ()) {
  const std::string text = *testing::any_text();
  RC_ASSERT(normalised_phrase(text) == normalised_phrase(to_nfc(text)));
}

TEST(EditDistance, Table) {
  struct Row {
    std::string_view a, b;
    int limit;
    std::optional<int> wanted;
  };
  const Row table[]{
      {"", "", 0, 0},
      {"menu", "menu", 0, 0},
      {"menu", "menu", -1, {}},
      {"menu", "mneu", 1, 1},
      {"menu", "manu", 0, {}},
      {"menu", "men", 1, 1},
      {"menu", "meenu", 1, 1},
      {"menu", "utama", 2, {}},
      {"bank centrl asia", "bank central aisa", 2, 2},
      {"ca", "abc", 3, 3},  // optimal string alignment: no place edited twice
      {"", "abc", 3, 3},
      {"", "abc", 2, {}},
      {"é", "e", 1, 1},
      {"日本", "本日", 1, 1},
      {"abcdef", "badcfe", 3, 3},
      {"abcdef", "badcfe", 2, {}},
  };
  for (const Row& row : table) {
    EXPECT_EQ(edit_distance_at_most(row.a, row.b, row.limit), row.wanted) << row.a << ' ' << row.b;
  }
}

// The whole matrix, as the definition says.
int whole_distance(const std::u32string& a, const std::u32string& b) {
  std::vector<std::vector<int>> d(a.size() + 1, std::vector<int>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = static_cast<int>(i + j);
        continue;
      }
      d[i][j] =
          std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

RC_GTEST_PROP(EditDistanceLaws, AgreesWithTheWholeMatrix, ()) {
  const auto letters = rc::gen::element(U'a', U'b', U'c', U'é');
  const std::size_t size = *rc::gen::element<std::size_t>(0, 3, 8, 70, 90);
  const auto word = rc::gen::mapcat(rc::gen::inRange<std::size_t>(0, size + 1), [=](std::size_t n) {
    return rc::gen::container<std::u32string>(n, letters);
  });
  const std::u32string a = *word;
  const std::u32string b = *word;
  std::string a_text;
  std::string b_text;
  for (const char32_t c : a) append_utf8(c, a_text);
  for (const char32_t c : b) append_utf8(c, b_text);
  const int limit = *rc::gen::inRange(0, 100);
  const int distance = whole_distance(a, b);
  RC_ASSERT(edit_distance_at_most(a_text, b_text, limit) ==
            (distance <= limit ? std::optional(distance) : std::nullopt));
}

TEST(TypoAllowance, ByLetters) {
  EXPECT_EQ(typo_allowance(""), 0);
  EXPECT_EQ(typo_allowance("menu"), 0);
  EXPECT_EQ(typo_allowance("m e n u"), 0);
  EXPECT_EQ(typo_allowance("agent"), 1);
  EXPECT_EQ(typo_allowance("terdafta"), 1);
  EXPECT_EQ(typo_allowance("terdaftar"), 2);
  EXPECT_EQ(typo_allowance("bank central asia"), 2);
  EXPECT_EQ(typo_allowance("kontak 157"), 0);
  EXPECT_EQ(typo_allowance("日本語テ"), 0);
}

}  // namespace
}  // namespace alur::value
