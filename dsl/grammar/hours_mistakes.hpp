// Why opening hours could not be read on, in words for their author.
#pragma once

#include "dsl/grammar/halt.hpp"
#include "dsl/grammar/reading.hpp"

namespace alur::dsl {

// Adds the finding. The text of the reading is the one that the grammar read.
void explain_hours(Reading& reading, const Halt& halt);

// 0 for Monday; -1 after a finding.
int find_day(Reading& reading, Slice word);

}  // namespace alur::dsl
