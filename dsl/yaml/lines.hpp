// Bytes and lines of YAML: what is blank, where a line ends. A line ends with LF or CR LF.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

namespace alur::dsl {

inline bool is_blank(char c) {
  return c == ' ' || c == '\t';
}
inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
inline bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
inline bool is_letter(char c) {
  return is_lower(c) || (c >= 'A' && c <= 'Z');
}
// Of any script: every byte of a code point past ASCII counts.
inline bool is_letter_or_digit(char c) {
  return is_letter(c) || is_digit(c) || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

// The size of the line break at `at`, 0 if there is none.
inline std::uint32_t line_break_at(std::string_view text, std::uint32_t at) {
  if (at >= text.size()) return 0;
  if (text[at] == '\n') return 1;
  return text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n' ? 2 : 0;
}

// Where the line that holds `at` begins.
inline std::uint32_t find_line_begin(std::string_view text, std::uint32_t at) {
  while (at > 0 && text[at - 1] != '\n') --at;
  return at;
}

// Where the line that holds `at` ends: before its line break or at the end of the text.
inline std::uint32_t find_line_end(std::string_view text, std::uint32_t at) {
  if (at >= text.size()) return static_cast<std::uint32_t>(text.size());
  const void* const found = std::memchr(text.data() + at, '\n', text.size() - at);
  if (found == nullptr) return static_cast<std::uint32_t>(text.size());
  const auto end = static_cast<std::uint32_t>(static_cast<const char*>(found) - text.data());
  return end > at && text[end - 1] == '\r' ? end - 1 : end;
}

// Where the next line begins; the end of the text if there is none.
inline std::uint32_t find_next_line(std::string_view text, std::uint32_t at) {
  const std::uint32_t end = find_line_end(text, at);
  return end + line_break_at(text, end);
}

inline std::uint32_t skip_blanks(std::string_view text, std::uint32_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

inline bool at_line_end(std::string_view text, std::uint32_t at) {
  return at >= text.size() || line_break_at(text, at) > 0;
}

// The first tab before the first thing on the line that begins at `line`; an empty line has none.
inline std::optional<std::uint32_t> find_tab_in_indentation(std::string_view text,
                                                            std::uint32_t line) {
  const std::uint32_t first = skip_blanks(text, line);
  const std::size_t tab = text.substr(line, first - line).find('\t');
  if (tab == std::string_view::npos || at_line_end(text, first)) return std::nullopt;
  return static_cast<std::uint32_t>(line + tab);
}

// A `:`, `-` or `?` there is punctuation of YAML and not a letter of a text.
inline bool is_indicator_at(std::string_view text, std::uint32_t at) {
  return at_line_end(text, at + 1) || is_blank(text[at + 1]);
}

}  // namespace alur::dsl
