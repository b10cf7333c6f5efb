// Good YAML and the tree that it makes, with every place.
#include <gtest/gtest.h>

#include "tests/dsl/yaml/reading.hpp"

namespace alur::dsl {
namespace {

struct Row {
  const char* name;
  const char* yaml;
  const char* tree;
};

const Row rows[] = {
    {"a map in a map", "flow: greeting\nstates:\n  start:\n    - goto: menu\n",
     R"(1:1-4:17 map
  1:1-1:5 key plain "flow"
    1:7-1:15 plain "greeting"
  2:1-2:7 key plain "states"
    3:3-4:17 map
      3:3-3:8 key plain "start"
        4:5-4:17 list
          4:7-4:17 map
            4:7-4:11 key plain "goto"
              4:13-4:17 plain "menu"
)"},
    {"values that are not written, and written nulls",
     "a:\nb: ~\nc:   # nothing\nd:\n  - \n  - null\ne: null\n",
     R"(1:1-7:8 map
  1:1-1:2 key plain "a"
    1:3-1:3 null
  2:1-2:2 key plain "b"
    2:4-2:5 null
  3:1-3:2 key plain "c"
    3:3-3:3 null
  4:1-4:2 key plain "d"
    5:3-6:9 list
      5:4-5:4 null
      6:5-6:9 null
  7:1-7:2 key plain "e"
    7:4-7:8 null
)"},
    {"a key that is called null comes after a value that is not written", "a:\nnull: b\n",
     R"(1:1-2:8 map
  1:1-1:2 key plain "a"
    1:3-1:3 null
  2:1-2:5 key plain "null"
    2:7-2:8 plain "b"
)"},
    {"brackets", "a: [x, 'y z', {b: c, d: }]\ne: []\nf: {}\ng: [x,\n  # why\n  y,\n]\n",
     R"(1:1-7:2 map
  1:1-1:2 key plain "a"
    1:4-1:27 list
      1:5-1:6 plain "x"
      1:8-1:13 single "y z"
      1:15-1:26 map
        1:16-1:17 key plain "b"
          1:19-1:20 plain "c"
        1:22-1:23 key plain "d"
          1:24-1:24 null
  2:1-2:2 key plain "e"
    2:4-2:6 list
  3:1-3:2 key plain "f"
    3:4-3:6 map
  4:1-4:2 key plain "g"
    4:4-7:2 list
      4:5-4:6 plain "x"
      6:3-6:4 plain "y"
)"},
    {"a map of one key inside a list in brackets", "[a: b, c]\n",
     R"(1:1-1:10 list
  1:2-1:6 map
    1:2-1:3 key plain "a"
      1:5-1:6 plain "b"
  1:8-1:9 plain "c"
)"},
    {"quotes", R"(a: ''
b: "say \"hi\"\n\u00e9\x21"
'it''s': "# no: comment"
)",
     R"(1:1-3:25 map
  1:1-1:2 key plain "a"
    1:4-1:6 single ""
  2:1-2:2 key plain "b"
    2:4-2:28 double "say \"hi\"\né!"
  3:1-3:8 key single "it's"
    3:10-3:25 double "# no: comment"
)"},
    {"the last line break of a block text is dropped, except with +",
     "a: |\n  one\n\n    two\n  three: 3 # not a comment\nb: >-\n  four\n  five\n\n  six\nc: |+\n  "
     "seven\n\nd: |\ne: |2\n   eight\n",
     R"(1:1-16:9 map
  1:1-1:2 key plain "a"
    1:4-5:27 literal "one\n\n  two\nthree: 3 # not a comment"
  6:1-6:2 key plain "b"
    6:4-10:6 folded "four five\nsix"
  11:1-11:2 key plain "c"
    11:4-14:1 literal "seven\n\n"
  14:1-14:2 key plain "d"
    14:4-14:5 literal ""
  15:1-15:2 key plain "e"
    15:4-16:9 literal " eight"
)"},
    {"plain and quoted texts over several lines",
     "a: one\n  two\n\n  three\nb: \"four\n  five\\\n  six\n\n  seven\"\nc: [x\n  y, z]\n",
     R"(1:1-11:8 map
  1:1-1:2 key plain "a"
    1:4-4:8 plain "one two\nthree"
  5:1-5:2 key plain "b"
    5:4-9:9 double "four fivesix\nseven"
  10:1-10:2 key plain "c"
    10:4-11:8 list
      10:5-11:4 plain "x y"
      11:6-11:7 plain "z"
)"},
    {"CR LF, a byte order mark, --- and ...",
     "\xEF\xBB\xBF---\r\na: |\r\n  x\r\n  y\r\nb: c\r\n...\r\n",
     R"(2:1-5:5 map
  2:1-2:2 key plain "a"
    2:4-4:4 literal "x\ny"
  5:1-5:2 key plain "b"
    5:4-5:5 plain "c"
)"},
    {"columns count code points", "é😀: 你好 # ok\n",
     R"(1:1-1:7 map
  1:1-1:3 key plain "é😀"
    1:5-1:7 plain "你好"
)"},
    {"what looks special inside a text is only text",
     "a: buka 08:00-17:00, ya & tidak * [nama] {x} 100% a#b it's \"so\"\nb: http://a.b/c?d#e\nc: "
     "-1\nd: ?x\ne: :y\n",
     R"(1:1-5:6 map
  1:1-1:2 key plain "a"
    1:4-1:64 plain "buka 08:00-17:00, ya & tidak * [nama] {x} 100% a#b it's \"so\""
  2:1-2:2 key plain "b"
    2:4-2:20 plain "http://a.b/c?d#e"
  3:1-3:2 key plain "c"
    3:4-3:6 plain "-1"
  4:1-4:2 key plain "d"
    4:4-4:6 plain "?x"
  5:1-5:2 key plain "e"
    5:4-5:6 plain ":y"
)"},
    {"a tab may stand inside a line and inside a block text", "a:\tb\nc: |\n  x\n  \ty\n",
     R"(1:1-4:5 map
  1:1-1:2 key plain "a"
    1:4-1:5 plain "b"
  2:1-2:2 key plain "c"
    2:4-4:5 literal "x\n\x09y"
)"},
    {"a list may stand in the column of its key", "a:\n- b\n- - c\n  - d\ne: f\n",
     R"(1:1-5:5 map
  1:1-1:2 key plain "a"
    2:1-4:6 list
      2:3-2:4 plain "b"
      3:3-4:6 list
        3:5-3:6 plain "c"
        4:5-4:6 plain "d"
  5:1-5:2 key plain "e"
    5:4-5:5 plain "f"
)"},
};

TEST(Tree, has_every_place) {
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    const Reading reading(row.yaml);
    EXPECT_EQ(reading.dump(), row.tree);
    EXPECT_EQ(reading.rendered(), "");
    EXPECT_TRUE(reading.document.whole());
  }
}

TEST(Tree, finds_keys_in_small_and_large_maps) {
  std::string yaml;
  for (int i = 0; i < 100; ++i)
    yaml += "key_" + std::to_string(i) + ": " + std::to_string(i) + "\n";
  const Reading large(yaml);
  for (int i = 0; i < 100; ++i) {
    const Node* const value = large.root().find("key_" + std::to_string(i));
    ASSERT_NE(value, nullptr);
    EXPECT_EQ(value->text(), std::to_string(i));
  }
  EXPECT_EQ(large.root().find("key_100"), nullptr);
  const Reading small("a: 1\nb: 2\n");
  EXPECT_EQ(small.root().find("b")->text(), "2");
  EXPECT_EQ(small.root().find("c"), nullptr);
  EXPECT_EQ(small.root().find("b")->find("x"), nullptr);
}

TEST(Tree, keeps_texts_of_the_source_as_views_of_it) {
  const Reading reading("a: plain\nb: 'single'\nc: \"double\"\nd: |\n  literal\n");
  const std::string_view source = reading.sources.at(reading.file).text();
  for (const Entry& entry : reading.root().entries()) {
    EXPECT_GE(entry.value.text().data(), source.data());
    EXPECT_LE(entry.value.text().data() + entry.value.text().size(), source.data() + source.size());
  }
}

TEST(Tree, stays_where_it_is_when_the_document_moves) {
  Reading reading("a: [b]\n");
  const Node* const root = &reading.root();
  const Document moved = std::move(reading.document);
  EXPECT_EQ(&moved.root(), root);
  EXPECT_EQ(moved.root().find("a")->items()[0].text(), "b");
}

}  // namespace
}  // namespace alur::dsl
