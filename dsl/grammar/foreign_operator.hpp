// Operators as other languages, school books or the author's own tongue write them, and what to
// write instead.
#pragma once

#include "dsl/grammar/reading.hpp"

namespace alur::dsl {

// Where a value ends an operator may follow; where one is wanted only a sign before it.
enum class Before : bool { value, operator_ };

// Is what stands here such an operator? Told then. `at` is neither a blank nor the end.
bool refuse_foreign_operator(Reading& reading, const char* at, Before before);
// Is this word, which was taken for a name, a foreign `not`? Told then.
bool refuse_foreign_not(Reading& reading, Slice word);

}  // namespace alur::dsl
