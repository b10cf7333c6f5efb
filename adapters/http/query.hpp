// The query of a target, as forms write it: name=value, joined with &.
#pragma once

#include <string>
#include <string_view>

namespace alur::adapters {

// The first value of `name`; empty where it is not given. `+` is a blank, %41 the byte of that
// number; a % that two hex digits do not follow stands for itself. Any bytes may come of it.
std::string query_value(std::string_view query, std::string_view name);

}  // namespace alur::adapters
