// Blocks: a `.chat` file cut into what belongs together: a line that begins at the margin and the
// indented lines below it. What the lines say is left to the parsers.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "dsl/finding/source.hpp"
#include "dsl/grammar/slice.hpp"

namespace alur::dsl {

struct SourceLine {
  std::uint32_t number = 0;
  Slice text;  // without its line break and the blanks before it
};

// The body holds the blank lines between indented ones, but none at its end.
struct Block {
  SourceLine head;
  std::vector<SourceLine> body;
};

// Blank lines between blocks and comments (`#` at the margin) are left out. An indented line that
// belongs to no block is the head of its own.
std::vector<Block> cut_blocks(const SourceFile& source);

}  // namespace alur::dsl
