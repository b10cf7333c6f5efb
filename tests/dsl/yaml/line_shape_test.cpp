#include "dsl/yaml/line_shape.hpp"

#include <gtest/gtest.h>

namespace alur::dsl {
namespace {

std::string_view value_of(std::string_view line) {
  const LineShape shape = shape_of_line(line, 0);
  return line.substr(shape.value, shape.end - shape.value);
}

TEST(LineShape, finds_the_value) {
  EXPECT_EQ(value_of("id: Halo semua  # sapaan"), "Halo semua");
  EXPECT_EQ(value_of("  - - id: \"a # b\" # c"), "\"a # b\"");
  EXPECT_EQ(value_of("- satu: dua: tiga"), "dua: tiga");
  EXPECT_EQ(value_of("'a: b': c"), "c");
  EXPECT_EQ(value_of("- buka 08:00"), "buka 08:00");
  EXPECT_EQ(value_of("it's: [a, '#b'] #c"), "[a, '#b']");
  EXPECT_EQ(value_of("key:"), "");
}

TEST(LineShape, knows_what_looks_like_structure) {
  for (const char* const line :
       {"goto: x", "  en: y", "- text", "near(others): which", "a.b-c_1:"}) {
    EXPECT_TRUE(looks_like_structure(line, shape_of_line(line, 0))) << line;
  }
  for (const char* const line : {"Catatan: x", "halo dunia: x", "teks saja", "", "# a: b", "-x"}) {
    EXPECT_FALSE(looks_like_structure(line, shape_of_line(line, 0))) << line;
  }
}

TEST(LineShape, matches_brackets) {
  const std::string_view closed = "[a, '[', {b: \"}\"}] x";
  EXPECT_EQ(match_brackets(closed, 0, 20).closing, 17U);
  EXPECT_EQ(match_brackets("[a, {b: c", 0, 9).wanted, "}]");
  EXPECT_EQ(match_brackets("[a}", 0, 3).stray, 2U);
  EXPECT_EQ(match_brackets("[it's]", 0, 6).closing, 5U);
  EXPECT_EQ(match_brackets("[a, # ]\n b]", 0, 11).closing, 10U);
}

}  // namespace
}  // namespace alur::dsl
