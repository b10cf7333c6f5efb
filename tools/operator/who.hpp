// Whoever sits at the machine, for what is written down about who did something.
#pragma once

#include <string>

namespace alur::tools {

// The name of the user, also behind sudo; "somebody" where it is not known.
std::string who();
// Nothing, or why a file beside this store must not be made or written by this user: root would
// make files that the service cannot open. One plain line.
std::string why_not_as_this_user(const std::string& store);

}  // namespace alur::tools
