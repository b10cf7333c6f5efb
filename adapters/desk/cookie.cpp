#include "adapters/desk/cookie.hpp"

#include <algorithm>

#include "adapters/desk/hashing.hpp"

namespace alur::adapters {
namespace {

constexpr std::string_view attributes = "; Path=/; Secure; HttpOnly; SameSite=Strict";

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::string to_set_cookie(std::string_view secret) {
  return std::string(desk_cookie).append("=").append(secret).append(attributes);
}

std::string to_clear_cookie() {
  return to_set_cookie("") + "; Max-Age=0";
}

std::string_view read_cookie(std::string_view header) {
  std::string_view found;
  while (!header.empty()) {
    const std::size_t end = std::min(header.find(';'), header.size());
    const std::string_view pair = without_blanks(header.substr(0, end));
    header.remove_prefix(std::min(end + 1, header.size()));
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || pair.substr(0, equals) != desk_cookie) continue;
    const std::string_view value = pair.substr(equals + 1);
    if (!found.empty() && found != value) return {};
    found = value;
  }
  return found;
}

std::string page_token(std::string_view secret) {
  return to_hex(hmac_sha256(secret, "alur desk page"));
}

bool is_page_token(std::string_view secret, std::string_view token) {
  return same_bytes(page_token(secret), token);
}

}  // namespace alur::adapters
