// Screen: how a conversation looks in a terminal: words wrapped to its width, choices numbered, and
// whatever the channel would make of them. Draws into a string; writes nothing itself.
#pragma once

#include <string>
#include <string_view>

#include "engine/machine/present.hpp"

namespace alur::tools {

struct Screen {
  std::size_t columns = 80;
  bool colour = false;

  std::string draw(const machine::Message& message, const program::Channel& channel,
                   const machine::SystemWords& words) const;
  // Something that the tool itself says.
  std::string remark(std::string_view text) const;
  std::string prompt() const;
  // The prompt and what was typed at it, for where no terminal shows it.
  std::string echo(std::string_view typed) const;
};

// Broken at blanks so that no line is wider; words wider than a line are left whole.
std::string wrapped(std::string_view text, std::size_t columns, std::string_view margin);

}  // namespace alur::tools
