// Why an expression could not be read on, in words for its author.
#pragma once

#include <string_view>

#include "dsl/grammar/halt.hpp"
#include "dsl/grammar/reading.hpp"

namespace alur::dsl {

// Adds the finding. The text of the reading is the one that the grammar read. Of a target or a
// call, `reference` says what its name is the name of: "a service".
void explain_expression(Reading& reading, const Halt& halt, std::string_view reference = {});

}  // namespace alur::dsl
