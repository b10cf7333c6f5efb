#include "dsl/finding/source.hpp"

#include <gtest/gtest.h>

namespace alur::dsl {
namespace {

TEST(SourceFile, has_lines) {
  const SourceFile file("a", "one\ntwo\r\n\nfour");
  EXPECT_EQ(file.line_count(), 4U);
  EXPECT_EQ(file.line_text(1), "one");
  EXPECT_EQ(file.line_text(2), "two");
  EXPECT_EQ(file.line_text(3), "");
  EXPECT_EQ(file.line_text(4), "four");
  EXPECT_EQ(file.line_start(4), 10U);
  EXPECT_EQ(file.line_of(3), 1U);
  EXPECT_EQ(file.line_of(4), 2U);
  EXPECT_EQ(file.line_of(99), 4U);
}

TEST(SourceFile, ends_with_an_empty_line_after_a_last_line_break) {
  EXPECT_EQ(SourceFile("a", "").line_count(), 1U);
  EXPECT_EQ(SourceFile("a", "one\n").line_count(), 2U);
  EXPECT_EQ(SourceFile("a", "one\n").line_text(2), "");
}

TEST(SourceFile, counts_columns_in_code_points) {
  const SourceFile file("a", "aé😀b\n\xFFx");
  EXPECT_EQ(file.position(0), (Position{1, 1}));
  EXPECT_EQ(file.position(1), (Position{1, 2}));
  EXPECT_EQ(file.position(3), (Position{1, 3}));
  EXPECT_EQ(file.position(7), (Position{1, 4}));
  EXPECT_EQ(file.position(10), (Position{2, 2}));
  EXPECT_EQ(file.position(99), (Position{2, 3}));
}

TEST(SourceFile, does_not_count_a_byte_order_mark) {
  const SourceFile file("a",
                        "\xEF\xBB\xBF"
                        "ab\ncd");
  EXPECT_EQ(file.position(3), (Position{1, 1}));
  EXPECT_EQ(file.position(4), (Position{1, 2}));
  EXPECT_EQ(file.position(6), (Position{2, 1}));
}

TEST(SourceFile, gives_the_text_of_a_range_within_its_bounds) {
  const SourceFile file("a", "one two");
  EXPECT_EQ(file.text({FileId{0}, 4, 7}), "two");
  EXPECT_EQ(file.text({FileId{0}, 4, 99}), "two");
  EXPECT_EQ(file.text({FileId{0}, 98, 99}), "");
}

TEST(Sources, number_files_and_leave_them_where_they_are) {
  Sources sources;
  const FileId first = sources.add("first", "a");
  const SourceFile* const place = &sources.at(first);
  for (int i = 0; i < 100; ++i) sources.add("more", "b");
  EXPECT_EQ(&sources.at(first), place);
  EXPECT_EQ(sources.at(FileId{100}).text(), "b");
  EXPECT_EQ(sources.size(), 101U);
}

TEST(Span, covers) {
  const Span first{FileId{1}, 2, 4};
  const Span second{FileId{1}, 8, 9};
  EXPECT_EQ(cover(first, second), (Span{FileId{1}, 2, 9}));
  EXPECT_EQ(cover(second, first), (Span{FileId{1}, 2, 9}));
}

}  // namespace
}  // namespace alur::dsl
