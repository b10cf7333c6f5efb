// Samples: values that a citizen could type and that a service could answer with, few of each kind,
// and such as a flow could tell apart.
#pragma once

#include <string>
#include <vector>

#include "engine/program/program.hpp"

namespace alur::tools {

// What to type for a value of this type; `unit` gives the numbers that its conditions speak of.
std::vector<std::string> typed_samples(const value::Type& type, const program::Unit& unit);

// Values of this type: one, and one more for each member, truth or absence of one of its parts.
std::vector<value::Value> value_samples(const value::Type& type);

}  // namespace alur::tools
