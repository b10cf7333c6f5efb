// The outcomes of a handoff that `return_to` makes: people send the citizen on to a state of the
// flow.
#pragma once

#include <string_view>

namespace alur::program {

// The state's name follows. No outcome that an author writes has a blank in its name.
inline constexpr std::string_view return_prefix = "to ";

constexpr bool is_return(std::string_view outcome) {
  return outcome.starts_with(return_prefix);
}

}  // namespace alur::program
