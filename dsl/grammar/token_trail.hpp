// What an expression grammar had read when it stopped: the last piece before that place and the
// brackets that are still open.
#pragma once

#include <vector>

#include "dsl/grammar/slice.hpp"

namespace alur::dsl {

struct TokenTrail {
  Slice last;                     // a word, literal, sign or operator; empty at the beginning
  Slice before_last;              // the piece before it, or empty
  std::vector<const char*> open;  // ( [ { without their partners, outermost first
  bool after_bar = false;         // a `|` stood outside of all brackets
  bool unclosed_text = false;     // the last piece is a `"` without a partner
};

// Reads the pieces in [text.first, until).
TokenTrail follow_tokens(Slice text, const char* until);
// One piece at this place, which is neither a blank nor the end: a whole text in quotes, a number
// with its point, a word, an operator of one or more signs, or a single character.
Slice token_at(Slice text, const char* at);

// Signs that operators are made of, of this language or another.
bool is_operator_sign(char c);
// One of the language's operators, words included; `is`, `not`, `,` and `|` count too.
bool is_operator(Slice token);

}  // namespace alur::dsl
