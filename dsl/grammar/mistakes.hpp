// Words for mistakes that several grammars share: characters, blanks and what is left over.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "dsl/grammar/reading.hpp"

namespace alur::dsl {

// The whole character that begins at this byte.
Slice character_at(Slice text, const char* at);
// "`x`", or "an invisible character (U+00A0)".
std::string character_words(Slice character);

Slice trimmed(Slice text);
const char* skip_blanks(const char* at, const char* last);
// A word of letters, digits and _, or a run of the same kind of sign, or a single character: what a
// reader would call "this" at this place. Empty at the end.
Slice piece_at(Slice text, const char* at);

// Curly or single quotes instead of `"`? Told then.
bool refuse_quotes(Reading& reading, Slice text, const char* at);
// Nothing but blanks? Told then. `what` is wanted: "a type".
bool refuse_blank(Reading& reading, std::string_view what);
// Brackets more than `depth_max` deep? Told then. To be asked before a grammar that recurses.
// Brackets in a text in double quotes do not count; phrases know no such texts, and only ( and [
// nest in them.
enum class Nesting : std::uint8_t { of_expression, of_phrase };
bool refuse_depth(Reading& reading, Nesting nesting, std::size_t depth_max);

}  // namespace alur::dsl
