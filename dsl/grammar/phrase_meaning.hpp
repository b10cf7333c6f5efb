// What a phrase's brackets promise to a matcher: that no message is empty, that captures can be
// told apart, that words are whole words.
#pragma once

#include "dsl/grammar/phrase_syntax.hpp"
#include "dsl/grammar/reading.hpp"

namespace alur::dsl {

// False after a finding.
bool check_phrase(Reading& reading, const syntax::PhraseBranch& phrase);

}  // namespace alur::dsl
