// What the template grammar needs of expressions; everybody else takes grammar.hpp.
#pragma once

#include "dsl/ast/expression.hpp"
#include "dsl/grammar/reading.hpp"

namespace alur::dsl {

// The text between the braces of a `{expression | filter}`. False after a finding.
bool read_filling_into(Reading& reading, ast::TemplatePart& part);

}  // namespace alur::dsl
