// Where the bytes of a text stand in the source.
#include <gtest/gtest.h>

#include <string>

#include "tests/dsl/yaml/reading.hpp"

namespace alur::dsl {
namespace {

struct Row {
  const char* yaml;  // the text is the value of `a`
  const char* part;  // of the text
  const char* source;
};

const Row rows[] = {
    {"a: one two three", "two", "two"},
    {"a: 'one two'", "two", "two"},
    {"a: 'it''s so'", "it's", "it''s"},
    {"a: 'it''s so'", "so", "so"},
    {"a: \"x \\u00e9 \\n{name}\"", "{name}", "{name}"},
    {"a: \"x \\u00e9 \\n{name}\"", "é", "\\u00e9"},
    {"a: \"x \\u00e9 \\n{name}\"", "é \n{", "\\u00e9 \\n{"},
    {"a: |\n  one\n  {two}\n", "{two}", "{two}"},
    {"a: |\n  one\n  {two}\n", "one\n{two}", "one\n  {two}"},
    {"a: |\n  one\n  {two}\n", "\n", "\n  "},
    {"a: >\n  one\n  {two}\n", "one {two}", "one\n  {two}"},
    {"a: >\n  one\n  {two}\n", "{two}", "{two}"},
    {"a: one\n  {two}", "{two}", "{two}"},
    {"a: one\n  {two}", " ", "\n  "},
    {"a: \"one\\\n   {two}\"", "{two}", "{two}"},
    {"a: \"one\n\n   {two}\"", "\n{two}", "\n\n   {two}"},
    {"a: |\r\n  one\r\n  {two}\r\n", "one\n{two}", "one\r\n  {two}"},
};

TEST(Range, of_a_part_of_a_text) {
  for (const Row& row : rows) {
    SCOPED_TRACE(std::string(row.yaml) + " / " + row.part);
    const Reading reading(row.yaml);
    const Node& text = *reading.root().find("a");
    const std::size_t begin = text.text().find(row.part);
    ASSERT_NE(begin, std::string_view::npos);
    const Span span = text.source_span(begin, begin + std::string_view(row.part).size());
    EXPECT_EQ(reading.source_of(span), row.source);
  }
}

TEST(Range, of_the_whole_text_leaves_out_quotes) {
  EXPECT_EQ(Reading("'b c'").root().text_span().begin, 1U);
  EXPECT_EQ(Reading("'b c'").root().text_span().end, 4U);
  EXPECT_EQ(Reading("\"\"").root().text_span().begin, 1U);
  EXPECT_EQ(Reading("\"\"").root().text_span().end, 1U);
}

TEST(Range, of_nothing_is_the_place_before_the_byte) {
  const Reading reading("a: 'it''s'");
  const Node& text = *reading.root().find("a");
  EXPECT_EQ(text.source_span(0, 0).begin, 4U);
  EXPECT_EQ(text.source_span(3, 3).begin, 8U);
  EXPECT_EQ(text.source_span(4, 4).begin, 9U);
}

}  // namespace
}  // namespace alur::dsl
