// The files of the web chat's page, as they are built into the program (tools/webchat/build.mjs).
#pragma once

#include <span>
#include <string>

#include "adapters/webchat/web_server.hpp"

namespace alur::tools {

// "/" has "%TITLE%" where the service's name belongs, and "%FILES%" where it says which files are
// taken.
std::span<const adapters::WebFile> page_files();

// The page with both in their places, escaped as HTML wants it.
std::string page_for(std::string_view page, std::string_view title, std::string_view files);

}  // namespace alur::tools
