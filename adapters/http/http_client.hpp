// One request to a service on this machine, and its answer.
#pragma once

#include <string>

#include "adapters/http/http_server.hpp"

namespace alur::adapters {

// Status 0, and one plain line in `body`, when there was no answer.
HttpAnswer http_ask(const std::string& host, std::uint16_t port, const HttpRequest& request,
                    int seconds_max = 120);

}  // namespace alur::adapters
