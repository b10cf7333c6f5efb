#include "engine/machine/present.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "engine/machine/split_text.hpp"
#include "engine/value/text.hpp"

namespace alur::machine {

using program::Channel;
using program::Overflow;

namespace {

constexpr std::string_view ellipsis = "\u2026";
constexpr std::string_view paragraph = "\n\n";

// A label or hint is one line, whatever its data holds.
std::string one_line(std::string_view text) {
  std::string line(value::trimmed(text));
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = ' ';
  }
  return line;
}

bool all_different(const std::vector<ShownChoice>& choices) {
  std::set<std::string_view> labels;
  for (const ShownChoice& choice : choices) {
    if (choice.label.empty() || !labels.insert(choice.label).second) return false;
  }
  return true;
}

// Typed, it means this label and not a position.
bool is_number(const ShownChoice& choice) {
  return !choice.label.empty() && std::all_of(choice.label.begin(), choice.label.end(),
                                              [](char c) { return c >= '0' && c <= '9'; });
}

bool is_web_address(std::string_view url) {
  return url.starts_with("https://") || url.starts_with("http://");
}

class Presenter {
 public:
  Presenter(const Message& message, const Channel& channel, const SystemWords& words)
      : message_(message), channel_(channel), words_(words), text_(message.text) {}

  std::vector<Shown> present() {
    if (message_.attachment && !message_.attachment->template_name.empty()) {
      show_template(*message_.attachment);
      return std::move(shown_);
    }
    if (message_.attachment) add_attachment(*message_.attachment);
    if (message_.choices.empty()) {
      show_text();
    } else {
      show_choices();
    }
    return std::move(shown_);
  }

 private:
  bool fits(std::string_view text, std::size_t units_max) const {
    return length_in(channel_.unit, text) <= units_max;
  }

  void add_paragraph(std::string_view words) {
    if (!text_.empty()) text_ += paragraph;
    text_ += words;
  }

  // Its words are with the channel's operator, and are not cut here.
  void show_template(const Attachment& attachment) {
    Shown words;
    words.kind = Shown::Kind::template_words;
    words.text = text_;
    words.label = attachment.template_name;
    words.language = attachment.template_language;
    shown_.push_back(std::move(words));
  }

  // --- what a message carries beside its words

  void add_attachment(const Attachment& attachment) {
    add_media(Shown::Kind::image, attachment.image);
    add_media(Shown::Kind::document, attachment.document);
    if (attachment.location) add_location(*attachment.location);
    if (!attachment.link_url.empty()) add_link(attachment);
  }

  void add_media(Shown::Kind kind, const std::string& url) {
    if (url.empty()) return;
    if (!channel_.media) return add_paragraph(url);
    Shown media;
    media.kind = kind;
    media.url = url;
    shown_.push_back(std::move(media));
  }

  void add_location(const Location& location) {
    if (!channel_.media) {
      for (const std::string& words : {location.name, location.address}) {
        if (!words.empty()) add_paragraph(words);
      }
      return add_paragraph(
          fmt::format("{}, {}", location.latitude.to_string(), location.longitude.to_string()));
    }
    Shown place;
    place.kind = Shown::Kind::location;
    place.location = location;
    shown_.push_back(std::move(place));
  }

  // A channel takes a link's button or choices, not both in one message.
  void add_link(const Attachment& attachment) {
    link_label_ = one_line(attachment.link_label);
    const bool button = channel_.link_label_max > 0 && message_.choices.empty() &&
                        !link_label_.empty() && fits(link_label_, channel_.link_label_max) &&
                        is_web_address(attachment.link_url);
    if (button) {
      link_url_ = attachment.link_url;
    } else if (link_label_.empty()) {
      add_paragraph(attachment.link_url);
    } else {
      add_paragraph(fmt::format("{}: {}", link_label_, attachment.link_url));
    }
  }

  // --- words

  std::vector<std::string_view> split(std::size_t last_max) const {
    return split_text(text_,
                      {channel_.unit, channel_.text_max, std::min(last_max, channel_.text_max)});
  }

  void push_texts(const std::vector<std::string_view>& parts, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      Shown part;
      part.text = parts[i];
      shown_.push_back(std::move(part));
    }
  }

  void show_text() {
    if (!link_url_.empty()) return show_link();
    if (message_.asks_place && channel_.place_requests) return show_place_request();
    if (takes_caption()) {
      shown_.back().text = text_;
      return;
    }
    const std::vector<std::string_view> parts = split(channel_.text_max);
    push_texts(parts, parts.size());
  }

  bool takes_caption() const {
    if (shown_.size() != 1 || !fits(text_, channel_.caption_max)) return false;
    return shown_.back().kind == Shown::Kind::image || shown_.back().kind == Shown::Kind::document;
  }

  void show_link() {
    Shown link;
    link.kind = Shown::Kind::link;
    link.label = link_label_;
    link.url = link_url_;
    push_body(std::move(link), link_label_);
  }

  // Media before it keep no words: one message asks, and says for what.
  void show_place_request() {
    Shown request;
    request.kind = Shown::Kind::place_request;
    push_body(std::move(request), ellipsis);
  }

  // The words, the last part of which is the body of `last`; `instead` where there are none.
  void push_body(Shown last, std::string_view instead) {
    const std::vector<std::string_view> parts = split(channel_.body_max);
    if (!parts.empty()) push_texts(parts, parts.size() - 1);
    last.text = parts.empty() ? instead : parts.back();
    if (last.text.empty()) last.text = ellipsis;
    shown_.push_back(std::move(last));
  }

  // --- choices

  void show_choices() {
    choices_.reserve(message_.choices.size());
    for (const Choice& choice : message_.choices) {
      choices_.push_back({to_text(choice.tap), one_line(choice.label), one_line(choice.hint)});
    }
    list_button_ = one_line(message_.button);
    if (list_button_.empty() || !fits(list_button_, channel_.list_button_max)) {
      list_button_ = words_.open_list;
    }
    if (show_as_buttons(choices_) || show_as_list(choices_)) return;
    if (show_shortened()) return;
    const std::vector<ShownChoice> numbers = numbered();
    if (can_be_buttons(numbers) || can_be_list(numbers)) {
      add_paragraph(numbered_lines(true));
      show_as_buttons(numbers) || show_as_list(numbers);
      return;
    }
    const bool positions =
        message_.positions && std::none_of(choices_.begin(), choices_.end(), is_number);
    add_paragraph(numbered_lines(positions));
    if (positions) add_paragraph(words_.number_prompt);
    const std::vector<std::string_view> parts = split(channel_.text_max);
    push_texts(parts, parts.size());
  }

  bool can_be_buttons(const std::vector<ShownChoice>& choices) const {
    if (choices.size() > channel_.buttons_max || !all_different(choices)) return false;
    return std::all_of(choices.begin(), choices.end(), [this](const ShownChoice& choice) {
      const bool hint_fits = choice.hint.empty() ||
                             (channel_.button_hints && fits(choice.hint, channel_.list_hint_max));
      return hint_fits && fits(choice.label, channel_.button_label_max);
    });
  }

  bool can_be_list(const std::vector<ShownChoice>& choices) const {
    if (choices.size() > channel_.list_rows_max || !all_different(choices)) return false;
    if (list_button_.empty() || !fits(list_button_, channel_.list_button_max)) return false;
    return std::all_of(choices.begin(), choices.end(), [this](const ShownChoice& choice) {
      return fits(choice.label, channel_.list_label_max) &&
             fits(choice.hint, channel_.list_hint_max);
    });
  }

  bool show_as_buttons(const std::vector<ShownChoice>& choices) {
    if (!can_be_buttons(choices)) return false;
    Shown buttons;
    buttons.kind = Shown::Kind::buttons;
    buttons.choices = choices;
    push_body(std::move(buttons), words_.open_list);
    return true;
  }

  bool show_as_list(const std::vector<ShownChoice>& choices) {
    if (!can_be_list(choices)) return false;
    Shown list;
    list.kind = Shown::Kind::list;
    list.choices = choices;
    list.label = list_button_;
    push_body(std::move(list), list_button_);
    return true;
  }

  // Labels that an author has written may be cut where the author says so.
  bool show_shortened() {
    if (message_.overflow != Overflow::shorten || message_.data_labels) return false;
    return show_as_buttons(shortened(channel_.button_label_max,
                                     channel_.button_hints ? channel_.list_hint_max : 0)) ||
           show_as_list(shortened(channel_.list_label_max, channel_.list_hint_max));
  }

  std::string shortened(const std::string& text, std::size_t units_max) const {
    const std::size_t room = length_in(channel_.unit, ellipsis);
    if (fits(text, units_max) || units_max <= room) return text;
    const std::string_view head = prefix_in(channel_.unit, text, units_max - room);
    return std::string(value::trimmed(head)) + std::string(ellipsis);
  }

  std::vector<ShownChoice> shortened(std::size_t label_max, std::size_t hint_max) const {
    std::vector<ShownChoice> cut = choices_;
    for (ShownChoice& choice : cut) {
      choice.label = shortened(choice.label, label_max);
      choice.hint = shortened(choice.hint, hint_max);
    }
    return cut;
  }

  // The same choices by their numbers. In a list the full label stands beside where it fits.
  std::vector<ShownChoice> numbered() const {
    std::vector<ShownChoice> numbers;
    const bool list = choices_.size() > channel_.buttons_max;
    for (const ShownChoice& choice : choices_) {
      numbers.push_back({choice.tap, fmt::to_string(number_of(message_, numbers.size())), {}});
      if (list && fits(choice.label, channel_.list_hint_max)) numbers.back().hint = choice.label;
    }
    return numbers;
  }

  std::string numbered_lines(bool numbers) const {
    std::string lines;
    for (std::size_t i = 0; i < choices_.size(); ++i) {
      if (i > 0) lines += '\n';
      lines += numbers ? fmt::format("{}. ", number_of(message_, i)) : "- ";
      lines += choices_[i].label;
      if (!choices_[i].hint.empty()) lines += "\n   " + choices_[i].hint;
    }
    return lines;
  }

  const Message& message_;
  const Channel& channel_;
  const SystemWords& words_;
  std::string text_;  // the words, with all that has no form of its own on the channel
  std::string link_label_;
  std::string link_url_;
  std::string list_button_;
  std::vector<ShownChoice> choices_;
  std::vector<Shown> shown_;
};

}  // namespace

std::string_view to_text(Shown::Kind kind) {
  switch (kind) {
    case Shown::Kind::text:
      return "text";
    case Shown::Kind::image:
      return "image";
    case Shown::Kind::document:
      return "document";
    case Shown::Kind::location:
      return "location";
    case Shown::Kind::buttons:
      return "buttons";
    case Shown::Kind::list:
      return "list";
    case Shown::Kind::link:
      return "link";
    case Shown::Kind::place_request:
      return "place_request";
    case Shown::Kind::template_words:
      return "template";
  }
  return "?";
}

SystemWords system_words(const program::Program& program, program::Index language) {
  return {program.system_text(program::SystemText::open_list, language),
          program.system_text(program::SystemText::number_prompt, language)};
}

std::vector<Shown> present(const Message& message, const Channel& channel,
                           const SystemWords& words) {
  return Presenter(message, channel, words).present();
}

}  // namespace alur::machine
