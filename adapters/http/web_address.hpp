// The address of something on another machine.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "adapters/http/web_client.hpp"

namespace alur::adapters {

struct WebAddress {
  WebOrigin origin;
  std::string target;  // path and query; "/" where there is none
};

// "https://host[:port]/path?query", or http. Nothing for anything else: no user names, no
// fragments, nothing that stands for a part of a host.
std::optional<WebAddress> parse_web_address(std::string_view text);

}  // namespace alur::adapters
