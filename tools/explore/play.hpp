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

// With fewer moves, as long as the fault is still shown where it was.
Walked shrink(const std::shared_ptr<const program::Program>& program, const Explorer& explorer,
              Walked walked, const Fault& fault, const FaultBounds& bounds);

struct ShownFault {
  std::string chat;
  std::string doubt;  // why the chat does not show the fault; empty: it does, and it replays
};
// The shortest chat that shows it. A question that nothing leads on from is shown by everything
// that could: each option, words that fit nothing, and a silence.
ShownFault show(const std::shared_ptr<const program::Program>& program, const Explorer& explorer,
                const FoundFault& found, std::string_view title, const FaultBounds& bounds);

// Whether the chats of this text pass against the program, and if not why not.
std::optional<std::string> replay_fault(const std::shared_ptr<const program::Program>& program,
                                        const std::string& chats);

}  // namespace alur::tools
