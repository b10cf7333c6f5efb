// What stands between two scalars: punctuation, blanks, comments, and nothing else.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace alur::dsl {

struct Gap {
  // A byte that cannot stand here: the parser and this reader do not see the same text.
  std::optional<std::uint32_t> odd;
  // A `#` that somebody may have meant as part of a text: a letter or digit follows it, and before
  // it on its line stands a plain text, or inside brackets anything.
  std::optional<std::uint32_t> hash;
  // A tab before the first thing on a line.
  std::optional<std::uint32_t> tab;
};

// Of the bytes [begin, end). `after_plain`: a plain scalar ends at `begin`.
Gap scan_gap(std::string_view text, std::uint32_t begin, std::uint32_t end, bool after_plain,
             bool in_brackets);

// The first byte from `at` on that is neither blank nor line break nor in a comment.
std::uint32_t skip_to_token(std::string_view text, std::uint32_t at);

}  // namespace alur::dsl
