#include "adapters/desk/route.hpp"

#include <algorithm>

namespace alur::adapters {

namespace {

constexpr RouteAbout routes[] = {
#define ROUTE(name, method, path, action, bytes) {#name, method, path, Action::action, bytes},
#define OPEN_ROUTE(name, method, path, bytes) {#name, method, path, std::nullopt, bytes},
#include "adapters/desk/routes.def"
};

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string_view next_piece(std::string_view& path) {
  const std::size_t end = std::min(path.find('/'), path.size());
  const std::string_view piece = path.substr(0, end);
  path.remove_prefix(std::min(end + 1, path.size()));
  return piece;
}

// Piece by piece; `*` takes any one that is not empty.
bool fits(std::string_view pattern, std::string_view path, std::vector<std::string>& pieces) {
  while (!pattern.empty() && !path.empty()) {
    const std::string_view wanted = next_piece(pattern);
    const std::string_view piece = next_piece(path);
    if (wanted == "*" && !piece.empty()) {
      pieces.push_back(decode_percent(piece));
    } else if (wanted != piece) {
      return false;
    }
  }
  return pattern.empty() && path.empty();
}

}  // namespace

const RouteAbout& about(Route route) {
  return routes[static_cast<std::size_t>(route)];
}

std::string decode_percent(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool coded = text[i] == '%' && i + 2 < text.size() && digit_of(text[i + 1]) >= 0 &&
                       digit_of(text[i + 2]) >= 0;
    if (coded) {
      out += static_cast<char>(16 * digit_of(text[i + 1]) + digit_of(text[i + 2]));
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

std::optional<RouteFound> find_route(std::string_view method, std::string_view path, int& status) {
  status = 404;
  for (std::size_t i = 0; i < std::size(routes); ++i) {
    RouteFound found{static_cast<Route>(i)};
    if (!fits(routes[i].path, path, found.pieces)) continue;
    if (routes[i].method == method) return found;
    status = 405;
  }
  return std::nullopt;
}

}  // namespace alur::adapters
