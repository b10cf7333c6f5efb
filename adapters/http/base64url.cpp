#include "adapters/http/base64url.hpp"

namespace alur::adapters {
namespace {

constexpr std::string_view letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

}  // namespace

std::string to_base64url(std::span<const unsigned char> bytes) {
  std::string out;
  unsigned held = 0;
  int bits = 0;
  for (const unsigned char byte : bytes) {
    held = (held << 8) | byte;
    bits += 8;
    for (; bits >= 6; bits -= 6) out += letters[(held >> (bits - 6)) & 63];
  }
  if (bits > 0) out += letters[(held << (6 - bits)) & 63];
  return out;
}

bool is_base64url(std::string_view text) {
  return text.find_first_not_of(letters) == text.npos;
}

}  // namespace alur::adapters
