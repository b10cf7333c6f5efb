#include "adapters/http/web_address.hpp"

#include <algorithm>
#include <charconv>

namespace alur::adapters {
namespace {

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

// Takes ":port" off the end of a host; 0: what is there is no port.
int take_port(std::string_view& host, int usual) {
  const std::size_t bracket = host.rfind(']');
  const std::size_t colon = host.rfind(':');
  if (colon == host.npos || (bracket != host.npos && colon < bracket)) return usual;
  const std::string_view digits = host.substr(colon + 1);
  int port = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  const bool whole = read.ec == std::errc() && read.ptr == digits.data() + digits.size();
  host = host.substr(0, colon);
  return whole && digits.size() <= 5 && port >= 1 && port <= 65'535 ? port : 0;
}

}  // namespace

std::optional<WebAddress> parse_web_address(std::string_view text) {
  WebAddress address;
  const bool tls = text.starts_with("https://");
  if (!is_plain(text) || (!tls && !text.starts_with("http://"))) return std::nullopt;
  text.remove_prefix(tls ? 8 : 7);
  const std::size_t slash = std::min(text.find('/'), text.size());
  std::string_view host = text.substr(0, slash);
  address.target = slash < text.size() ? std::string(text.substr(slash)) : "/";
  if (address.target.find('#') != address.target.npos) return std::nullopt;
  const int port = take_port(host, tls ? 443 : 80);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  if (port == 0 || host.empty() || host.find_first_of("@{}[]?%\\") != host.npos) {
    return std::nullopt;
  }
  address.origin = {tls, std::string(host), static_cast<std::uint16_t>(port)};
  return address;
}

}  // namespace alur::adapters
