// Route: the requests of the desk's page, as routes.def has them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/desk/roles.hpp"

namespace alur::adapters {

enum class Route : std::uint8_t {
#define ROUTE(name, method, path, action, bytes) name,
#define OPEN_ROUTE(name, method, path, bytes) name,
#include "adapters/desk/routes.def"
};

struct RouteAbout {
  std::string_view name;
  std::string_view method;
  std::string_view path;
  std::optional<Action> action;  // unset: for whoever comes
  std::uint64_t body_bytes_max = 0;
};
const RouteAbout& about(Route route);

struct RouteFound {
  Route route = Route::me;
  std::vector<std::string> pieces = {};  // of the path, decoded, where the table has `*`
};
// `status` is 404 where there is no such path, 405 where it is not for this method.
std::optional<RouteFound> find_route(std::string_view method, std::string_view path, int& status);

// "%41" and "+" decoded; what is no UTF-8 stays as it is.
std::string decode_percent(std::string_view text);

}  // namespace alur::adapters
