// Validity, lengths, cuts and widths of text, ill-formed bytes included.
#include "engine/value/text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/value/code_points.hpp"
#include "tests/engine/value/arbitrary.hpp"

namespace alur::value {
namespace {

using namespace std::string_view_literals;

TEST(Text, Validity) {
  for (const auto text :
       {""sv, "halo"sv, "é"sv, "€"sv, "😀"sv, "\xf4\x8f\xbf\xbf"sv, "\0"sv, "\xef\xbf\xbf"sv}) {
    EXPECT_TRUE(is_valid_utf8(text)) << text;
  }
  for (const auto text : {"\x80"sv, "\xc3"sv, "\xc0\xaf"sv, "\xe2\x82"sv, "\xed\xa0\x80"sv,
                          "\xf4\x90\x80\x80"sv, "\xff"sv, "12345678\x80"sv, "\xf0\x9f\x98"sv}) {
    EXPECT_FALSE(is_valid_utf8(text));
  }
}

TEST(Text, Lengths) {
  struct Row {
    std::string_view text;
    std::size_t units, points, columns;
  };
  const Row table[]{
      {"", 0, 0, 0},         {"halo", 4, 4, 4},     {"é", 1, 1, 1},
      {"e\u0301", 2, 2, 1},  {"😀", 2, 1, 2},       {"👨‍👩‍👧", 8, 5, 2},
      {"👍🏽", 4, 2, 2},     {"❤️", 2, 2, 2},        {"🇮🇩", 4, 2, 2},
      {"日本", 2, 2, 4},     {"한국", 2, 2, 4},     {"\u1112\u1161\u11ab", 3, 3, 2},
      {"Ａ", 1, 1, 2},       {"a\u200bb", 3, 3, 2}, {"a\tb", 3, 3, 2},
      {"\xff\xfe", 2, 2, 2}, {"\xe2\x82", 1, 1, 1}, {"\xf0\x9f\x98x", 2, 2, 2},
  };
  for (const Row& row : table) {
    EXPECT_EQ(utf16_length(row.text), row.units) << row.text;
    EXPECT_EQ(code_point_length(row.text), row.points) << row.text;
    EXPECT_EQ(display_width(row.text), row.columns) << row.text;
  }
}

TEST(Text, Composes) {
  EXPECT_EQ(to_nfc("halo"), "halo");
  EXPECT_EQ(to_nfc("e\u0301"), "é");
  EXPECT_EQ(to_nfc("\u1112\u1161\u11ab"), "한");
  EXPECT_EQ(to_nfc("ﬁ"), "ﬁ");  // canonical only
  EXPECT_EQ(to_nfc("a\xff"), "a\ufffd");
}

TEST(Text, PrefixesKeepGraphemesWhole) {
  struct Row {
    std::string_view text;
    std::size_t units;
    std::string_view wanted;
  };
  const Row table[]{
      {"halo", 4, "halo"},
      {"halo", 3, "hal"},
      {"halo", 0, ""},
      {"", 0, ""},
      {"a😀", 2, "a"},
      {"a😀", 3, "a😀"},
      {"ae\u0301x", 2, "a"},
      {"ae\u0301x", 3, "ae\u0301"},
      {"🇮🇩🇬🇧", 7, "🇮🇩"},
      {"👨‍👩‍👧x", 7, ""},
      {"👨‍👩‍👧x", 8, "👨‍👩‍👧"},
      {"a\r\nb", 2, "a"},
      {"นี้", 1, ""},
      {"x\xff\xffy", 2, "x\xff"},
  };
  for (const Row& row : table) EXPECT_EQ(grapheme_prefix(row.text, row.units), row.wanted);
}

TEST(Text, Trims) {
  EXPECT_EQ(trimmed("  halo \n"), "halo");
  EXPECT_EQ(trimmed("\u00a0\u3000halo\u2028"), "halo");
  EXPECT_EQ(trimmed("\u200e\ufeffhalo\u200b"), "halo");
  EXPECT_EQ(trimmed("\u202ahalo\u202c"), "halo");
  EXPECT_EQ(trimmed("a b"), "a b");
  EXPECT_EQ(trimmed(" \t "), "");
  EXPECT_EQ(trimmed("❤️"), "❤️");
  EXPECT_EQ(trimmed("\xff \xe2\x82"), "\xff \xe2\x82");
}

RC_GTEST_PROP(TextLaws, BothEndsReadTheSamePoints, ()) {
  const std::string text = *rc::gen::oneOf(testing::any_bytes(), testing::any_text());
  std::u32string forward;
  for (CodePoints points(text); !points.at_end();) forward += points.next();
  std::u32string backward;
  for (CodePoints points(text); !points.at_end();) backward += points.next_from_end();
  RC_ASSERT(forward == std::u32string(backward.rbegin(), backward.rend()));
}

RC_GTEST_PROP(TextLaws, LengthsAgree, ()) {
  const std::string text = *testing::any_text();
  std::size_t units = 0;
  for (CodePoints points(text); !points.at_end();) units += points.next() > 0xffff ? 2 : 1;
  RC_ASSERT(utf16_length(text) == units);
  RC_ASSERT(is_valid_utf8(text));
  RC_ASSERT(to_nfc(to_nfc(text)) == to_nfc(text));
}

RC_GTEST_PROP(TextLaws, AnyBytesAreSafe, ()) {
  const std::string bytes = *testing::any_bytes();
  RC_ASSERT(is_valid_utf8(to_nfc(bytes)));
  RC_ASSERT(utf16_length(bytes) <= bytes.size());
  RC_ASSERT(trimmed(trimmed(bytes)) == trimmed(bytes));
  display_width(bytes);
}

RC_GTEST_PROP(TextLaws, PrefixesFitAndGrow, ()) {
  const std::string text = *testing::any_text();
  const std::size_t limit = *rc::gen::inRange<std::size_t>(0, utf16_length(text) + 2);
  const std::string_view prefix = grapheme_prefix(text, limit);
  RC_ASSERT(utf16_length(prefix) <= limit);
  RC_ASSERT(text.starts_with(prefix));
  RC_ASSERT(is_valid_utf8(prefix));
  RC_ASSERT(grapheme_prefix(text, limit + 1).size() >= prefix.size());
}

}  // namespace
}  // namespace alur::value
