#include "engine/machine/present.hpp"

#include <gtest/gtest.h>

#include <string>

namespace alur::machine {
namespace {

constexpr SystemWords words{"Pilih", "Balas dengan angkanya."};

Message message(std::string text, std::vector<std::string> labels = {}) {
  Message made;
  made.text = std::move(text);
  for (std::string& label : labels) {
    const auto key = static_cast<value::NameKey>(made.choices.size() + 1);
    made.choices.push_back({{7, key, 0}, std::move(label), {}});
  }
  made.button = made.choices.empty() ? "" : "Lihat";
  return made;
}

Message with_link(Message made, std::string label, std::string url) {
  if (!made.attachment) made.attachment = std::make_unique<Attachment>();
  made.attachment->link_label = std::move(label);
  made.attachment->link_url = std::move(url);
  return made;
}

Message with_image(Message made, std::string url) {
  if (!made.attachment) made.attachment = std::make_unique<Attachment>();
  made.attachment->image = std::move(url);
  return made;
}

// One line a message: `buttons: Halo [A] [B]`; line breaks as `/`.
std::string printed(const Message& made, const program::Channel& channel) {
  std::string out;
  for (const Shown& shown : present(made, channel, words)) {
    out += std::string(to_text(shown.kind)) + ":";
    if (!shown.url.empty()) out += " <" + shown.url + ">";
    if (!shown.text.empty()) out += " " + shown.text;
    if (!shown.label.empty()) out += " {" + shown.label + "}";
    for (const ShownChoice& choice : shown.choices) {
      out += " [" + choice.label + (choice.hint.empty() ? "" : " | " + choice.hint) + "]";
    }
    out += ";";
  }
  for (char& c : out) {
    if (c == '\n') c = '/';
  }
  return out;
}

std::string on_whatsapp(const Message& made) {
  return printed(made, *program::find_channel("whatsapp"));
}

program::Channel plain_channel() {
  program::Channel channel;
  channel.name = "plain";
  channel.media = false;
  return channel;
}

TEST(Present, Texts) {
  EXPECT_EQ(on_whatsapp(message("Halo")), "text: Halo;");
  EXPECT_EQ(on_whatsapp(message("")), "");
  const std::string long_text = std::string(4000, 'a') + "\n\n" + std::string(500, 'b');
  EXPECT_EQ(on_whatsapp(message(long_text)),
            "text: " + std::string(4000, 'a') + ";text: " + std::string(500, 'b') + ";");
}

TEST(Present, APlaceIsAskedForWithAButtonWhereThereIsOne) {
  Message made = message("Di mana Anda?");
  made.asks_place = true;
  EXPECT_EQ(on_whatsapp(made), "place_request: Di mana Anda?;");
  EXPECT_EQ(printed(made, *program::find_channel("telegram")), "text: Di mana Anda?;");
  made.text = std::string(1024, 'a') + "\n\nDi mana Anda?";
  EXPECT_EQ(on_whatsapp(made),
            "text: " + std::string(1024, 'a') + ";place_request: Di mana Anda?;");
  made = with_image(message("Di mana Anda?"), "https://x.id/a.png");
  made.asks_place = true;
  EXPECT_EQ(on_whatsapp(made), "image: <https://x.id/a.png>;place_request: Di mana Anda?;");
}

TEST(Present, ATemplateIsShownAsItsWordsAndItsName) {
  Message made = message("Ada kabar.");
  made.attachment = std::make_unique<Attachment>();
  made.attachment->template_name = "news";
  made.attachment->template_language = "id";
  const std::vector<Shown> shown = present(made, *program::find_channel("whatsapp"), words);
  ASSERT_EQ(shown.size(), 1u);
  EXPECT_EQ(shown[0].language, "id");
  EXPECT_EQ(on_whatsapp(made), "template: Ada kabar. {news};");
}

TEST(Present, UpToThreeShortLabelsAreButtons) {
  EXPECT_EQ(on_whatsapp(message("Pilih:", {"Ya", "Tidak"})), "buttons: Pilih: [Ya] [Tidak];");
  EXPECT_EQ(on_whatsapp(message("Pilih:", {"A", "B", "C", "D"})),
            "list: Pilih: {Lihat} [A] [B] [C] [D];");
}

TEST(Present, LabelsTooLongForButtonsMakeAList) {
  EXPECT_EQ(on_whatsapp(message("Pilih:", {"Lebih dari dua puluh!", "Tidak"})),
            "list: Pilih: {Lihat} [Lebih dari dua puluh!] [Tidak];");
}

TEST(Present, HintsNeedAList) {
  Message made = message("Pilih:", {"Ya", "Tidak"});
  made.choices[0].hint = "Kami hubungi Anda";
  EXPECT_EQ(on_whatsapp(made), "list: Pilih: {Lihat} [Ya | Kami hubungi Anda] [Tidak];");
  EXPECT_EQ(printed(made, *program::find_channel("webchat")),
            "buttons: Pilih: [Ya | Kami hubungi Anda] [Tidak];");
}

TEST(Present, LabelsThatDoNotFitAreNumbered) {
  const std::string name = "PT Bank Perkreditan Rakyat Sejahtera";
  EXPECT_EQ(on_whatsapp(message("Yang mana?", {name, "Bukan"})),
            "buttons: Yang mana?//1. " + name + "/2. Bukan [1] [2];");
  EXPECT_EQ(on_whatsapp(message("Yang mana?", {name, "B", "C", "D"})),
            "list: Yang mana?//1. " + name + "/2. B/3. C/4. D {Lihat} [1 | " + name +
                "] [2 | B] [3 | C] [4 | D];");
}

TEST(Present, EqualLabelsAreNumbered) {
  EXPECT_EQ(on_whatsapp(message("Yang mana?", {"Bank A", "Bank A"})),
            "buttons: Yang mana?//1. Bank A/2. Bank A [1] [2];");
}

TEST(Present, AuthorsMayHaveLabelsShortenedButNotData) {
  Message made = message("Pilih:", {"Sebuah label yang terlalu panjang untuk ini", "Tidak"});
  made.overflow = program::Overflow::shorten;
  EXPECT_EQ(on_whatsapp(made), "buttons: Pilih: [Sebuah label yang t\u2026] [Tidak];");
  made.data_labels = true;
  EXPECT_EQ(on_whatsapp(made),
            "buttons: Pilih://1. Sebuah label yang terlalu panjang untuk ini/2. Tidak [1] [2];");
}

TEST(Present, ShortenedLabelsThatBecomeEqualAreNumbered) {
  Message made = message("Pilih:", {"Label yang panjang sekali A", "Label yang panjang sekali B"});
  made.overflow = program::Overflow::shorten;
  EXPECT_EQ(on_whatsapp(made),
            "buttons: Pilih://1. Label yang panjang sekali A"
            "/2. Label yang panjang sekali B [1] [2];");
}

TEST(Present, MoreThanAListHoldsIsNumberedText) {
  Message made = message("Pilih:", {"A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K"});
  made.choices[0].hint = "yang pertama";
  EXPECT_EQ(on_whatsapp(made),
            "text: Pilih://1. A/   yang pertama/2. B/3. C/4. D/5. E/6. F/7. G/8. H/9. I/10. J"
            "/11. K//Balas dengan angkanya.;");
}

TEST(Present, APageIsNumberedByThePlacesAmongAll) {
  Message made = message("Pilih:", {"Kantor yang namanya panjang sekali", "B", "C", "Lainnya"});
  made.choices_before = 9;
  made.choices[3].tap.option = page_key;
  EXPECT_EQ(on_whatsapp(made),
            "list: Pilih://10. Kantor yang namanya panjang sekali/11. B/12. C/0. Lainnya"
            " {Lihat} [10 | Kantor yang namanya panjang sekali] [11 | B] [12 | C] [0 | Lainnya];");
}

// "5" typed there means the label 5, so numbers before the labels would mislead.
TEST(Present, LabelsThatAreNumbersBearNoOthers) {
  EXPECT_EQ(printed(message("Berapa bintang?", {"5", "4"}), plain_channel()),
            "text: Berapa bintang?//- 5/- 4;");
  Message made = message("Lantai?", {"Satu", "Dua"});
  made.positions = false;
  EXPECT_EQ(printed(made, plain_channel()), "text: Lantai?//- Satu/- Dua;");
}

TEST(Present, LongWordsGoBeforeTheChoices) {
  const std::string explanation(1020, 'a');
  EXPECT_EQ(on_whatsapp(message(explanation + "\n\nMau?", {"Ya"})),
            "text: " + explanation + ";buttons: Mau? [Ya];");
}

TEST(Present, ChoicesWithoutWordsStillHaveABody) {
  EXPECT_EQ(on_whatsapp(message("", {"Ya"})), "buttons: Pilih [Ya];");
}

TEST(Present, ALinkIsAButtonOrALine) {
  EXPECT_EQ(on_whatsapp(with_link(message("Baca:"), "Buka", "https://x.id")),
            "link: <https://x.id> Baca: {Buka};");
  EXPECT_EQ(on_whatsapp(with_link(message(""), "Buka", "https://x.id")),
            "link: <https://x.id> Buka {Buka};");
  EXPECT_EQ(on_whatsapp(with_link(message("Baca:", {"Ya"}), "Buka", "https://x.id")),
            "buttons: Baca://Buka: https://x.id [Ya];");
  EXPECT_EQ(on_whatsapp(with_link(message("Baca:"), "Sebuah label yang panjang", "https://x.id")),
            "text: Baca://Sebuah label yang panjang: https://x.id;");
  EXPECT_EQ(on_whatsapp(with_link(message("Telepon:"), "157", "tel:157")),
            "text: Telepon://157: tel:157;");
}

TEST(Present, MediaComeFirstOrWithACaption) {
  EXPECT_EQ(on_whatsapp(with_image(message("Peta"), "https://x.id/a.png")),
            "image: <https://x.id/a.png> Peta;");
  EXPECT_EQ(on_whatsapp(with_image(message("Peta", {"Ya"}), "https://x.id/a.png")),
            "image: <https://x.id/a.png>;buttons: Peta [Ya];");
  const std::string long_text(1030, 'a');
  EXPECT_EQ(on_whatsapp(with_image(message(long_text), "https://x.id/a.png")),
            "image: <https://x.id/a.png>;text: " + long_text + ";");
  EXPECT_EQ(printed(with_image(message("Peta"), "https://x.id/a.png"), plain_channel()),
            "text: Peta//https://x.id/a.png;");
}

TEST(Present, ALocationWithoutMediaIsItsAddress) {
  Message made = message("Kantor kami:");
  made.attachment = std::make_unique<Attachment>();
  made.attachment->location = std::make_unique<Location>();
  Location& place = *made.attachment->location;
  place.latitude = *value::Decimal::parse("-6.1754");
  place.longitude = *value::Decimal::parse("106.8272");
  place.name = "Kantor";
  EXPECT_EQ(printed(made, plain_channel()), "text: Kantor kami://Kantor//-6.1754, 106.8272;");
  EXPECT_EQ(on_whatsapp(made), "location:;text: Kantor kami:;");
}

}  // namespace
}  // namespace alur::machine
