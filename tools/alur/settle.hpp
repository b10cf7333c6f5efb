// Settings from an alur.yaml, for the commands that take one.
#pragma once

#include <string>

#include "tools/serve/serve.hpp"

namespace alur::tools {

// An exit code: good; found, with the findings on the error stream; or unusable, with one line
// there that begins with `command`.
int settle(const std::string& config, ServeSettings& settings, const std::string& command);

}  // namespace alur::tools
