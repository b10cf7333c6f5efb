// A whole number that somebody else has written.
#pragma once

#include <charconv>
#include <optional>
#include <string_view>

namespace alur::adapters {

// Decimal digits and nothing else, after a minus where Number has a sign. Nothing for anything
// else, and for what Number does not hold.
template <class Number>
std::optional<Number> parse_whole(std::string_view text) {
  Number number = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return number;
}

}  // namespace alur::adapters
