// YAML as it may be written -> YAML as it should be. Each row is also formatted again, which must
// change nothing.
#include <gtest/gtest.h>

#include "dsl/finding/render.hpp"
#include "tools/fmt/format_yaml.hpp"

namespace alur::tools {
namespace {

std::string formatted(const std::string& text) {
  dsl::Sources sources;
  const dsl::FileId id = sources.add("t.flow.yaml", text);
  dsl::Findings findings;
  const auto out = format_yaml(sources.at(id), id, findings);
  return out ? *out : "refused\n" + dsl::render_text(sources, findings);
}

struct Row {
  const char* what;
  const char* is;
  const char* should_be;
};

class Format : public testing::TestWithParam<Row> {};

TEST_P(Format, GivesTheOneForm) {
  EXPECT_EQ(formatted(GetParam().is), GetParam().should_be);
  EXPECT_EQ(formatted(GetParam().should_be), GetParam().should_be);
}

const Row rows[] = {
    {"indentation", "a:\n    b:\n          c: 1\n    d: 2\n", "a:\n  b:\n    c: 1\n  d: 2\n"},
    {"dashes below their key", "a:\n- x\n- y\nb: 1\n", "a:\n  - x\n  - y\n\nb: 1\n"},
    {"maps in lists", "a:\n -    b: 1\n      c: 2\n -    d: 3\n",
     "a:\n  - b: 1\n    c: 2\n  - d: 3\n"},
    {"lists in lists", "a:\n-   - x\n    - y\n-   - z\n", "a:\n  - - x\n    - y\n  - - z\n"},
    {"an item below its dash", "a:\n  -\n      b: 1\n      c: 2\n",
     "a:\n  -\n    b: 1\n    c: 2\n"},
    {"a value below its key", "a:\n         long words\nb: 2\n", "a:\n  long words\n\nb: 2\n"},
    {"blanks around colons and dashes", "a  :    1\nb:\n  -    x\n", "a: 1\n\nb:\n  - x\n"},
    {"blanks at the ends of lines", "a: 1   \nb: \"x\"\t\n   \n", "a: 1\nb: \"x\"\n"},
    {"no line break at the end", "a: 1", "a: 1\n"},
    {"blank lines at both ends", "\n\na: 1\n\n\n", "a: 1\n"},
    {"many blank lines", "a: 1\n\n\n\nb: 2\n", "a: 1\n\nb: 2\n"},
    {"brackets", "a: [ x,y ,  z ]\nb: { c:  1 ,d: 2 }\n", "a: [x, y, z]\nb: {c: 1, d: 2}\n"},
    {"a value that is not written", "a: {b: x, c: }\nd:\n", "a: {b: x, c: }\nd:\n"},
    {"quoted keys in brackets", "a: {\"b\":1,'c' : 2}\n", "a: {\"b\": 1, 'c': 2}\n"},
    {"brackets over several lines", "a: [x,\n         y,\n  z\n      ]\nb: 1\n",
     "a: [x,\n  y,\n  z\n]\n\nb: 1\n"},
    {"brackets in brackets over several lines", "a: [\n[x,\ny],\n{b: 1,\nc: 2}\n]\n",
     "a: [\n  [x,\n    y],\n  {b: 1,\n    c: 2}\n]\n"},
    {"comments by themselves",
     "# head\na:\n    # above b\n    b: 1\n    # below b\n# above c\nc: 2\n",
     "# head\na:\n  # above b\n  b: 1\n  # below b\n\n# above c\nc: 2\n"},
    {"a comment beside nothing that it stands in", "a:\n   b: 1\n      # odd\n   c: 2\n",
     "a:\n  b: 1\n  # odd\n  c: 2\n"},
    {"comments behind words", "a: 1      # one\nb:   # two\n  - x# y\n  -    z   # three\n",
     "a: 1      # one\n\nb:   # two\n  - x# y\n  - z   # three\n"},
    {"comments in brackets", "a: [x,     # one\n    # two\n  y]\n",
     "a: [x,     # one\n  # two\n  y]\n"},
    {"a text of lines",
     "a:\n    b: |\n         one\n           two  \n\n         three\n    c: 1\n",
     "a:\n  b: |\n    one\n      two  \n\n    three\n  c: 1\n"},
    {"a text of lines in a list", "- |\n      one\n      two\n- >-\n  three\n",
     "- |\n  one\n  two\n- >-\n  three\n"},
    {"a text that begins with blanks", "a:\n    b: |2\n        one\n      two\n",
     "a:\n  b: |2\n      one\n    two\n"},
    {"a text that keeps its line breaks", "a:\n    b: |+\n      one\n\n\nc: 1\n",
     "a:\n  b: |+\n    one\n\n\nc: 1\n"},
    {"a comment after a text of lines",
     "a:\n      b: |\n          one\n        # no text\n      c: 1\n",
     "a:\n  b: |\n    one\n  # no text\n  c: 1\n"},
    {"words over several lines", "a:\n     b: one\n             two\n\n        three\n     c: 1\n",
     "a:\n  b: one\n    two\n\n    three\n  c: 1\n"},
    {"quoted words over several lines", "a: \"one\n      two \\\n     three\"\nb: 1\n",
     "a: \"one\n  two \\\n  three\"\n\nb: 1\n"},
    {"a blank line between states", "states:\n\n  a:\n    - stop: true\n  b:\n    - stop: true\n",
     "states:\n  a:\n    - stop: true\n\n  b:\n    - stop: true\n"},
    {"comments belong to the state below them",
     "states:\n  a:\n    - stop: true\n  # about b\n  # and more\n  b:\n    - stop: true\n",
     "states:\n  a:\n    - stop: true\n\n  # about b\n  # and more\n  b:\n    - stop: true\n"},
    {"sections", "flow: t\nabout: x\nvars:\n  a: number\nstates:\n  s:\n    - stop: true\n",
     "flow: t\nabout: x\n\nvars:\n  a: number\n\nstates:\n  s:\n    - stop: true\n"},
    {"other ends of lines", "a: |\r\n    one\r\n    two\r\nb:   1\r\n",
     "a: |\n  one\n  two\n\nb: 1\n"},
    {"a byte order mark",
     "\xEF\xBB\xBF"
     "a:   1\n",
     "a: 1\n"},
    {"letters beyond ASCII", "a:   \"é😀\"   # ü\n", "a: \"é😀\"   # ü\n"},
};
INSTANTIATE_TEST_SUITE_P(Rows, Format, testing::ValuesIn(rows));

TEST(FormatRefuses, FilesWithMistakes) {
  EXPECT_EQ(formatted("a: 1\na: 2\n").substr(0, 8), "refused\n");
  EXPECT_NE(formatted("a: [1\nb: 2\n").find("t.flow.yaml:1"), std::string::npos);
}

}  // namespace
}  // namespace alur::tools
