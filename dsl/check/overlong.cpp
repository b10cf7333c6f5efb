#include "dsl/check/overlong.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "dsl/ast/print.hpp"
#include "engine/value/text.hpp"

namespace alur::dsl {
namespace {

std::string_view place_words(Place place) {
  switch (place) {
    case Place::caption:
      return "beside a picture or document";
    case Place::above_link:
      return "above the button of a link";
    case Place::above_request:
      return "above the button that asks for a place";
    case Place::above_choices:
    case Place::numbered:
      return "above buttons or a list";
    case Place::message:
    case Place::alone:
      break;
  }
  return "in one message";
}

bool is_numbered(Place place) {
  return place == Place::numbered || place == Place::alone;
}

std::int64_t length_of(const Wording& wording, const program::Channel& channel) {
  return wording.bound.extent.in(channel.unit);
}

std::string_view can_be(const Wording& wording) {
  return wording.bound.has_data ? "can be" : "is";
}

void explain_length(Finding& finding, const Wording& wording, const program::Channel& channel) {
  const FillingBound& longest = wording.bound.longest;
  if (longest.part == nullptr) return;
  finding.related.push_back(
      {longest.part->expression->span,
       fmt::format("`{}` can be {} characters long", ast::to_text(*longest.part->expression),
                   with_commas(longest.extent.in(channel.unit)))});
}

}  // namespace

std::string with_commas(std::int64_t number) {
  constexpr std::size_t group = 3;
  const std::string digits = fmt::to_string(number);
  std::string out;
  for (std::size_t at = 0; at < digits.size(); ++at) {
    if (at > 0 && (digits.size() - at) % group == 0) out += ',';
    out += digits[at];
  }
  return out;
}

std::string named_wording(const Wording& wording, std::string_view what) {
  if (wording.language.empty()) return fmt::format("this {}", what);
  return fmt::format("in `{}` this {}", wording.language, what);
}

std::string one_line(std::string_view text) {
  std::string line(value::trimmed(text));
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = ' ';
  }
  return line;
}

std::optional<std::string> fixed_words(const ast::Template& words) {
  std::string fixed;
  for (const ast::TemplatePart& part : words.parts) {
    if (part.expression) return std::nullopt;
    fixed += part.literal;
  }
  return fixed;
}

std::string cut_to(std::string_view text, std::int64_t units_max) {
  const auto most = static_cast<std::size_t>(std::max<std::int64_t>(units_max, 1));
  if (value::utf16_length(text) <= most) return std::string(text);
  return std::string(value::trimmed(value::grapheme_prefix(text, most - 1))) + "\u2026";
}

Finding overlong_text(const Wording& wording, const WordsBound& room,
                      const program::Channel& channel, bool may_overflow) {
  Finding finding;
  finding.code = Code::text_too_long;
  finding.span = wording.words->span;
  const bool numbered = is_numbered(room.place);
  finding.message = fmt::format("{}{} {} {} characters long, and `{}` takes {} {}",
                                named_wording(wording, "text"),
                                numbered ? ", with the options numbered below it," : "",
                                numbered ? "can be" : can_be(wording), with_commas(room.length),
                                channel.name, with_commas(room.limit), place_words(room.place));
  finding.suggestion = fmt::format("shorten it by {}", with_commas(room.length - room.limit));
  if (may_overflow) finding.suggestion += ", or write `overflow: split`";
  explain_length(finding, wording, channel);
  if (may_overflow) {
    const std::int64_t parts = (room.length + room.limit - 1) / room.limit;
    finding.related.push_back(
        {finding.span, fmt::format("`overflow: split` would send it in {} messages or more, cut "
                                   "where a reader pauses",
                                   parts)});
  }
  return finding;
}

Finding overlong_label(Code code, std::string_view what, const Wording& wording,
                       const LabelRoom& room, const program::Channel& channel) {
  Finding finding;
  finding.code = code;
  finding.span = wording.words->span;
  const std::int64_t length = length_of(wording, channel);
  finding.message =
      fmt::format("{} {} {} characters long, and `{}` shows {}", named_wording(wording, what),
                  can_be(wording), with_commas(length), channel.name, with_commas(room.limit));
  finding.suggestion = fmt::format("shorten it by {}", with_commas(length - room.limit));
  if (room.may_overflow) finding.suggestion += ", or write an `overflow`";
  explain_length(finding, wording, channel);
  if (!room.may_overflow) return finding;
  const std::optional<std::string> fixed = fixed_words(*wording.words);
  finding.related.push_back(
      {finding.span,
       "`overflow: number` would write the options numbered into the text, and show "
       "the numbers to tap"});
  if (fixed) {
    finding.related.push_back(
        {finding.span, fmt::format("`overflow: shorten` would show `{}`",
                                   cut_to(one_line(*fixed), room.cut_limit))});
  }
  return finding;
}

}  // namespace alur::dsl
