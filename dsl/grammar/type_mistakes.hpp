// Why a type could not be read on, in words for its author.
#pragma once

#include "dsl/grammar/halt.hpp"
#include "dsl/grammar/reading.hpp"

namespace alur::dsl {

// Adds the finding. The text of the reading is the one that the grammar read.
void explain_type(Reading& reading, const Halt& halt);

}  // namespace alur::dsl
