// What is too long or too deep is refused before anything recurses, and no bytes whatever break a
// grammar.
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "dsl/grammar/grammar.hpp"
#include "tests/dsl/grammar/every_grammar.hpp"

namespace alur::dsl {
namespace {

std::string repeated(std::string_view piece, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += piece;
  return out;
}

Code code_of(const std::function<bool(const Fragment&, Findings&)>& parse,
             const std::string& text) {
  Findings findings;
  EXPECT_FALSE(parse(Fragment(FileId{}, 0, text), findings));
  EXPECT_EQ(findings.size(), 1U);
  return findings.empty() ? Code{} : findings.all()[0].code;
}

bool expression(const Fragment& fragment, Findings& findings) {
  return parse_expression(fragment, findings).has_value();
}

TEST(BoundsTest, an_expression_of_4_kib_is_read_and_one_more_byte_is_not) {
  const std::string text = '"' + std::string(expression_bytes_max - 2, 'x') + '"';
  Findings findings;
  EXPECT_TRUE(expression(Fragment(FileId{}, 0, text), findings));
  EXPECT_EQ(code_of(expression, text + ' '), Code::too_long);
}

TEST(BoundsTest, brackets_are_counted_before_they_are_followed) {
  for (const char* opener : {"(", "f(", "x in (", "-(", "not ("}) {
    EXPECT_EQ(code_of(expression, repeated(opener, 600)), Code::brackets_too_deep) << opener;
    EXPECT_EQ(code_of(expression, repeated(opener, 100'000)), Code::too_long) << opener;
  }
}

TEST(BoundsTest, depth_32_is_read) {
  const std::string text = repeated("(", 32) + 'a' + repeated(")", 32);
  Findings findings;
  EXPECT_TRUE(expression(Fragment(FileId{}, 0, text), findings));
  EXPECT_EQ(code_of(expression, '(' + text + ')'), Code::brackets_too_deep);
}

// A quote that hides a bracket from the count must hide it from the grammar too.
TEST(BoundsTest, quotes_do_not_smuggle_brackets) {
  EXPECT_EQ(code_of(expression, '"' + repeated("(", 1000)), Code::never_closed);
  EXPECT_EQ(code_of(expression, R"("\" + )" + repeated("(", 1000)), Code::never_closed);
  EXPECT_EQ(code_of(expression, R"("a" + )" + repeated("(", 1000)), Code::brackets_too_deep);
  const auto phrase = [](const Fragment& fragment, Findings& findings) {
    return parse_phrase(fragment, findings).has_value();
  };
  EXPECT_EQ(code_of(phrase, '"' + repeated("(", 1000)), Code::brackets_too_deep);
}

TEST(BoundsTest, long_rows_of_one_thing_are_refused) {
  EXPECT_EQ(code_of(expression, repeated("-", 2000) + 'a'), Code::brackets_too_deep);
  EXPECT_EQ(code_of(expression, repeated("not ", 900) + 'a'), Code::brackets_too_deep);
  EXPECT_EQ(code_of(expression, 'a' + repeated(".a", 1000)), Code::brackets_too_deep);
  EXPECT_EQ(code_of(expression, 'a' + repeated("+a", 1000)), Code::brackets_too_deep);
  EXPECT_EQ(code_of(expression, 'a' + repeated(" or a", 500)), Code::brackets_too_deep);
}

TEST(BoundsTest, a_template_may_be_long_but_not_longer) {
  const auto parse = [](const Fragment& fragment, Findings& findings) {
    return parse_template(fragment, findings).has_value();
  };
  Findings findings;
  EXPECT_TRUE(parse(Fragment(FileId{}, 0, repeated("{a} ", 16'384)), findings));
  EXPECT_TRUE(findings.empty());
  EXPECT_EQ(code_of(parse, repeated("a", template_bytes_max + 1)), Code::too_long);
  EXPECT_EQ(code_of(parse, repeated("{", 60'001) + 'a'), Code::never_closed);
  EXPECT_EQ(code_of(parse, '{' + repeated("(", 60'000) + '}'), Code::too_long);
}

TEST(BoundsTest, a_cut_never_falls_into_a_character) {
  Findings findings;
  const std::string text = repeated("\u00e9", expression_bytes_max);
  parse_expression(Fragment(FileId{}, 0, 'x' + text), findings);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings.all()[0].span.begin % 2, 1U);
}

TEST(BoundsTest, bombs_are_told_once_by_every_grammar) {
  for (const EveryGrammar& grammar : every_grammar) {
    for (const char* piece : {"(", "[", "{", "{{{", "\"", "a(", "a.", "a,", "|", "1", "-", "not ",
                              "list of ", "one of ", "private ", "mon,", "\xff", "\xe2\x80", "'"}) {
      for (const std::size_t count : {1, 2, 5, 33, 500, 100'000}) {
        Findings findings;
        const std::string text = repeated(piece, count);
        const bool good = grammar.parse(Fragment(FileId{}, 0, text), findings);
        EXPECT_EQ(good, findings.empty()) << grammar.name << ' ' << piece << ' ' << count;
      }
    }
  }
}

}  // namespace
}  // namespace alur::dsl
