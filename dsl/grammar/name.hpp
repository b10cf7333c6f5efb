// Names inside the small grammars: what they are made of.
#pragma once

#include "dsl/grammar/reading.hpp"

namespace alur::dsl {

// A word of a-z, 0-9 and _ that begins with a letter and is none of the language's own, at most
// word_bytes_max long; tells otherwise.
bool check_name(Reading& reading, Slice word);
// The same for words that a grammar has already told from the language's own.
bool check_spelling(Reading& reading, Slice word);
// Is this a name but for blanks, dashes or capital letters? Told then.
bool refuse_meant_name(Reading& reading, Slice text);
// Tells that this character is none of a name's.
void refuse_name_character(Reading& reading, Slice character);

}  // namespace alur::dsl
