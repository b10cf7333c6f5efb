// HookServer: a door that another machine calls at when something happened: one path, a secret in
// a header, and a body, which is answered once somebody says with what. Speaks no TLS: a proxy in
// front does.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace boost::asio {
class io_context;
}

namespace alur::adapters {

struct HookSettings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  // 0: any that is free
  std::string path;
  std::string header;  // which bears the secret
  std::string secret;  // in no answer; without one nobody is let in
  std::size_t body_bytes_max = 1u << 20;
  std::size_t connections_max = 256;
};

// Takes a body; `done` is called once, from any thread, with the status of the answer.
using HookTake = std::function<void(std::string body, std::function<void(int status)> done)>;

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
