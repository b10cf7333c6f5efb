// Completion scripts for shells from the table of commands.
#pragma once

#include <string>
#include <vector>

#include "tools/manual/command_table.hpp"

namespace alur::tools {

std::string bash_completion(const std::vector<CommandRow>& table);
std::string zsh_completion(const std::vector<CommandRow>& table);
std::string fish_completion(const std::vector<CommandRow>& table);

}  // namespace alur::tools
