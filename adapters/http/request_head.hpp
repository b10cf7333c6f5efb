// The head of a request, as bytes: what two readers could read in two ways is refused before any
// reader has it. Beast 1.81 lets much of it through, and some it mends so that nobody sees it.
#pragma once

#include <cstddef>
#include <string_view>

namespace alur::adapters {

inline constexpr std::size_t head_bytes_max = 8 * 1024;
inline constexpr std::size_t head_lines_max = 64;

// Where the head of a request ends, behind its empty line; npos: not yet. `from`: up to where an
// earlier call has looked.
std::size_t end_of_head(std::string_view bytes, std::size_t from = 0);

// One plain line about a whole head, its empty line with it, or null for a good one: RFC 9112 with
// one Host, at most one Content-Length, no Transfer-Encoding, and none of what it lets pass.
const char* fault_of_head(std::string_view head);

}  // namespace alur::adapters
