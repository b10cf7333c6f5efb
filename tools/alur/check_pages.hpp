// The pages of docs/checks, embedded when alur is built.
#pragma once

#include <string_view>

namespace alur::tools {

// Empty when there is none.
std::string_view check_page(std::string_view code);

}  // namespace alur::tools
