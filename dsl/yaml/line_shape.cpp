#include "dsl/yaml/line_shape.hpp"

#include <algorithm>
#include <string>

#include "dsl/yaml/lines.hpp"

namespace alur::dsl {
namespace {

// After every `- ` from `at` on.
std::uint32_t skip_dashes(std::string_view text, std::uint32_t at) {
  while (at < text.size() && text[at] == '-' && is_indicator_at(text, at)) {
    at = skip_blanks(text, at + 1);
  }
  return at;
}

bool is_comment_at(std::string_view text, std::uint32_t begin, std::uint32_t at) {
  return text[at] == '#' && (at == begin || is_blank(text[at - 1]));
}

// The colon that ends a key beginning at `at`; nothing if no key begins there.
std::optional<std::uint32_t> find_colon(std::string_view text, std::uint32_t at,
                                        std::uint32_t end) {
  if (at < end && (text[at] == '"' || text[at] == '\'')) {
    const auto closing = find_closing_quote(text, at);
    if (!closing) return std::nullopt;
    const std::uint32_t colon = skip_blanks(text, *closing + 1);
    if (colon < end && text[colon] == ':') return colon;
    return std::nullopt;
  }
  for (std::uint32_t i = at; i < end; ++i) {
    if (is_comment_at(text, at, i)) return std::nullopt;
    if (text[i] == ':' && is_indicator_at(text, i)) return i;
  }
  return std::nullopt;
}

// Before the comment, if the line has one, and the blanks before it. Quotes hide a `#`.
std::uint32_t find_content_end(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  std::uint32_t at = begin;
  while (at < end && !is_comment_at(text, begin, at)) {
    const bool quote = text[at] == '"' || text[at] == '\'';
    const bool may_open = at == begin || is_blank(text[at - 1]) || text[at - 1] == '[' ||
                          text[at - 1] == '{' || text[at - 1] == ',';
    const auto closing = quote && may_open ? find_closing_quote(text, at) : std::nullopt;
    at = closing ? *closing + 1 : at + 1;
  }
  while (at > begin && is_blank(text[at - 1])) --at;
  return at;
}

bool is_name_byte(char c) {
  return is_letter(c) || is_digit(c) || c == '_' || c == '-' || c == '.';
}

// After it, inside brackets, a text can begin.
bool opens_item(char c) {
  return c == '[' || c == '{' || c == ',' || c == ':';
}

bool closes_quote(std::string_view text, std::uint32_t at, char quote) {
  if (text[at] != quote) return false;
  return quote == '"' || at + 1 >= text.size() || text[at + 1] != quote;
}

}  // namespace

LineShape shape_of_line(std::string_view text, std::uint32_t at) {
  LineShape line;
  line.begin = find_line_begin(text, at);
  const std::uint32_t line_end = find_line_end(text, line.begin);
  line.first = skip_blanks(text, line.begin);
  line.end = find_content_end(text, line.first, line_end);
  line.content = std::min(skip_dashes(text, line.first), line.end);
  line.colon = find_colon(text, line.content, line.end).value_or(line.content);
  line.value = line.content;
  if (line.has_key()) line.value = std::min(skip_blanks(text, line.colon + 1), line.end);
  return line;
}

bool looks_like_structure(std::string_view text, const LineShape& line) {
  if (line.is_empty()) return false;
  if (line.is_item()) return true;
  if (!line.has_key()) return false;
  std::uint32_t at = line.content;
  if (!is_lower(text[at]) && text[at] != '_') return false;
  while (at < line.colon && is_name_byte(text[at])) ++at;
  if (at < line.colon && text[at] == '(' && text[line.colon - 1] == ')') return true;
  return at == line.colon;
}

std::optional<std::uint32_t> find_closing_quote(std::string_view text, std::uint32_t at) {
  const char quote = text[at];
  const std::uint32_t end = find_line_end(text, at);
  for (std::uint32_t i = at + 1; i < end; ++i) {
    if (closes_quote(text, i, quote)) return i;
    // An escaped byte, or the first of two quotes that mean one.
    if (text[i] == quote || (text[i] == '\\' && quote == '"')) ++i;
  }
  return std::nullopt;
}

Brackets match_brackets(std::string_view text, std::uint32_t at, std::uint32_t end) {
  Brackets found;
  bool may_quote = true;
  for (std::uint32_t i = at; i < end; ++i) {
    const char c = text[i];
    if ((c == '"' || c == '\'') && may_quote) {
      i = find_closing_quote(text, i).value_or(i);
    } else if (is_comment_at(text, at, i)) {
      i = find_line_end(text, i);
    } else if (c == '[' || c == '{') {
      found.wanted.insert(found.wanted.begin(), c == '[' ? ']' : '}');
    } else if (c == ']' || c == '}') {
      if (found.wanted.front() != c) {
        found.stray = i;
        return found;
      }
      found.wanted.erase(found.wanted.begin());
      if (found.wanted.empty()) {
        found.closing = i;
        return found;
      }
    }
    may_quote = opens_item(c) || (may_quote && (is_blank(c) || c == '\n' || c == '\r'));
  }
  return found;
}

}  // namespace alur::dsl
