// A figure that a check has found: a name, a number, and perhaps the bound that it is held to and
// the place where it is reached. For summaries and for programs; findings say what is wrong.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dsl/finding/source.hpp"

namespace alur::dsl {

struct Figure {
  std::string name;  // messages, calls, person, ...: stable
  std::int64_t value = 0;
  std::optional<std::int64_t> bound;
  std::optional<Span> span;
};

using Figures = std::vector<Figure>;

}  // namespace alur::dsl
