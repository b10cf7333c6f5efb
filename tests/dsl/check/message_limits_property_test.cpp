// The numbers of the check against what the machine really does: a message of known lengths stays
// whole exactly if its bound fits, whatever the channel.
#include "dsl/check/message_limits.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>

#include "engine/machine/present.hpp"

namespace alur::dsl {
namespace {

using machine::Message;
using machine::Shown;
using program::Channel;
using program::LengthUnit;

constexpr machine::SystemWords words{"Pilih", "Balas dengan angkanya."};

Channel any_channel() {
  const auto known = program::known_channels();
  if (*rc::gen::arbitrary<bool>()) {
    return *rc::gen::elementOf(std::vector<Channel>(known.begin(), known.end()));
  }
  Channel channel;
  channel.name = "any";
  channel.unit = *rc::gen::element(LengthUnit::utf16, LengthUnit::code_points, LengthUnit::bytes);
  channel.body_max = *rc::gen::inRange<std::size_t>(40, 2'000);
  channel.text_max = channel.body_max + *rc::gen::inRange<std::size_t>(0, 3'000);
  channel.caption_max = *rc::gen::inRange<std::size_t>(0, 1'000);
  channel.buttons_max = *rc::gen::inRange<std::size_t>(0, 12);
  channel.button_label_max = *rc::gen::inRange<std::size_t>(3, 40);
  channel.button_hints = *rc::gen::arbitrary<bool>();
  channel.place_requests = *rc::gen::arbitrary<bool>();
  channel.list_rows_max = *rc::gen::inRange<std::size_t>(0, 20);
  channel.list_label_max = *rc::gen::inRange<std::size_t>(3, 60);
  channel.list_hint_max = *rc::gen::inRange<std::size_t>(0, 80);
  channel.list_button_max = 30;
  channel.link_label_max = *rc::gen::inRange<std::size_t>(0, 30);
  channel.media = *rc::gen::arbitrary<bool>();
  return channel;
}

// So many letters, in one of several sizes.
std::string letters(int count) {
  const std::string letter = *rc::gen::element<std::string>("a", "\u00e9", "\u4f60", "\U0001F44D");
  std::string text;
  for (int i = 0; i < count; ++i) text += letter;
  return text;
}

struct Made {
  Message message;
  ChoicesBound choices;
  AttachedBound attached;
};

void add_choices(Made& made, int count_min) {
  const int count = *rc::gen::inRange(count_min, 15);
  const int label_max = *rc::gen::element(8, 20, 24, 60);
  for (int i = 0; i < count; ++i) {
    const std::string label = std::to_string(i) + "x" + letters(*rc::gen::inRange(0, label_max));
    const std::string hint =
        *rc::gen::arbitrary<bool>() ? letters(*rc::gen::inRange(0, 80)) : std::string();
    made.message.choices.push_back({{9, static_cast<value::NameKey>(i + 1), 0}, label, hint});
    made.choices.fixed.push_back({extent_of(label), extent_of(hint), false});
  }
  made.message.button = "Pilih";
}

void add_attachment(Made& made, const Channel& channel) {
  made.message.attachment = std::make_unique<machine::Attachment>();
  machine::Attachment& attachment = *made.message.attachment;
  const auto say = [&](const std::string& text) {
    if (made.attached.in_words.utf16 > 0) made.attached.in_words += Extent{2, 2, 2};
    made.attached.in_words += extent_of(text);
  };
  const auto file = [&](std::string& url) {
    if (!*rc::gen::arbitrary<bool>()) return;
    url = "https://example.org/file";
    ++made.attached.files;
    if (!channel.media) say(url);
  };
  file(attachment.image);
  file(attachment.document);
  if (!*rc::gen::arbitrary<bool>()) return;
  attachment.link_url = *rc::gen::element<std::string>("https://example.org", "tel:157");
  attachment.link_label = letters(*rc::gen::inRange(1, 30));
  const Extent label = extent_of(attachment.link_label);
  made.attached.link = made.message.choices.empty() && channel.link_label_max > 0 &&
                       attachment.link_url.starts_with("https") &&
                       label.in(channel.unit) <= limit_of(channel.link_label_max);
  if (!made.attached.link) say(attachment.link_label + ": " + attachment.link_url);
}

// Messages that bear words, not counting what a channel shows instead of none.
std::size_t count_with_words(const std::vector<Shown>& shown) {
  return static_cast<std::size_t>(std::count_if(
      shown.begin(), shown.end(), [](const Shown& each) { return !each.text.empty(); }));
}

RC_GTEST_PROP(MessageLimits, SayWhetherAMessageStaysWhole, ()) {
  const Channel channel = any_channel();
  Made made;
  made.message.text =
      letters(*rc::gen::element(1, 39, 200, 1'000, 1'020, 1'024, 1'030, 4'096, 4'097));
  if (*rc::gen::arbitrary<bool>()) add_choices(made, 0);
  if (*rc::gen::arbitrary<bool>()) add_attachment(made, channel);
  made.message.asks_place = made.message.choices.empty() && *rc::gen::arbitrary<bool>();
  made.attached.asks_place = made.message.asks_place;
  const WordsBound bound = words_bound(extent_of(made.message.text), made.attached, made.choices,
                                       extent_of(words.number_prompt), channel);
  const std::vector<Shown> shown = machine::present(made.message, channel, words);
  // A caption that does not fit follows its picture in a message of its own, which is whole too.
  const bool apart = bound.place == Place::caption && !bound.fits();
  if (apart) {
    RC_ASSERT(shown.front().text.empty());
    return;
  }
  RC_ASSERT(bound.fits() == (count_with_words(shown) == 1));
}

// Pages as engine/machine/pages.cpp cuts them.
RC_GTEST_PROP(MessageLimits, EveryPageThatFitsStaysWhole, ()) {
  Channel channel = any_channel();
  constexpr int rows_max = 6;
  const bool lists = channel.list_button_max > 0;  // else nothing opens one
  channel.list_rows_max = lists ? *rc::gen::inRange<std::size_t>(2, rows_max + 1) : 0;
  channel.buttons_max = *rc::gen::inRange<std::size_t>(lists ? 0 : 2, rows_max + 1);
  Made made;
  made.message.text = letters(*rc::gen::element(1, 39, 200, 700, 1'000, 1'024, 4'096));
  add_choices(made, rows_max + 1);
  constexpr std::string_view more = "Lainnya";
  made.choices.more = extent_of(std::string(more));
  const std::size_t rows = channel.choices_max();
  RC_ASSERT(has_pages(made.choices, channel));
  const WordsBound bound = words_bound(extent_of(made.message.text), {}, made.choices,
                                       extent_of(words.number_prompt), channel);
  RC_CLASSIFY(bound.fits());
  if (!bound.fits()) return;
  const std::vector<machine::Choice> all = std::move(made.message.choices);
  for (std::size_t begin = 0; begin < all.size();) {
    const bool last = all.size() - begin <= rows;
    const std::size_t end = last ? all.size() : begin + rows - 1;
    machine::Message& page = made.message;
    page.choices.assign(all.begin() + static_cast<std::ptrdiff_t>(begin),
                        all.begin() + static_cast<std::ptrdiff_t>(end));
    page.choices_before = begin;
    if (!last) page.choices.push_back({{9, machine::page_key, 1}, std::string(more), {}});
    const std::vector<Shown> shown = machine::present(page, channel, words);
    RC_ASSERT(count_with_words(shown) == 1);
    RC_ASSERT(shown.back().choices.size() == page.choices.size());
    begin = end;
  }
}

// A question whose labels all have this length, on its first page.
Message first_page(int count, int length, const Channel& channel) {
  Message message;
  message.text = "Yang mana?";
  message.button = "Pilih";
  const bool paged = static_cast<std::size_t>(count) > channel.choices_max();
  const int shown = paged ? static_cast<int>(channel.choices_max()) - 1 : count;
  for (int i = 0; i < shown; ++i) {
    std::string label = std::to_string(10 + i);
    label.resize(static_cast<std::size_t>(length), 'x');
    message.choices.push_back({{9, static_cast<value::NameKey>(i + 1), 0}, label, {}});
  }
  if (paged) message.choices.push_back({{9, machine::page_key, 1}, "...", {}});
  return message;
}

RC_GTEST_PROP(MessageLimits, LabelsAreTappedAsTheyAreExactlyWhereTheyHaveRoom, ()) {
  const Channel channel = any_channel();
  RC_PRE(channel.choices_max() > 1);
  const int count = *rc::gen::inRange(1, 15);
  const int length = *rc::gen::inRange(3, 70);
  ChoicesBound choices;
  choices.fixed.assign(static_cast<std::size_t>(count),
                       {extent_of(std::string(static_cast<std::size_t>(length), 'x')), {}, false});
  choices.more = extent_of("...");
  const Message message = first_page(count, length, channel);
  const std::vector<Shown> shown = machine::present(message, channel, words);
  const auto& tapped = shown.back().choices;
  const bool as_they_are = !tapped.empty() && tapped.front().label == message.choices.front().label;
  RC_ASSERT(as_they_are == (length <= choice_room(choices, channel).label));
}

// A channel of words alone: the options are numbered, and only the words' own limit bounds them.
RC_GTEST_PROP(MessageLimits, WithoutButtonsAndListsLabelsHaveAllTheRoomOfTheWords, ()) {
  Channel channel = any_channel();
  channel.buttons_max = channel.list_rows_max = 0;
  Made made;
  made.message.text = letters(*rc::gen::element(1, 39, 200));
  add_choices(made, 1);
  const ChoiceRoom room = choice_room(made.choices, channel);
  RC_ASSERT(made.choices.count_max() <= room.count);
  for (const ChoiceBound& choice : made.choices.fixed) {
    RC_ASSERT(choice.label.in(channel.unit) <= room.label);
    RC_ASSERT(choice.hint.in(channel.unit) <= room.hint);
  }
  const WordsBound bound = words_bound(extent_of(made.message.text), {}, made.choices,
                                       extent_of(words.number_prompt), channel);
  const std::vector<Shown> shown = machine::present(made.message, channel, words);
  RC_ASSERT(bound.fits() == (shown.size() == 1));
  RC_ASSERT(shown.back().choices.empty());
  std::string said;
  for (const Shown& one : shown) said += one.text;
  for (const machine::Choice& choice : made.message.choices) {
    if (shown.size() == 1) RC_ASSERT(said.find(". " + choice.label) != said.npos);
  }
}

}  // namespace
}  // namespace alur::dsl
