// Recording: what was done and said in a terminal, as a `.chat` file that replays.
#pragma once

#include <string>
#include <vector>

#include "engine/machine/message.hpp"
#include "tools/replay/conversation.hpp"

namespace alur::tools {

class Recording {
 public:
  // A line of the chat as it would be written: "> halo", "! registry.lookup unavailable".
  void act(std::string line, value::Instant at);
  // What the bot has said since.
  void answer(const machine::Message& message);

  // For going back: how much there is, and forgetting what came after.
  std::size_t size() const { return lines_.size(); }
  void cut_to(std::size_t size);

  std::string chat(const program::Program& program, const ConversationSettings& settings,
                   std::string_view title) const;

 private:
  std::vector<std::string> lines_;
  std::vector<value::Instant> at_;  // of the line, for each line
  value::Instant last_;
};

}  // namespace alur::tools
