#include "adapters/whatsapp/handshake.hpp"

#include <charconv>

#include "adapters/whatsapp/signature.hpp"

namespace alur::adapters {
namespace {

// Nothing for what is not coded as a query is.
std::optional<std::string> decode_part(std::string_view part) {
  std::string out;
  for (std::size_t i = 0; i < part.size(); ++i) {
    if (part[i] == '+') {
      out += ' ';
    } else if (part[i] != '%') {
      out += part[i];
    } else {
      unsigned char byte = 0;
      const char* begin = part.data() + i + 1;
      if (i + 2 >= part.size()) return std::nullopt;
      const auto read = std::from_chars(begin, begin + 2, byte, 16);
      if (read.ec != std::errc() || read.ptr != begin + 2) return std::nullopt;
      out += static_cast<char>(byte);
      i += 2;
    }
  }
  return out;
}

struct Asked {
  std::optional<std::string> mode;
  std::optional<std::string> token;
  std::optional<std::string> challenge;
};

// False: something is given twice, or badly coded.
bool take_pair(std::string_view pair, Asked& asked) {
  const std::size_t equals = pair.find('=');
  const auto name = decode_part(pair.substr(0, equals));
  if (!name) return false;
  std::optional<std::string>* part = *name == "hub.mode"           ? &asked.mode
                                     : *name == "hub.verify_token" ? &asked.token
                                     : *name == "hub.challenge"    ? &asked.challenge
                                                                   : nullptr;
  if (!part) return true;
  if (*part || equals == std::string_view::npos) return false;
  *part = decode_part(pair.substr(equals + 1));
  return part->has_value();
}

}  // namespace

std::optional<std::string> answer_handshake(std::string_view query, std::string_view verify_token) {
  Asked asked;
  for (std::size_t at = 0; at < query.size();) {
    const std::size_t end = std::min(query.find('&', at), query.size());
    if (!take_pair(query.substr(at, end - at), asked)) return std::nullopt;
    at = end + 1;
  }
  if (asked.mode != "subscribe" || !asked.token || !asked.challenge) return std::nullopt;
  if (verify_token.empty() || !equal_in_constant_time(*asked.token, verify_token)) {
    return std::nullopt;
  }
  if (asked.challenge->size() > challenge_bytes_max) return std::nullopt;
  return asked.challenge;
}

}  // namespace alur::adapters
