// What Beast 1.81 lets through and a strict server does not: a request that two readers could read
// in two ways, or that costs too much to look at.
#pragma once

#include <cstddef>

namespace alur::adapters {

inline constexpr std::size_t header_lines_max = 64;

// One plain line about a request whose header was read (Beast's), or null for a good one.
template <class Request>
const char* fault_of(const Request& request) {
  if (request.version() != 11) return "HTTP/1.1 is spoken here";
  if (request.count("Host") != 1) return "one Host is wanted";
  if (request.count("Transfer-Encoding") > 0) return "no Transfer-Encoding here";
  if (request.count("Content-Length") > 1) return "one Content-Length is wanted";
  std::size_t lines = 0;
  for (const auto& field : request) {
    ++lines;
    for (const char c : field.value()) {
      if (c == '\r' || c == '\n') return "no folded header lines here";
    }
  }
  return lines > header_lines_max ? "too many header lines" : nullptr;
}

}  // namespace alur::adapters
