// Unicode text: validity, normal form, lengths in the units that channels count, and phrases
// reduced to what makes them the same phrase. All text is UTF-8. Bytes that are not count as
// U+FFFD, one for each maximal ill-formed piece; nothing here fails on them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace alur::value {

bool is_ascii(std::string_view text);
bool is_valid_utf8(std::string_view text);

// Canonical composition (NFC).
std::string to_nfc(std::string_view text);

// UTF-16 code units: the unit in which WhatsApp and browsers count.
std::size_t utf16_length(std::string_view text);
std::size_t code_point_length(std::string_view text);

// The longest prefix of at most so many UTF-16 units that does not cut a grapheme (a letter with
// its marks, a flag, a family) in two.
std::string_view grapheme_prefix(std::string_view text, std::size_t utf16_max);

// Columns on a terminal: wide East Asian characters and emoji take two, marks none.
std::size_t display_width(std::string_view text);

// Without the white space (Unicode's) at both ends.
std::string_view trimmed(std::string_view text);

// What phrases are compared by, replacing what `out` held: compatibility forms made plain, case
// folded, accents and apostrophes removed, punctuation and control characters a blank, blanks one
// blank, none at the ends. Letters, digits, emoji and other symbols stay. Idempotent. ASCII takes
// about 1 ns a byte and allocates only what `out` lacks.
void normalise_phrase(std::string_view in, std::string& out);
std::string normalised_phrase(std::string_view in);

// The number of insertions, deletions, replacements and swaps of neighbours (each place touched
// once: optimal string alignment) that make one text the other, over code points; nothing when it
// is over the limit.
std::optional<int> edit_distance_at_most(std::string_view a, std::string_view b, int limit);

// How many edits a normalised phrase forgives: none up to 4 letters, 1 up to 8, 2 beyond, blanks
// not counted; none at all when it holds a digit.
int typo_allowance(std::string_view phrase);

}  // namespace alur::value
