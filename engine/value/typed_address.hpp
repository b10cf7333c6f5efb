// How citizens write where they can be reached: telephone numbers and e-mail addresses.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace alur::value {

// E.164, from what was typed, folded. 0812..., 62812... and +62 (0) 812-... are Indonesian: 7 to 12
// figures after +62, a mobile one (8...) at least 9. Other countries' need their + or 00 and have 8
// to 15 figures. Blanks, dots, dashes and brackets between figures don't matter.
std::optional<std::string> read_phone(std::string_view folded);

// One address as people have them, not all that RFC 5321 admits: a local part of up to 64 letters,
// figures and !#$%&'*+-/=?^_`{|}~ with single dots inside, a domain of two labels or more. The
// domain in lower case, the local part as it was typed.
std::optional<std::string> read_email(std::string_view trimmed_input);

}  // namespace alur::value
