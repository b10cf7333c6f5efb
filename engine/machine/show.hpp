// How a value reads to a citizen in a language when no filter says otherwise.
#pragma once

#include <string>

#include "engine/program/program.hpp"

namespace alur::machine {

void show_value(const program::Program& program, program::Index language, const value::Value& value,
                std::string& out);

}  // namespace alur::machine
