// The files of the web chat's page, as they are built into the program (tools/webchat/build.mjs).
#pragma once

#include <span>
#include <string>

#include "adapters/webchat/web_server.hpp"

namespace alur::tools {

// "/" has "%TITLE%" where the service's name belongs.
std::span<const adapters::WebFile> page_files();

// The page with this name in it, escaped as HTML wants it.
std::string page_with_title(std::string_view page, std::string_view title);

}  // namespace alur::tools
