// What is different between two versions of an app, in plain words: for content staff who ask what
// a publish will change.
#pragma once

#include <string>
#include <vector>

#include "engine/program/program.hpp"

namespace alur::tools {

// One line for each difference, and below it, indented, what was and what is. In the order of the
// newer version, then what is gone. Empty: they say and do the same, as far as words, states,
// options, questions, variables, services and times go; `hash()` tells the rest.
std::vector<std::string> diff_apps(const program::Program& before, const program::Program& after);

}  // namespace alur::tools
