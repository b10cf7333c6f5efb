// What can be covered by conversations: every state, option, outcome and rung of a flow.
#pragma once

#include <compare>
#include <set>
#include <string>
#include <vector>

#include "engine/machine/turn.hpp"

namespace alur::tools {

using program::Index;

struct Thing {
  enum class Kind : std::uint8_t { state, option, outcome, silence, retry };
  Kind kind = Kind::state;
  Index unit = 0;
  Index index = 0;
  auto operator<=>(const Thing&) const = default;
};

// All that a program has.
std::vector<Thing> things_of(const program::Program& program);
// `state greeting.menu`, with file and line.
std::string describe(const program::Program& program, const Thing& thing);
// What one turn came through.
std::vector<Thing> things_in(const machine::Trace& trace);

// By language.
using CoverageSeen = std::vector<std::set<Thing>>;

}  // namespace alur::tools
