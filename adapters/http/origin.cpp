#include "adapters/http/origin.hpp"

#include <algorithm>

namespace alur::adapters {
namespace {

constexpr std::size_t origin_bytes_max = 256;

char to_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_alike(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return to_lower(x) == to_lower(y); });
}

// What stands behind the scheme; empty for what is no origin, `null` among it.
std::string_view authority_of(std::string_view origin) {
  if (origin.size() > origin_bytes_max) return {};
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (origin.size() > scheme.size() && is_alike(origin.substr(0, scheme.size()), scheme)) {
      return origin.substr(scheme.size());
    }
  }
  return {};
}

}  // namespace

bool is_origin(std::string_view text) {
  const std::string_view authority = authority_of(text);
  return !authority.empty() && std::all_of(authority.begin(), authority.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == ':' || c == '[' || c == ']';
  });
}

bool may_open_socket(std::string_view origin, std::string_view host,
                     const std::vector<std::string>& allowed) {
  if (!is_origin(origin)) return false;
  if (allowed.empty()) return is_alike(authority_of(origin), host);
  return std::any_of(allowed.begin(), allowed.end(),
                     [origin](const std::string& one) { return is_alike(origin, one); });
}

bool is_loopback_host(std::string_view host) {
  const std::size_t colon = host.rfind(':');
  const std::string_view port = colon == std::string_view::npos ? "" : host.substr(colon + 1);
  const bool has_port = !port.empty() && port.find_first_not_of("0123456789") == port.npos;
  if (has_port) host = host.substr(0, colon);
  if (is_alike(host, "localhost") || host == "[::1]") return true;
  return host.starts_with("127.") && host.find_first_not_of("0123456789.") == host.npos;
}

std::string content_security_policy(const std::vector<std::string>& embedders) {
  std::string policy =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
      "img-src 'self' blob:; "
      "base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
  for (const std::string& embedder : embedders) policy += " " + embedder;
  return policy;
}

}  // namespace alur::adapters
