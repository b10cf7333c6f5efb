// What Telegram tells is read, and what is sent is written, as the Bot API has it.
#include <gtest/gtest.h>

#include "adapters/telegram/bot_api.hpp"

namespace alur::tests {
namespace {

using namespace adapters;
using machine::Input;
using machine::Shown;
using Kind = ports::SendResult::Kind;

constexpr const char* from = R"("from":{"id":7,"is_bot":false},"chat":{"id":7,"type":"private"})";

TelegramUpdate read(const std::string& members) {
  const auto updates = decode_updates("{\"update_id\":5," + members + "}");
  EXPECT_EQ(updates.size(), 1u) << members;
  return updates.empty() ? TelegramUpdate() : updates.front();
}

TelegramUpdate message(const std::string& members) {
  return read("\"message\":{\"message_id\":1," + std::string(from) + "," + members + "}");
}

TEST(TelegramUpdates, WordsAndTheirChat) {
  const auto update = message(R"("text":"halo")");
  EXPECT_EQ(update.id, 5);
  EXPECT_EQ(update.chat, 7);
  EXPECT_EQ(update.input.kind, Input::Kind::text);
  EXPECT_EQ(update.input.text, "halo");
}

TEST(TelegramUpdates, ATapHasTheLabelOfItsButton) {
  const auto update = read(
      R"("callback_query":{"id":"q1","from":{"id":7,"is_bot":false},"data":"3-k7-2","message":{
         "message_id":1,"from":{"id":1,"is_bot":true},"chat":{"id":7},"reply_markup":{
         "inline_keyboard":[[{"text":"Ya","callback_data":"3-k6"}],
                            [{"text":"Tidak","callback_data":"3-k7-2"}]]}}})");
  EXPECT_EQ(update.input.kind, Input::Kind::tap);
  EXPECT_EQ(update.input.tap, *machine::parse_tap("3-k7-2"));
  EXPECT_EQ(update.input.text, "Tidak");
  EXPECT_EQ(update.callback, "q1");
  EXPECT_EQ(update.chat, 7);
}

TEST(TelegramUpdates, ATapOfOtherDataNamesNothing) {
  const auto update = read(
      R"("callback_query":{"id":"q1","from":{"id":7},"data":"vote:1","message":{"chat":{"id":7}}})");
  EXPECT_EQ(update.input.kind, Input::Kind::tap);
  EXPECT_EQ(update.input.tap.serial, 0u);
}

TEST(TelegramUpdates, MediaIsNamedByItsFile) {
  const auto photo = message(
      R"("caption":"KTP","photo":[{"file_id":"small"},{"file_id":"large","file_size":9000}])");
  ASSERT_TRUE(photo.input.media);
  EXPECT_EQ(photo.input.media->source, "large");
  EXPECT_EQ(photo.input.media->size_bytes, 9'000u);
  EXPECT_EQ(photo.input.text, "KTP");
  const auto paper =
      message(R"("document":{"file_id":"d","file_name":"a.pdf","mime_type":"application/pdf"})");
  ASSERT_TRUE(paper.input.media);
  EXPECT_EQ(paper.input.media->kind, value::MediaKind::document);
  EXPECT_EQ(paper.input.media->file_name, "a.pdf");
  const auto place = message(R"("location":{"latitude":-6.175,"longitude":106.827})");
  ASSERT_TRUE(place.input.media);
  EXPECT_EQ(place.input.media->kind, value::MediaKind::location);
  EXPECT_EQ(place.input.media->latitude, *value::Decimal::parse("-6.175"));
  EXPECT_EQ(message(R"("dice":{"value":3})").input.kind, Input::Kind::unsupported);
}

TEST(TelegramUpdates, WhatNobodySaidIsHeardByNobody) {
  EXPECT_EQ(message(R"("pinned_message":{})").chat, 0);
  EXPECT_EQ(read(R"("poll":{"id":"1"})").chat, 0);
  EXPECT_EQ(read(R"("message":{"from":{"id":1,"is_bot":true},"chat":{"id":7},"text":"me"})").chat,
            0);
  EXPECT_EQ(read(R"("message":{"from":{"id":7},"chat":{"id":-1007},"text":"all"})").chat, 0)
      << "of a group";
  EXPECT_EQ(read("\"edited_message\":{" + std::string(from) + R"(,"text":"b"})").input.kind,
            Input::Kind::edited);
}

TEST(TelegramUpdates, OneThatIsNoneCostsNoNeighbour) {
  const auto updates = decode_updates(
      R"({"ok":true,"result":[7,{"update_id":"x"},
          {"update_id":9,"message":{"chat":{"id":7},"text":"b"}},
          {"update_id":8,"message":null}]})");
  ASSERT_EQ(updates.size(), 2u);
  EXPECT_EQ(updates[0].chat, 0);
  EXPECT_EQ(updates[1].input.text, "b");
  for (const char* none : {R"({"ok":true})", "nothing", "[]", R"({"ok":true,"result":[]})"}) {
    EXPECT_TRUE(decode_updates(none).empty()) << none;
  }
}

// What is fetched is judged before it is read: an update that nests deep must not hold up the rest.
TEST(TelegramUpdates, WhatCanBeReadIsTaken) {
  std::string deep = "1";
  for (int i = 0; i < 28; ++i) deep = "[" + deep + "]";
  const std::string fetched = R"({"ok":true,"result":[{"update_id":3,"poll":)" + deep + "}]}";
  EXPECT_EQ(classify_telegram(200, fetched).kind, Kind::accepted);
  EXPECT_EQ(decode_updates(fetched).size(), 1u);
}

Shown shown(Shown::Kind kind, const std::string& text) {
  Shown made;
  made.kind = kind;
  made.text = text;
  return made;
}

TEST(TelegramCalls, EachKindHasItsMethod) {
  const auto words = render_telegram(-5, shown(Shown::Kind::text, "halo"));
  EXPECT_EQ(words.target, "sendMessage");
  EXPECT_EQ(words.body,
            R"({"chat_id":-5,"text":"halo","link_preview_options":{"is_disabled":true}})");
  Shown image = shown(Shown::Kind::image, "");
  image.url = "https://e.org/a.png";
  EXPECT_EQ(render_telegram(1, image).target, "sendPhoto");
  EXPECT_EQ(render_telegram(1, image).body, R"({"chat_id":1,"photo":"https://e.org/a.png"})");
  Shown paper = shown(Shown::Kind::document, "Baca");
  paper.url = "file_id";
  EXPECT_EQ(render_telegram(1, paper).body,
            R"({"chat_id":1,"document":"file_id","caption":"Baca"})");
  Shown place = shown(Shown::Kind::location, "");
  EXPECT_EQ(render_telegram(1, place).target, "sendLocation");
  place.location.name = "Kantor";
  EXPECT_EQ(render_telegram(1, place).target, "sendVenue");
}

TEST(TelegramCalls, ChoicesAreAColumnOfButtons) {
  Shown buttons = shown(Shown::Kind::buttons, "Mana?");
  buttons.choices = {{"3-k6", "Ya", ""}, {"3-k7", "Tidak", ""}};
  EXPECT_EQ(render_telegram(1, buttons).body,
            R"({"chat_id":1,"reply_markup":{"inline_keyboard":[[{"text":"Ya","callback_data":)"
            R"("3-k6"}],[{"text":"Tidak","callback_data":"3-k7"}]]},"text":"Mana?",)"
            R"("link_preview_options":{"is_disabled":true}})");
}

TEST(TelegramAnswers, SayWhatBecameOfAMessage) {
  const auto kind = [](int status, const char* body) {
    return classify_telegram(status, body).kind;
  };
  EXPECT_EQ(kind(200, R"({"ok":true,"result":{}})"), Kind::accepted);
  EXPECT_EQ(kind(200, "<html>"), Kind::unknown);
  EXPECT_EQ(kind(400, R"({"ok":false})"), Kind::dropped);
  EXPECT_EQ(kind(401, ""), Kind::paused);
  EXPECT_EQ(kind(403, ""), Kind::dropped);
  EXPECT_EQ(kind(502, ""), Kind::unknown);
  EXPECT_EQ(kind(503, ""), Kind::retry);
  EXPECT_EQ(classify_telegram(401, "").reason, "401: the bot's token");
  const auto fast = classify_telegram(429, R"({"ok":false,"parameters":{"retry_after":17}})");
  EXPECT_EQ(fast.kind, Kind::wait_pair);
  EXPECT_EQ(fast.after_ms, 17'000);
}

}  // namespace
}  // namespace alur::tests
