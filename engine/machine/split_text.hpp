// Splitting: a text that is too long for one message of a channel, cut where a reader pauses, in
// the unit in which the channel counts.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "engine/program/channel.hpp"

namespace alur::machine {

std::size_t length_in(program::LengthUnit unit, std::string_view text);

// The longest prefix of at most so many units that cuts no grapheme. Where the first grapheme alone
// is longer it is cut between code points; one code point is always taken.
std::string_view prefix_in(program::LengthUnit unit, std::string_view text, std::size_t units_max);

struct SplitLimits {
  program::LengthUnit unit = program::LengthUnit::utf16;
  std::size_t part_max = 0;
  std::size_t last_max = 0;  // of the last part: one with choices may be shorter; <= part_max
};

// Parts in order, none blank; only the blanks where two parts meet are left out. Cuts come between
// paragraphs, else lines, else sentences, else words, else graphemes. Nothing for a blank text.
std::vector<std::string_view> split_text(std::string_view text, const SplitLimits& limits);

}  // namespace alur::machine
