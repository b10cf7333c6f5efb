// How many flows may wait for one another in a conversation: a bound of the machine, of stored
// sessions, and of what the compiler proves.
#pragma once

#include <cstddef>

namespace alur::program {

inline constexpr std::size_t stack_max = 8;

}  // namespace alur::program
