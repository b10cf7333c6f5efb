// A message of the bot in one line, for a look back.
#pragma once

#include <string>

#include "engine/machine/message.hpp"

namespace alur::tools {

inline constexpr std::size_t brief_columns_max = 84;

// Its first words and its choices; `…` stands for what is left out.
std::string brief(const machine::Message& message);
// At most so many columns of a terminal.
std::string cut_to_columns(std::string_view text, std::size_t columns_max);

}  // namespace alur::tools
