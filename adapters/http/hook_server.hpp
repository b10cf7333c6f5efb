// HookServer: a door that another machine calls at when something happened: one path, who may call
// at it, and a body, which is answered once somebody says with what. Who calls is known by a secret
// in a header, or by what `admit` finds in the call: a signature, for instance. Speaks no TLS: a
// proxy in front does.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace boost::asio {
class io_context;
}

namespace alur::adapters {

// A call, whole. Its names of headers are as they came, in their order.
struct HookCall {
  std::string target;  // the path, and the query if there is one
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  // What stands behind the question mark; query_value() reads it.
  std::string_view query() const;
  // The value of the one header of this name, in letters of any case; nothing: there is none, or
  // there are several.
  std::optional<std::string_view> header(std::string_view name) const;
};

// At least one of `secret` and `admit` is there, or nobody is let in; who is let in passes both.
struct HookSettings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  // 0: any that is free
  std::string path;        // what follows it after a question mark is the caller's
  std::string header;      // which bears the secret
  std::string secret;      // in no answer; looked at before the body is read
  // Whether the call is the far side's; else it is answered with 401. By a loop's thread.
  std::function<bool(const HookCall& call)> admit;
  std::size_t body_bytes_max = 1u << 20;
  std::size_t connections_max = 256;
};

// Takes a call; `done` is called once, from any thread, with the status of the answer.
using HookTake = std::function<void(HookCall call, std::function<void(int status)> done)>;

class HookServer {
 public:
  // Serves on these loops.
  HookServer(std::vector<boost::asio::io_context*> loops, HookTake take, HookSettings settings);
  ~HookServer();

  // Empty, or why it cannot listen there.
  std::string start();
  std::uint16_t port() const;
  // No more connections; what has come is answered.
  void stop_accepting();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace alur::adapters
