// What people see, to the byte.
#include "dsl/finding/render.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "dsl/finding/excerpt.hpp"

namespace alur::dsl {
namespace {

// The finding is about the part of the text between the marks « and », which are taken out.
std::string rendered(std::string_view marked, std::string suggestion = {}) {
  constexpr std::string_view open = "«";
  constexpr std::string_view close = "»";
  std::string text(marked);
  const auto begin = static_cast<std::uint32_t>(text.find(open));
  text.erase(begin, open.size());
  const auto end = static_cast<std::uint32_t>(text.find(close));
  text.erase(end, close.size());
  Sources sources;
  const FileId file = sources.add("a.yaml", text);
  return render_finding(sources, {Code::unknown_key, {file, begin, end}, "m", suggestion, {}, {}});
}

TEST(Render, shows_the_line_and_a_caret_range) {
  EXPECT_EQ(rendered("one\n    - goto: «ask_nmae»\nx", "did you mean `ask_name`?"),
            R"(a.yaml:2:13: error[S001]: m
   2 |     - goto: ask_nmae
     |             ^^^^^^^^ did you mean `ask_name`?
)");
}

TEST(Render, shows_a_place_between_two_bytes) {
  EXPECT_EQ(rendered("a:«»\n"), R"(a.yaml:1:3: error[S001]: m
   1 | a:
     |   ^
)");
  EXPECT_EQ(rendered("«»"), "a.yaml:1:1: error[S001]: m\n   1 |\n     | ^\n");
}

TEST(Render, shows_the_first_line_of_several_and_says_so) {
  EXPECT_EQ(rendered("a: «|\n  one\n  two»\n", "s"), R"(a.yaml:1:4: error[S001]: m
   1 | a: |
     |    ^ (to line 3) s
)");
}

TEST(Render, aligns_wide_and_combining_characters) {
  EXPECT_EQ(rendered("你好 «世界»!"), R"(a.yaml:1:4: error[S001]: m
   1 | 你好 世界!
     |      ^^^^
)");
  EXPECT_EQ(rendered("e\u0301 «x»"), "a.yaml:1:4: error[S001]: m\n   1 | e\u0301 x\n     |   ^\n");
}

TEST(Render, shows_what_is_invisible) {
  EXPECT_EQ(rendered("\ta\x1B[31m\x7F «b»"), R"(a.yaml:1:10: error[S001]: m
   1 | →a␛[31m␡ b
     |          ^
)");
  EXPECT_EQ(rendered("a\u202E\xFF «b»"), R"(a.yaml:1:5: error[S001]: m
   1 | a<U+202E><FF> b
     |               ^
)");
}

TEST(Render, cuts_a_very_long_line_around_the_place) {
  const std::string ahead(300, 'a');
  const std::string behind(300, 'z');
  EXPECT_EQ(rendered(ahead + "«here»" + behind),
            "a.yaml:1:301: error[S001]: m\n   1 | ..." + std::string(30, 'a') + "here" +
                std::string(66, 'z') + "...\n     | " + std::string(33, ' ') + "^^^^\n");
  EXPECT_EQ(rendered("«" + ahead + "»"), "a.yaml:1:1: error[S001]: m\n   1 | " +
                                             std::string(100, 'a') + "...\n     | " +
                                             std::string(100, '^') + "\n");
}

TEST(Render, stays_small_for_a_line_of_a_megabyte) {
  std::string text;
  for (int i = 0; i < 300'000; ++i) text += "世";
  const std::string out = rendered(text + "«x»" + text);
  EXPECT_LT(out.size(), 500U);
  EXPECT_NE(out.find("..."), std::string::npos);
}

TEST(Render, leaves_out_a_byte_order_mark) {
  EXPECT_EQ(rendered("\xEF\xBB\xBF«a»: b"), R"(a.yaml:1:1: error[S001]: m
   1 | a: b
     | ^
)");
}

TEST(Render, lists_related_places_and_counts) {
  Sources sources;
  const FileId file = sources.add("flows/a.yaml", "a: 1\nb: 2\na: 3\n");
  Findings findings;
  findings.add(Code::duplicate_key, {file, 10, 11}, "the key `a` is written twice", "",
               {{{file, 0, 1}, "it was first written here"}});
  findings.add(Code::number_trap, {file, 3, 4}, "w");
  findings.sort_in_file_order();
  EXPECT_EQ(render_text(sources, findings), R"(flows/a.yaml:1:4: warning[S058]: w
   1 | a: 1
     |    ^

flows/a.yaml:3:1: error[S003]: the key `a` is written twice
   3 | a: 3
     | ^
  related: flows/a.yaml:1:1: it was first written here

1 error, 1 warning
)");
  EXPECT_EQ(render_text(sources, Findings()), "");
}

TEST(Render, says_how_many_are_not_shown) {
  Sources sources;
  const FileId file = sources.add("a", "x");
  Findings findings;
  for (int i = 0; i < 1001; ++i) findings.add(Code::unknown_key, {file, 0, 1}, "m");
  const std::string out = render_text(sources, findings);
  EXPECT_TRUE(out.ends_with("\nonly the first 1000 are shown\n1001 errors\n"));
}

TEST(Render, can_be_coloured) {
  Sources sources;
  const FileId file = sources.add("a", "x");
  const Finding finding{Code::unknown_key, {file, 0, 1}, "m", "s", {}, {}};
  EXPECT_EQ(render_finding(sources, finding, {.colour = true}),
            "\x1b[1ma:1:1:\x1b[0m \x1b[1;31merror[S001]:\x1b[0m \x1b[1mm\x1b[0m\n"
            "\x1b[34m   1 |\x1b[0m x\n"
            "\x1b[34m     |\x1b[0m \x1b[1;31m^ s\x1b[0m\n");
}

TEST(Render, lets_no_message_or_path_move_the_cursor) {
  Sources sources;
  const FileId file = sources.add("a\n\x1B[2J", "x");
  const std::string out =
      render_finding(sources, {Code::unknown_key, {file, 0, 1}, "`\x1B]0;x\x07`", {}, {}, {}});
  EXPECT_EQ(out, "a␊␛[2J:1:1: error[S001]: `␛]0;x␇`\n   1 | x\n     | ^\n");
}

TEST(Excerpt, never_reaches_outside_the_file) {
  const SourceFile file("a", "ab\ncd\xF0\x9F");
  for (std::uint32_t begin = 0; begin <= 8; ++begin) {
    for (std::uint32_t end = begin; end <= 8; ++end) {
      const Excerpt excerpt = make_excerpt(file, {FileId{0}, begin, end});
      EXPECT_TRUE(excerpt.carets.ends_with('^'));
    }
  }
}

}  // namespace
}  // namespace alur::dsl
