#include "tools/replay/to_input.hpp"

#include <fmt/format.h>

#include "dsl/finding/near_miss.hpp"

namespace alur::tools {

using machine::Input;

namespace {

// Monas, Jakarta: a place that everybody knows.
constexpr std::string_view sample_latitude = "-6.1754";
constexpr std::string_view sample_longitude = "106.8272";

Input::Kind input_kind(dsl::Say::Kind kind) {
  switch (kind) {
    case dsl::Say::Kind::reaction:
      return Input::Kind::reaction;
    case dsl::Say::Kind::edited:
      return Input::Kind::edited;
    case dsl::Say::Kind::deleted:
      return Input::Kind::deleted;
    case dsl::Say::Kind::unsupported:
      return Input::Kind::unsupported;
    default:
      return Input::Kind::text;
  }
}

std::string_view sample_mime(value::MediaKind kind) {
  switch (kind) {
    case value::MediaKind::image:
      return "image/jpeg";
    case value::MediaKind::document:
      return "application/pdf";
    case value::MediaKind::audio:
      return "audio/ogg";
    case value::MediaKind::video:
      return "video/mp4";
    case value::MediaKind::sticker:
      return "image/webp";
    default:
      return "";
  }
}

// The choice in the last message that shows it.
const machine::Choice* find_choice(const dsl::ChatText& label, const Conversation& conversation,
                                   const Captures& captures) {
  const std::vector<SaidMessage>& said = conversation.said();
  for (std::size_t i = said.size(); i-- > 0;) {
    for (const machine::Choice& choice : said[i].message.choices) {
      Captures tried = captures;
      if (match_text(label, comparable(choice.label), tried)) return &choice;
    }
  }
  return nullptr;
}

std::string no_choice(const std::string& wanted, const Conversation& conversation) {
  std::vector<std::string> labels;
  const std::vector<SaidMessage>& said = conversation.said();
  for (std::size_t i = said.size(); i-- > 0 && labels.empty();) {
    for (const machine::Choice& choice : said[i].message.choices) labels.push_back(choice.label);
  }
  std::string why = fmt::format("no message has shown a choice [{}]", wanted);
  if (labels.empty()) return why;
  if (const auto near = dsl::near_miss(wanted, labels)) {
    return why + fmt::format("; did you mean [{}]?", *near);
  }
  why += "; the last choices are";
  for (const std::string& label : labels) why += " [" + label + "]";
  return why;
}

}  // namespace

Input tap_input(const machine::Choice& choice) {
  Input input;
  input.kind = Input::Kind::tap;
  input.text = choice.label;
  input.tap = choice.tap;
  return input;
}

Input sample_media(value::MediaKind kind, std::string caption) {
  value::Media media;
  media.kind = kind;
  media.source = "sample:" + std::string(to_text(kind));
  media.mime = sample_mime(kind);
  media.caption = caption;
  if (kind == value::MediaKind::location) {
    media.latitude = *value::Decimal::parse(sample_latitude);
    media.longitude = *value::Decimal::parse(sample_longitude);
  }
  Input input;
  input.kind = Input::Kind::media;
  input.text = std::move(caption);
  input.media = std::make_shared<const value::Media>(std::move(media));
  return input;
}

std::optional<Input> to_input(const dsl::Say& say, const Conversation& conversation,
                              const Captures& captures, std::string& why) {
  std::string words = filled(say.text, captures);
  if (say.kind == dsl::Say::Kind::media) return sample_media(say.media, std::move(words));
  if (say.kind == dsl::Say::Kind::tap) {
    const machine::Choice* choice = find_choice(say.text, conversation, captures);
    if (choice) return tap_input(*choice);
    why = no_choice(words, conversation);
    return std::nullopt;
  }
  Input input;
  input.kind = input_kind(say.kind);
  input.text = std::move(words);
  return input;
}

}  // namespace alur::tools
