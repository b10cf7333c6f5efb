// Man pages from the table of commands.
#pragma once

#include <string>
#include <vector>

#include "tools/manual/command_table.hpp"

namespace alur::tools {

// "alur", or "alur-registry-import".
std::string man_page_name(const CommandRow& command);

// One page in roff, for section 1.
std::string man_page(const std::vector<CommandRow>& table, const CommandRow& command,
                     const std::string& version);

}  // namespace alur::tools
