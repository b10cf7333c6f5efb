// Where each line of a YAML file begins when it is laid out as alur lays files out: two spaces a
// level, the dashes of a list below its key. Works on the marked tree; changes nothing.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "dsl/finding/source.hpp"
#include "dsl/yaml/node.hpp"

namespace alur::tools {

inline constexpr std::uint32_t level_columns = 2;

enum class LineKind : std::uint8_t {
  blank,
  comment,    // nothing but a comment
  structure,  // begins with a key, a dash or a value
  inside,     // begins within brackets, or within a text whose indentation means nothing
  verbatim,   // a line of a `|` or `>` text: what is beyond `column_before` is text
};

// A list or map that a line stands in: the column of its keys or dashes, before and after.
struct Level {
  std::uint32_t before = 0;
  std::uint32_t after = 0;
};

struct Line {
  LineKind kind = LineKind::blank;
  std::uint32_t begin = 0;  // offsets in the text
  std::uint32_t first = 0;  // that is not a space
  std::uint32_t end = 0;    // before the line break
  std::uint32_t column_before = 0;
  std::uint32_t column = 0;   // where it shall begin
  std::vector<Level> levels;  // of a structure line, outermost first
  bool is_section = false;    // a blank line stands before it
  bool keeps_blanks = false;  // the blank lines after it are text
};

// One for each line of the file, in order.
std::vector<Line> lay_out(const dsl::SourceFile& file, const dsl::Node& root);

// The scalars, keys and written nulls of a tree, in the order of the file: what stands between them
// is punctuation, blanks and comments.
std::vector<dsl::Span> words_of(const dsl::Node& root);

bool is_flow(std::string_view text, const dsl::Node& node);

}  // namespace alur::tools
