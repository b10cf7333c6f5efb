// Where one state leads, and by what: every way through its code to another state, another flow or
// an end.
#pragma once

#include <string>
#include <vector>

#include "engine/program/program.hpp"

namespace alur::tools {

struct Exit {
  enum class Kind { state, flow, run, end, stop };
  Kind kind = Kind::state;
  program::Index target = 0;     // a state, a unit, or a declared outcome
  std::vector<std::string> way;  // what was chosen on the way, outermost first
  bool is_miss = false;          // the way begins with nothing fitting, or with silence
};

// Of the code from an address on, up to the next `enter`s. Ways that come together again are told
// only as far as they had not yet parted.
std::vector<Exit> exits_from(const program::Program& program, program::Index unit,
                             program::Index address);

// Shown on one line, shortened.
std::string shown_text(const program::Program& program, const program::Unit& unit,
                       program::Index text, std::size_t units_max);

}  // namespace alur::tools
