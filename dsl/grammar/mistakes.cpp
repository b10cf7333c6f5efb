#include "dsl/grammar/mistakes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "dsl/grammar/letters.hpp"

namespace alur::dsl {
namespace {

// Quotes that word processors put in the place of `"`.
constexpr std::array<std::string_view, 9> foreign_quotes{
    "'", "`", "\u201c", "\u201d", "\u201e", "\u2018", "\u2019", "\u00ab", "\u00bb"};

constexpr std::array<std::string_view, 6> invisible_blanks{"\u00a0", "\u200b", "\u202f",
                                                           "\u2009", "\u3000", "\ufeff"};

std::size_t character_size(unsigned char lead) {
  if (lead < 0xC0U) return 1;
  if (lead < 0xE0U) return 2;
  return lead < 0xF0U ? 3 : 4;
}

// Of a well-formed character; something near it otherwise.
unsigned code_point(std::string_view character) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
  if (character.size() == 1) return byte(0);
  unsigned point = byte(0) & (0xFFU >> (character.size() + 1));
  for (std::size_t i = 1; i < character.size(); ++i) point = (point << 6U) | (byte(i) & 0x3FU);
  return point;
}

bool is_sign(char c) {
  return !is_name_character(c) && !is_blank(c) && !is_foreign(c);
}

std::string_view foreign_quote_at(Slice text, const char* at) {
  const std::string_view rest = Slice{at, text.last}.view();
  for (const std::string_view quote : foreign_quotes) {
    if (rest.starts_with(quote)) return quote;
  }
  return {};
}

// Past the closing quote of the text that begins here, or the end.
const char* skip_text(const char* at, const char* last) {
  for (++at; at != last && *at != '"'; ++at) {
    if (*at == '\\' && at + 1 != last) ++at;
  }
  return at == last ? last : at + 1;
}

}  // namespace

Slice character_at(Slice text, const char* at) {
  const char* last = at + 1;
  const std::size_t size = character_size(static_cast<unsigned char>(*at));
  while (last != text.last && static_cast<std::size_t>(last - at) < size &&
         (static_cast<unsigned char>(*last) & 0xC0U) == 0x80U) {
    ++last;
  }
  return {at, last};
}

std::string character_words(Slice character) {
  const std::string_view text = character.view();
  const bool control = text.size() == 1 && (text[0] < ' ' || text[0] == '\x7f');
  const bool blank = std::ranges::find(invisible_blanks, text) != invisible_blanks.end();
  if (control || blank) return fmt::format("the invisible character U+{:04X}", code_point(text));
  return quoted(text);
}

Slice trimmed(Slice text) {
  while (!text.empty() && is_blank(*text.first)) ++text.first;
  while (!text.empty() && is_blank(text.last[-1])) --text.last;
  return text;
}

const char* skip_blanks(const char* at, const char* last) {
  while (at != last && is_blank(*at)) ++at;
  return at;
}

Slice piece_at(Slice text, const char* at) {
  if (at == text.last) return {at, at};
  const auto run = [&](auto&& belongs) {
    return Slice{at, std::find_if_not(at, text.last, belongs)};
  };
  if (is_name_character(*at)) return run(is_name_character);
  if (is_sign(*at)) return {at, at + 1};
  return character_at(text, at);
}

bool refuse_quotes(Reading& reading, Slice text, const char* at) {
  if (at == text.last) return false;
  const std::string_view quote = foreign_quote_at(text, at);
  if (quote.empty()) return false;
  const char* last = at + quote.size();
  // To the quote that closes it, if one follows before anything that could not be meant.
  const char* end = last;
  while (end != text.last && foreign_quote_at(text, end).empty()) ++end;
  Slice wrong{at, last};
  if (end != text.last) wrong.last = end + foreign_quote_at(text, end).size();
  const std::string inside(last, end);
  reading.refuse(Code::wrong_quotes, wrong, "a text stands in straight double quotes here",
                 end != text.last ? "write " + quoted('"' + inside + '"') : "write `\"`");
  return true;
}

bool refuse_blank(Reading& reading, std::string_view what) {
  if (!trimmed(reading.text()).empty()) return false;
  reading.refuse(Code::nothing_written, reading.text(),
                 fmt::format("nothing is written here, and {} is needed", what));
  return true;
}

bool refuse_depth(Reading& reading, Nesting nesting, std::size_t depth_max) {
  const Slice text = reading.text();
  const bool phrase = nesting == Nesting::of_phrase;
  std::size_t depth = 0;
  for (const char* at = text.first; at != text.last; ++at) {
    if (is_name_character(*at) || *at == ' ') continue;  // the most, and nothing to count
    if (*at == '"' && !phrase) {
      at = skip_text(at, text.last) - 1;
    } else if (*at == '(' || *at == '[' || (*at == '{' && !phrase)) {
      if (++depth <= depth_max) continue;
      reading.refuse(Code::brackets_too_deep, {at, at + 1},
                     fmt::format("brackets inside brackets, more than {} deep", depth_max));
      return true;
    } else if ((*at == ')' || *at == ']' || (*at == '}' && !phrase)) && depth > 0) {
      --depth;
    }
  }
  return false;
}

}  // namespace alur::dsl
