#include "dsl/yaml/mended_text.hpp"

#include <gtest/gtest.h>

namespace alur::dsl {
namespace {

TEST(MendedText, is_the_source_without_its_byte_order_mark) {
  const MendedText plain("abc", FileId{0});
  EXPECT_EQ(plain.text(), "abc");
  EXPECT_EQ(plain.to_source(2), 2U);
  const MendedText marked(
      "\xEF\xBB\xBF"
      "abc",
      FileId{0});
  EXPECT_EQ(marked.text(), "abc");
  EXPECT_EQ(marked.to_source(2), 5U);
}

TEST(MendedText, knows_where_its_bytes_came_from) {
  MendedText mended("one two three", FileId{0});
  ASSERT_TRUE(mended.apply({{0, 1, "_"}, {3, 3, "!!"}, {8, 13, ""}}));
  EXPECT_EQ(mended.text(), "_ne!! two ");
  EXPECT_EQ(mended.to_source(0), 0U);
  EXPECT_EQ(mended.to_source(1), 1U);
  EXPECT_EQ(mended.to_source(4), 3U);
  EXPECT_EQ(mended.to_source(5), 3U);
  EXPECT_EQ(mended.to_source(6), 4U);
  EXPECT_EQ(mended.to_source(10), 13U);
}

TEST(MendedText, takes_edits_in_any_order_and_a_larger_one_over_smaller_ones) {
  MendedText mended("one two three", FileId{0});
  ASSERT_TRUE(mended.apply({{8, 9, "_"}}));
  ASSERT_TRUE(mended.apply({{4, 5, "_"}}));
  EXPECT_EQ(mended.text(), "one _wo _hree");
  ASSERT_TRUE(mended.apply({{4, 13, "x"}}));
  EXPECT_EQ(mended.text(), "one x");
}

TEST(MendedText, refuses_to_edit_the_same_bytes_again) {
  MendedText mended("one two three", FileId{0});
  ASSERT_TRUE(mended.apply({{4, 7, "___"}}));
  EXPECT_FALSE(mended.apply({{4, 7, "xxx"}}));
  EXPECT_FALSE(mended.apply({{0, 1, "_"}, {6, 9, ""}}));
  EXPECT_EQ(mended.text(), "one ___ three");
}

TEST(MendedText, abridged_keeps_what_the_parser_looks_at) {
  const std::string_view source = "key_1: \"\\u00e9abc Halo\" # why\n- null nullx 10m x2y é\\nfoo";
  const MendedText abridged = MendedText::abridged(source, FileId{0});
  EXPECT_EQ(abridged.text(), "k: \"\\u00e9abc H\" # w\n- null n 10m x é\\nfoo");
  EXPECT_TRUE(abridged.is_abridged());
  EXPECT_EQ(abridged.to_source(1), 5U);
  const auto end = static_cast<std::uint32_t>(abridged.text().size());
  EXPECT_EQ(abridged.to_source(end), source.size());
}

}  // namespace
}  // namespace alur::dsl
