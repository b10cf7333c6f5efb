// A covering set: few chats that come through every state, option, outcome and rung, in every
// language, as far as exploration came through them.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tools/explore/explorer.hpp"

namespace alur::tools {

struct CoveringSet {
  std::vector<std::vector<std::string>> chats;  // by language
  std::vector<std::pair<Thing, Index>> missed;  // nothing came through it in this language
  std::vector<std::string> dropped;             // why a chat that was made does not replay
};

CoveringSet cover_all(const std::shared_ptr<const program::Program>& program,
                      const Explorer& explorer);

}  // namespace alur::tools
