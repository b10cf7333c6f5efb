// Unicode text: validity, normal form, lengths in the units that channels count, safe cuts. All
// text is UTF-8. Bytes that are not count as U+FFFD, one for each maximal ill-formed piece; nothing
// here fails on them. What makes two phrases the same is phrase.hpp's.
#pragma once

#include <cstddef>
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
// its marks, a flag, a family) in two. A single grapheme longer than that gives an empty prefix.
std::string_view grapheme_prefix(std::string_view text, std::size_t utf16_max);

// Columns on a terminal: wide East Asian characters and emoji take two, marks none. Control
// characters count none.
std::size_t display_width(std::string_view text);

// Without what is blank or invisible at both ends: white space, control characters, zero-width
// blanks, direction marks.
std::string_view trimmed(std::string_view text);

}  // namespace alur::value
