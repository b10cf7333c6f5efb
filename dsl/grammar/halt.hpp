// Where a grammar could not read on, and what it wanted there: material for a finding, never shown.
#pragma once

#include <string>

namespace alur::dsl {

struct Halt {
  const char* at = nullptr;
  std::string wanted;  // the name of the rule, or empty
};

}  // namespace alur::dsl
