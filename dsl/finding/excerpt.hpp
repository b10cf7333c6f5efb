// The line of the source that a finding is about, with carets under the place: safe to print,
// aligned for wide and combining characters, and cut to a window when it is very long.
#pragma once

#include <string>
#include <string_view>

#include "dsl/finding/source.hpp"

namespace alur::dsl {

// Two lines of text without their line breaks. `carets` begins with the blanks that bring it below
// its place in `line`.
struct Excerpt {
  std::string line;
  std::string carets;
};

inline constexpr std::size_t excerpt_columns_max = 100;

// Of a range over several lines, the part on its first line.
Excerpt make_excerpt(const SourceFile& file, Span span);

// The text with everything that a terminal would obey or hide made visible: a tab as an arrow,
// control characters as their pictures, other invisible ones as <U+202E>, bytes that are not UTF-8
// as <FF>.
std::string to_visible(std::string_view text);

}  // namespace alur::dsl
