// The table of findings keeps its own rules.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "dsl/finding/finding.hpp"

namespace alur::dsl {
namespace {

char letter_of(Group group) {
  switch (group) {
    case Group::shape:
      return 'S';
    case Group::names:
      return 'N';
    case Group::types:
      return 'T';
    case Group::languages:
      return 'L';
    case Group::channels:
      return 'K';
    case Group::overlap:
      return 'O';
    case Group::privacy:
      return 'V';
    case Group::control:
      return 'C';
    case Group::people:
      return 'P';
    case Group::chats:
      return 'H';
    case Group::settings:
      return 'A';
  }
  return '?';
}

TEST(Codes, are_a_letter_of_their_group_and_three_digits) {
  for (const CodeRow& kind : all_codes()) {
    ASSERT_EQ(kind.text.size(), 4U) << kind.text;
    EXPECT_EQ(kind.text[0], letter_of(kind.group)) << kind.text;
    EXPECT_EQ(kind.text.substr(1).find_first_not_of("0123456789"), std::string_view::npos);
  }
}

TEST(Codes, are_unique_and_found_by_their_text) {
  std::set<std::string_view> texts;
  std::set<std::string_view> names;
  for (const CodeRow& kind : all_codes()) {
    EXPECT_TRUE(texts.insert(kind.text).second) << kind.text;
    EXPECT_TRUE(names.insert(kind.name).second) << kind.name;
    EXPECT_EQ(find_code(kind.text), kind.code);
    EXPECT_EQ(&row(kind.code), &kind);
  }
  EXPECT_EQ(find_code("S000"), std::nullopt);
  EXPECT_EQ(find_code(""), std::nullopt);
}

TEST(Codes, have_titles_without_a_full_stop) {
  for (const CodeRow& kind : all_codes()) {
    EXPECT_FALSE(kind.title.empty()) << kind.text;
    EXPECT_NE(kind.title.back(), '.') << kind.text;
  }
}

}  // namespace
}  // namespace alur::dsl
