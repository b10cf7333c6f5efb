// Building a record out of fields by name, as adapters get them from outside.
#pragma once

#include <string_view>
#include <vector>

#include "engine/value/type.hpp"
#include "engine/value/value.hpp"

namespace alur::value {

struct NamedField {
  std::string_view name;
  Value value;
};

// A record of the type: its fields in the order of declaration. Those that are not given are left
// out, and so are given ones that the type does not have or that do not conform.
Value record_of(const Type& type, const std::vector<NamedField>& fields);

}  // namespace alur::value
