// Playing: moves made in a real conversation, written down as a `.chat` that replays.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tools/explore/coverage.hpp"
#include "tools/explore/explorer.hpp"

namespace alur::tools {

struct Played {
  std::string chat;           // its text, from `chat:` on
  std::vector<Fault> faults;  // of its turns
  CoverageSeen covered;
  bool whole = true;  // every move was possible
};

// `title`: one line. Nothing is answered but by the moves; times are whole seconds.
Played play(const std::shared_ptr<const program::Program>& program, const Walked& walked,
            std::string_view title, const FaultBounds& bounds = {});

// With fewer moves, as long as a fault of that kind is still shown where it was.
Walked shrink(const std::shared_ptr<const program::Program>& program, Walked walked,
              const Fault& fault, const FaultBounds& bounds);

// Whether the chats of this text pass against the program, and if not why not.
std::optional<std::string> replay_fault(const std::shared_ptr<const program::Program>& program,
                                        const std::string& chats);

}  // namespace alur::tools
