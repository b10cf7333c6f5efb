// Whatever the message and the channel: inside the limits, nothing lost, every choice reachable.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "engine/machine/present.hpp"
#include "engine/machine/split_text.hpp"
#include "engine/value/text.hpp"

namespace alur::machine {
namespace {

using program::Channel;
using program::LengthUnit;

constexpr SystemWords words{"Pilih", "Balas dengan angkanya."};

// Pieces that are hard to cut: families, flags, marks, letters that run the other way.
const std::vector<std::string>& pieces() {
  static const std::vector<std::string> all{"a",
                                            "b",
                                            "Z",
                                            "7",
                                            " ",
                                            " ",
                                            ". ",
                                            "\n",
                                            "\n\n",
                                            "\u00e9",
                                            "e\u0301",
                                            "\u0301",
                                            "\u0645\u0631",
                                            "\u05e9",
                                            "\u200f",
                                            "\U0001F468\u200D\U0001F469\u200D\U0001F467",
                                            "\U0001F1EE\U0001F1E9",
                                            "\U0001F44D\U0001F3FD",
                                            "\u4f60",
                                            "\uff01",
                                            "kata ",
                                            "*tebal* "};
  return all;
}

rc::Gen<std::string> texts(int units_max) {
  return rc::gen::mapcat(rc::gen::inRange(0, units_max + 1), [](int units) {
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(
                            static_cast<std::size_t>(units), rc::gen::elementOf(pieces())),
                        [](const std::vector<std::string>& parts) {
                          std::string text;
                          for (const std::string& part : parts) text += part;
                          return text;
                        });
  });
}

rc::Gen<Channel> channels() {
  const auto& known = program::known_channels();
  const auto bounded = rc::gen::exec([] {
    Channel channel;
    channel.name = "any";
    channel.unit = *rc::gen::element(LengthUnit::utf16, LengthUnit::code_points, LengthUnit::bytes);
    channel.body_max = *rc::gen::inRange<std::size_t>(40, 2000);
    channel.text_max = channel.body_max + *rc::gen::inRange<std::size_t>(0, 3000);
    channel.caption_max = *rc::gen::inRange<std::size_t>(0, 1000);
    channel.buttons_max = *rc::gen::inRange<std::size_t>(0, 12);
    channel.button_label_max = *rc::gen::inRange<std::size_t>(0, 40);
    channel.button_hints = *rc::gen::arbitrary<bool>();
    channel.place_requests = *rc::gen::arbitrary<bool>();
    channel.list_rows_max = *rc::gen::inRange<std::size_t>(0, 40);
    channel.list_label_max = *rc::gen::inRange<std::size_t>(0, 60);
    channel.list_hint_max = *rc::gen::inRange<std::size_t>(0, 80);
    channel.list_button_max = *rc::gen::inRange<std::size_t>(0, 30);
    channel.link_label_max = *rc::gen::inRange<std::size_t>(0, 30);
    channel.media = *rc::gen::arbitrary<bool>();
    return channel;
  });
  return rc::gen::oneOf(rc::gen::elementOf(std::vector<Channel>(known.begin(), known.end())),
                        bounded);
}

Message any_message() {
  Message made;
  made.text = *texts(1500);
  made.button = *texts(30);
  made.overflow = static_cast<program::Overflow>(*rc::gen::inRange(0, 5));
  made.data_labels = *rc::gen::arbitrary<bool>();
  made.positions = *rc::gen::arbitrary<bool>();
  const int count = *rc::gen::inRange(0, 31);
  const int label_max = *rc::gen::element(3, 24, 300);
  for (int i = 0; i < count; ++i) {
    const Tap tap{9, static_cast<value::NameKey>(i / 3 + 1), static_cast<std::uint32_t>(i % 3)};
    made.choices.push_back({tap, *texts(label_max), *rc::gen::element(0, 1) ? *texts(90) : ""});
  }
  made.asks_place = made.choices.empty() && !made.text.empty() && *rc::gen::arbitrary<bool>();
  if (*rc::gen::arbitrary<bool>()) {
    made.attachment = std::make_unique<Attachment>();
    made.attachment->image = *rc::gen::element<std::string>("", "https://x.id/a.png");
    made.attachment->document = *rc::gen::element<std::string>("", "https://x.id/a.pdf");
    made.attachment->link_url = *rc::gen::element<std::string>("", "https://x.id", "tel:157");
    made.attachment->link_label = *texts(30);
    if (*rc::gen::arbitrary<bool>()) made.attachment->location = std::make_unique<Location>();
  }
  return made;
}

std::string without_blanks(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' && c != '\n' && c != '\t' && c != '\r') out += c;
  }
  return out;
}

// A label as it may be shown: trimmed, on one line.
std::string label_words(std::string_view label) {
  return without_blanks(value::trimmed(label));
}

void check_limits(const Shown& shown, const Channel& channel) {
  const auto fits = [&](std::string_view text, std::size_t most) {
    return value::is_valid_utf8(text) && length_in(channel.unit, text) <= most;
  };
  switch (shown.kind) {
    case Shown::Kind::text:
      RC_ASSERT(fits(shown.text, channel.text_max) && !without_blanks(shown.text).empty());
      return;
    case Shown::Kind::image:
    case Shown::Kind::document:
      RC_ASSERT(channel.media && fits(shown.text, channel.caption_max));
      return;
    case Shown::Kind::location:
      RC_ASSERT(channel.media && shown.text.empty());
      return;
    case Shown::Kind::buttons:
      RC_ASSERT(shown.choices.size() <= channel.buttons_max);
      break;
    case Shown::Kind::list:
      RC_ASSERT(shown.choices.size() <= channel.list_rows_max);
      RC_ASSERT(fits(shown.label, channel.list_button_max) && !shown.label.empty());
      break;
    case Shown::Kind::link:
      RC_ASSERT(fits(shown.label, channel.link_label_max) && !shown.label.empty());
      break;
    case Shown::Kind::place_request:
      RC_ASSERT(channel.place_requests && shown.choices.empty());
      break;
    case Shown::Kind::template_words:
      RC_ASSERT(false);  // none is made here
      return;
  }
  RC_ASSERT(fits(shown.text, channel.body_max) && !without_blanks(shown.text).empty());
  const bool buttons = shown.kind == Shown::Kind::buttons;
  std::set<std::string> labels;
  std::set<std::string> taps;
  for (const ShownChoice& choice : shown.choices) {
    RC_ASSERT(fits(choice.label, buttons ? channel.button_label_max : channel.list_label_max));
    RC_ASSERT(choice.hint.empty() || !buttons || channel.button_hints);
    RC_ASSERT(fits(choice.hint, channel.list_hint_max));
    RC_ASSERT(!choice.label.empty() && labels.insert(choice.label).second);
    RC_ASSERT(choice.tap.size() <= 21 && taps.insert(choice.tap).second);
  }
}

bool has_positions(const Message& made) {
  return made.positions &&
         std::none_of(made.choices.begin(), made.choices.end(), [](const Choice& choice) {
           const std::string_view label = value::trimmed(choice.label);
           return !label.empty() && label.find_first_not_of("0123456789") == label.npos;
         });
}

// Either the last message bears every choice's tap, or the words bear every label.
void check_choices(const Message& made, const std::vector<Shown>& all, const std::string& said) {
  if (made.choices.empty()) return;
  RC_ASSERT(!all.empty());
  const std::vector<ShownChoice>& shown = all.back().choices;
  RC_ASSERT(shown.empty() || shown.size() == made.choices.size());
  std::size_t at = 0;
  for (std::size_t i = 0; i < made.choices.size(); ++i) {
    const std::string label = label_words(made.choices[i].label);
    bool whole = false;
    if (!shown.empty()) {
      RC_ASSERT(parse_tap(shown[i].tap) == made.choices[i].tap);
      whole = without_blanks(shown[i].label) == label;
      const bool may_cut = made.overflow == program::Overflow::shorten && !made.data_labels;
      if (may_cut && shown[i].label.ends_with("\u2026")) whole = true;
    }
    if (whole) continue;
    const std::string number =
        !shown.empty() || has_positions(made) ? std::to_string(i + 1) + "." : "-";
    const std::size_t found = said.find(number + label, at);
    RC_ASSERT(found != std::string::npos);
    at = found;
  }
}

RC_GTEST_PROP(PresentProperty, KeepsLimitsAndLosesNothing, ()) {
  const Channel channel = *channels();
  const Message made = any_message();
  const std::vector<Shown> all = present(made, channel, words);
  std::string said;
  for (const Shown& shown : all) {
    check_limits(shown, channel);
    said += without_blanks(shown.text);
  }
  RC_ASSERT(said.starts_with(without_blanks(made.text)));
  check_choices(made, all, said);
}

RC_GTEST_PROP(PresentProperty, SplittingCutsNoGrapheme, ()) {
  const std::string text = *texts(900);
  const auto unit =
      *rc::gen::element(LengthUnit::utf16, LengthUnit::code_points, LengthUnit::bytes);
  const auto last_max = *rc::gen::inRange<std::size_t>(30, 600);
  const auto part_max = last_max + *rc::gen::inRange<std::size_t>(0, 600);
  const auto parts = split_text(text, {unit, part_max, last_max});
  std::string joined;
  for (const std::string_view part : parts) {
    joined += without_blanks(part);
    RC_ASSERT(length_in(unit, part) <= part_max);
    const auto end = static_cast<std::size_t>(part.data() + part.size() - text.data());
    const std::size_t units = value::utf16_length(std::string_view(text).substr(0, end));
    RC_ASSERT(value::grapheme_prefix(text, units).size() == end ||
              value::grapheme_prefix(part, last_max).empty() || last_max < 100);
  }
  if (!parts.empty()) RC_ASSERT(length_in(unit, parts.back()) <= last_max);
  RC_ASSERT(joined == without_blanks(text));
}

}  // namespace
}  // namespace alur::machine
