// What one line looks like to a person: its indentation, its `- `, its key, its value. A guess from
// the line alone, used to explain mistakes; the parser knows better where there are none.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace alur::dsl {

// Places in the text. `begin <= content <= value <= end`.
struct LineShape {
  std::uint32_t begin = 0;    // of the line
  std::uint32_t first = 0;    // the first byte that is not blank
  std::uint32_t content = 0;  // after all `- `
  std::uint32_t colon = 0;    // of the key; equal to `content` if there is no key
  std::uint32_t value = 0;    // after `key: `, or `content`
  std::uint32_t end = 0;      // after the last byte that is neither blank nor comment

  std::uint32_t indentation() const { return first - begin; }
  bool is_empty() const { return first >= end; }
  bool is_item() const { return content > first; }
  bool has_key() const { return colon > content; }
};

// Of the line that holds `at`.
LineShape shape_of_line(std::string_view text, std::uint32_t at);

// The line has a key as the language's own keys and an author's names are: a small letter or `_`
// first, then letters, digits, `_`, `-`, `.`, perhaps names in parentheses; or it is a `- ` item. A
// text seldom looks so.
bool looks_like_structure(std::string_view text, const LineShape& line);

// Where the quote that opens at `at` is closed again on its own line; nothing if it is not.
std::optional<std::uint32_t> find_closing_quote(std::string_view text, std::uint32_t at);

// How the brackets go that open at `at`, up to `end`: where the first of them is closed, or which
// bracket before that closes nothing, or else which closing brackets are still wanted, innermost
// first. Brackets inside quotes do not count, and a quote opens only where a text can begin.
struct Brackets {
  std::optional<std::uint32_t> closing;
  std::optional<std::uint32_t> stray;
  std::string wanted;
};

Brackets match_brackets(std::string_view text, std::uint32_t at, std::uint32_t end);

}  // namespace alur::dsl
