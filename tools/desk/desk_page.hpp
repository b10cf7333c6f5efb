// The files of the agent desk's page, as they are built into the program (tools/desk/build.mjs).
#pragma once

#include <span>

#include "adapters/http/web_file.hpp"

namespace alur::tools {

// "/", what it names, and the two icons of the tab.
std::span<const adapters::WebFile> desk_page();

}  // namespace alur::tools
