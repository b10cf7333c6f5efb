// Listing: what a program holds that people know by name, each thing with its words. Internal to
// the folder.
#pragma once

#include <string>
#include <vector>

#include "engine/program/program.hpp"

namespace alur::tools {

struct Listed {
  std::string where;   // "greeting.start"; the same in both versions
  std::string what;    // "the text"; with `where` its name
  std::string words;   // what it says
  bool whole = false;  // a flow or state: what is in it is not told apart when it is new or gone
};

std::vector<Listed> list_app(const program::Program& program);

}  // namespace alur::tools
