// The blanks within a line: between two words of YAML there is one space where one belongs, and
// none where none does; before a comment as many as its author put there.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/finding/source.hpp"

namespace alur::tools {

// Replaces the bytes [begin, end) of the text; both within one line, past its indentation.
struct BlankEdit {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool space = false;  // one space, or nothing
};

// `words`: the scalars of the file in order; all else is punctuation, blanks and comments. The
// edits come in order.
std::vector<BlankEdit> edit_blanks(std::string_view text, const std::vector<dsl::Span>& words);

}  // namespace alur::tools
