// HostClient: many requests to one host, over connections that are kept. What WebClient says of
// addresses, certificates, bounds and redirections holds here too. A request that fails says
// whether it may have been acted upon. Calls that nobody needs be told about have a bound of their
// own, so that they stand in no message's way.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/http/later.hpp"
#include "adapters/http/web_client.hpp"

namespace alur::adapters {

struct HostSettings {
  WebOrigin origin;
  AddressGuard guard;
  std::string certificates;  // a PEM file of more authorities to trust; empty: the system's only
  Resolve resolve;           // empty: the system's
  std::size_t connections_max = 64;
  std::size_t waiting_max = 4'096;  // requests that wait for a connection
  std::int64_t idle_ms = 30'000;    // then a connection that nobody uses is closed
  std::size_t header_bytes_max = 16 * 1024;
  std::size_t body_bytes_max = 256 * 1024;
};

struct HostAnswer {
  int status = 0;
  std::string retry_after;  // these two headers as they came
  std::string content_type;
  std::string body;
};

struct HostOutcome {
  ports::Result<HostAnswer> answer;
  bool written = false;  // the whole request may have left: the host may have acted upon it
};

// A POST of JSON that wants JSON for an answer.
WebRequest json_post(std::string target, std::string body);

// Takes a download piece by piece; false: no more of it.
using Sink = std::function<bool(std::string_view bytes)>;

class HostClient {
 public:
  using Done = std::function<void(HostOutcome)>;
  static constexpr int nudges_max = 16;  // under way at once

  // Of an API at "https://host/path"; over plain http only on this very machine, for what is asked
  // bears secrets. Sets the origin and the guard. Null, and one plain line in `error`.
  static std::unique_ptr<HostClient> open(const std::string& url, HostSettings settings,
                                          std::string& error);
  // `error`: what is wrong with the certificates; every request over TLS then fails.
  HostClient(HostSettings settings, std::string& error);
  ~HostClient();  // stops

  // `done` is called once, by the client's thread, after `ms_max` at the latest. Faults as
  // WebClient's; unavailable, too, where too many wait.
  void ask(WebRequest request, std::int64_t ms_max, Done done);
  // The body of an answer of 200 to 299 goes to `sink`, by the client's thread; that of others is
  // the answer's. Faults: unreadable, where it is longer than `bytes_max`; refused, by the sink.
  void download(WebRequest request, std::int64_t ms_max, std::size_t bytes_max, Sink sink,
                Done done);
  // What nobody needs be told about; for five seconds at most, and left out while many are under
  // way.
  void nudge(WebRequest request);
  const WebOrigin& origin() const;
  // The path of the address it was opened with, with a slash at its end: targets begin with it.
  const std::string& base() const;
  // Does this later, on the client's thread.
  void after(std::int64_t ms, std::function<void()> work);
  Later later();  // after(), for those that go before this does
  // Ends what is under way; nothing is called any more when this returns.
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace alur::adapters
