// Asking somebody at the terminal for a password, or reading it from standard input. Never from the
// command line, which other users of the machine can see.
#pragma once

#include <optional>
#include <string>

namespace alur::tools {

// At a terminal: twice, without showing it. Else: the first line of standard input. Nothing, and
// one plain line in `error`: the two differ, or there is none.
std::optional<std::string> ask_password(const std::string& name, std::string& error);

}  // namespace alur::tools
