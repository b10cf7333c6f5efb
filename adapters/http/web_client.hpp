// WebClient: requests to other machines, over HTTP or TLS, held in: every address that a name has
// is checked and the checked one connected to, nothing is redirected, no proxy is asked, what comes
// is bounded in size and time. A connection carries one request.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "adapters/http/address_guard.hpp"
#include "engine/ports/fault.hpp"

namespace alur::adapters {

struct WebOrigin {
  bool tls = true;
  std::string host;
  std::uint16_t port = 443;
};

struct WebRequest {
  std::string method;
  std::string target;  // path and query
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

struct WebAnswer {
  int status = 0;
  std::string body;
};

// The addresses of a name, as text; may block. None: there are none.
using Resolve = std::function<std::vector<std::string>(const std::string& host)>;

struct WebSettings {
  AddressGuard guard;
  std::string certificates;  // a PEM file of more authorities to trust; empty: the system's only
  Resolve resolve;           // empty: the system's
  std::size_t header_bytes_max = 8 * 1024;
  std::size_t body_bytes_max = 256 * 1024;
};

class WebClient {
 public:
  // `error`: what is wrong with the certificates; every request over TLS then fails.
  WebClient(WebSettings settings, std::string& error);
  ~WebClient();  // stops

  // `done` is called once, by a thread of the client's, after `ms_max` at the latest. Faults:
  // refused (an address that is not allowed), timed_out, unavailable (no connection, or one that
  // breaks), unreadable (no HTTP, or more than is allowed).
  void ask(const WebOrigin& origin, WebRequest request, std::int64_t ms_max,
           std::function<void(ports::Result<WebAnswer>)> done);
  // Ends what is under way; nothing is called any more when this returns.
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace alur::adapters
