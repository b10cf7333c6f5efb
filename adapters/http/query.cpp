#include "adapters/http/query.hpp"

#include <algorithm>
#include <charconv>

namespace alur::adapters {
namespace {

// Of the two hex digits behind a %; -1: these are none.
int byte_of(std::string_view digits) {
  int byte = -1;
  const char* end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, byte, 16);
  const bool whole = digits.size() == 2 && read.ec == std::errc() && read.ptr == end;
  return whole ? byte : -1;
}

std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int byte = text[i] == '%' ? byte_of(text.substr(i + 1, 2)) : -1;
    if (byte >= 0) {
      out += static_cast<char>(byte);
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

}  // namespace

std::string query_value(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
    const std::size_t equals = pair.find('=');
    if (equals != pair.npos && pair.substr(0, equals) == name) {
      return decoded(pair.substr(equals + 1));
    }
  }
  return {};
}

}  // namespace alur::adapters
