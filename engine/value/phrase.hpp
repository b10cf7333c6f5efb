// Phrases as they are compared: reduced to what makes them the same phrase, and how far apart two
// are when they are not. Which phrase a message is tried against is engine/machine's.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace alur::value {

// Replaces what `out` held, which `in` must not point into: compatibility forms and the digits of
// all scripts made plain, case folded, marks (accents, skin tones, keycaps) and apostrophes
// dropped, punctuation and control characters a blank, runs of blanks one blank, none at the ends.
// Letters, digits and symbols beyond ASCII stay; pictures (emoji) only where there is nothing else:
// beside words they say nothing. Idempotent. ASCII takes about 1 ns a byte,
// and no allocation but the growth of `out`.
void normalise_phrase(std::string_view in, std::string& out);
std::string normalised_phrase(std::string_view in);

// Whether a normalised phrase is nothing but pictures.
bool is_pictures(std::string_view phrase);

// The number of insertions, deletions, replacements and swaps of neighbours (no place edited twice:
// optimal string alignment) that make one text the other, over code points; nothing when that is
// over the limit. Words of up to 64 code points allocate nothing.
std::optional<int> edit_distance_at_most(std::string_view a, std::string_view b, int limit);

// How many edits a normalised phrase forgives: none up to 4 letters, 1 up to 8, 2 beyond, blanks
// not counted; none at all when it holds a digit.
int typo_allowance(std::string_view phrase);

}  // namespace alur::value
