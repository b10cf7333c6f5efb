#include "tools/chat/screen.hpp"

#include <gtest/gtest.h>

#include "engine/value/text.hpp"

namespace alur::tools {
namespace {

constexpr machine::SystemWords words{"Pilih", "Balas dengan angkanya."};

machine::Message message(std::string text, std::vector<std::string> labels = {}) {
  machine::Message made;
  made.text = std::move(text);
  for (std::string& label : labels) made.choices.push_back({{1, 2, 3}, std::move(label), {}});
  for (std::size_t i = 0; i < made.choices.size(); ++i) made.choices[i].tap.item = i;
  made.button = "Lihat";
  return made;
}

std::string drawn(const machine::Message& made, const char* channel = "console") {
  return Screen{}.draw(made, *program::find_channel(channel), words);
}

TEST(Screen, WrapsAtBlanks) {
  EXPECT_EQ(wrapped("satu dua tiga empat lima enam", 22, "  "),
            "  satu dua tiga empat\n  lima enam\n");
  EXPECT_EQ(wrapped("a\n\nb", 22, "  "), "  a\n\n  b\n");
  EXPECT_EQ(wrapped("satu dua tiga  empatlimaenam", 24, "  "),
            "  satu dua tiga\n  empatlimaenam\n");
  // Wide characters take two columns each.
  EXPECT_EQ(
      wrapped("\u4f60\u597d\u4f60\u597d\u4f60 \u597d\u4f60\u597d\u4f60\u597d \u4f60", 24, "  "),
      "  \u4f60\u597d\u4f60\u597d\u4f60 \u597d\u4f60\u597d\u4f60\u597d\n  \u4f60\n");
}

TEST(Screen, NumbersChoices) {
  EXPECT_EQ(drawn(message("Halo", {"Ya", "Tidak"})),
            "  Halo\n"
            "    1 Ya\n"
            "    2 Tidak\n"
            "\n");
  machine::Message stars = message("Berapa?", {"5", "Lewati"});
  stars.positions = false;
  EXPECT_EQ(drawn(stars),
            "  Berapa?\n"
            "    - 5\n"
            "    - Lewati\n"
            "\n");
}

TEST(Screen, NumbersAPageByThePlacesOfItsChoicesAmongAll) {
  machine::Message page = message("Di mana?", {"Papua", "Riau", "Lainnya"});
  page.choices_before = 9;
  page.choices[0].tap.option = page.choices[1].tap.option = 7;
  page.choices[2].tap.option = machine::page_key;
  EXPECT_EQ(drawn(page),
            "  Di mana?\n"
            "   10 Papua\n"
            "   11 Riau\n"
            "    0 Lainnya\n"
            "\n");
}

TEST(Screen, ShowsWhatAChannelMakesOfIt) {
  EXPECT_EQ(drawn(message("Halo", {"A", "B", "C", "D"}), "whatsapp"),
            "  Halo\n"
            "  Lihat:\n"
            "    1 A\n"
            "    2 B\n"
            "    3 C\n"
            "    4 D\n"
            "\n");
}

TEST(Screen, ObeysNothingThatDataBring) {
  EXPECT_EQ(drawn(message("a\x1b[2Jb\u009bc\u202ed\re")), "  a?[2Jb?c?d?e\n\n");
  EXPECT_EQ(drawn(message("\U0001F468\u200D\U0001F469")), "  \U0001F468\u200D\U0001F469\n\n");
}

TEST(Screen, ColoursOnlyWhenAsked) {
  Screen screen;
  EXPECT_EQ(screen.prompt(), "> ");
  EXPECT_EQ(screen.remark("x").find('\x1b'), std::string::npos);
  screen.colour = true;
  EXPECT_NE(screen.remark("x").find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace alur::tools
