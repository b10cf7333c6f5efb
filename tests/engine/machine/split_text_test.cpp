#include "engine/machine/split_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace alur::machine {
namespace {

using program::LengthUnit;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string_view> split(std::string_view text, std::size_t part, std::size_t last) {
  return split_text(text, {LengthUnit::utf16, part, last});
}

TEST(SplitText, LeavesWhatFits) {
  EXPECT_THAT(split("Halo semua", 10, 10), ElementsAre("Halo semua"));
  EXPECT_THAT(split("  Halo \n", 4, 4), ElementsAre("Halo"));
  EXPECT_THAT(split("", 10, 10), IsEmpty());
  EXPECT_THAT(split(" \n\t ", 10, 10), IsEmpty());
}

TEST(SplitText, CutsWhereAReaderPauses) {
  EXPECT_THAT(split("Satu dua.\n\nTiga. Empat lima", 25, 25),
              ElementsAre("Satu dua.", "Tiga. Empat lima"));
  EXPECT_THAT(split("Satu dua\nTiga. Empat lima", 20, 20),
              ElementsAre("Satu dua", "Tiga. Empat lima"));
  EXPECT_THAT(split("Satu dua. Tiga empat lima", 20, 20),
              ElementsAre("Satu dua.", "Tiga empat lima"));
  EXPECT_THAT(split("Satu dua tiga empat lima", 13, 13),
              ElementsAre("Satu dua tiga", "empat lima"));
  EXPECT_THAT(split("abcdefghij", 4, 4), ElementsAre("abcd", "efgh", "ij"));
}

// A paragraph that ends right at the beginning would leave a first message of a word or two.
TEST(SplitText, PrefersNoScrapsAtTheBeginning) {
  EXPECT_THAT(split("A\n\nbbbb cccc dddd. eeee ffff", 20, 20),
              ElementsAre("A\n\nbbbb cccc dddd.", "eeee ffff"));
}

TEST(SplitText, MakesTheLastPartShort) {
  EXPECT_THAT(split("Satu dua.\n\nTiga empat?", 40, 12), ElementsAre("Satu dua.", "Tiga empat?"));
  EXPECT_THAT(split("Satu dua tiga empat", 40, 10), ElementsAre("Satu dua", "tiga empat"));
  EXPECT_THAT(split("abcdefghij", 40, 4), ElementsAre("abcdef", "ghij"));
}

TEST(SplitText, CutsNoGrapheme) {
  const std::string family = "\U0001F468\u200D\U0001F469\u200D\U0001F467";  // 8 units
  EXPECT_THAT(split(family + family, 10, 10), ElementsAre(family, family));
  const std::string accented = "e\u0301";
  EXPECT_THAT(split(accented + accented, 3, 3), ElementsAre(accented, accented));
  // A mark on a blank belongs to the blank.
  EXPECT_THAT(split("ab \u0301cd", 4, 4), ElementsAre("ab \u0301", "cd"));
}

TEST(SplitText, GoesOnWhereAGraphemeIsTooLong) {
  const std::string family = "\U0001F468\u200D\U0001F469\u200D\U0001F467";
  EXPECT_THAT(split(family, 5, 5), ElementsAre("\U0001F468\u200D\U0001F469", "\u200D\U0001F467"));
  EXPECT_THAT(split("\U0001F468", 1, 1), ElementsAre("\U0001F468"));
}

TEST(SplitText, CountsInTheChannelsUnit) {
  const std::string text = "\U0001F600\U0001F600\u00e9\u00e9";
  EXPECT_EQ(length_in(LengthUnit::utf16, text), 6u);
  EXPECT_EQ(length_in(LengthUnit::code_points, text), 4u);
  EXPECT_EQ(length_in(LengthUnit::bytes, text), 12u);
  EXPECT_EQ(prefix_in(LengthUnit::utf16, text, 3), "\U0001F600");
  EXPECT_EQ(prefix_in(LengthUnit::code_points, text, 3), "\U0001F600\U0001F600\u00e9");
  EXPECT_EQ(prefix_in(LengthUnit::bytes, text, 9), "\U0001F600\U0001F600");
}

}  // namespace
}  // namespace alur::machine
