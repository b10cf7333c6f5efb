// Phrases with captures against what a citizen really typed: words are compared normalised, a
// capture gets the typed words as they were.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "engine/program/phrase_table.hpp"

namespace alur::machine {

// Whether the parameter `slot` of the pattern's entry accepts what was said; keeps it if so.
using AcceptCapture =
    std::function<bool(std::uint32_t entry, std::uint32_t slot, std::string_view said)>;

// The first pattern that takes the whole of `raw`, or null. Inputs of more than `words_matched_max`
// words match none. What patterns that came to nothing have had accepted is not taken back: only
// the captures of this one are meant.
const program::PhraseTable::Pattern* match_patterns(const program::PhraseTable& table,
                                                    std::string_view raw,
                                                    const AcceptCapture& accept);

inline constexpr std::size_t words_matched_max = 64;

}  // namespace alur::machine
