// SimServer: a World behind sockets on this machine: the Graph API, webhooks that are delivered and
// repeated until they are answered with 200, and /sim/... for whoever plays the citizens.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tools/graph_sim/world.hpp"

namespace alur::graph_sim {

struct SimServerSettings {
  std::uint16_t port = 8170;  // 0: any that is free
  std::string callback;       // "http://127.0.0.1:8159/whatsapp"; empty: webhooks wait
  std::size_t lanes = 64;     // connections that deliver webhooks
};

class SimServer {
 public:
  SimServer(SimSettings world, SimServerSettings settings);
  ~SimServer();  // stops

  // Serves on a thread of its own. Empty, or why it cannot.
  std::string start();
  void stop();
  std::uint16_t port() const;
  // Asks the callback for the handshake, as a developer's console does. Empty, or why it failed.
  std::string shake_hands();
  void set_callback(const std::string& url);

  // On the server's thread; returns when it is done. `now`: milliseconds since 1970.
  void with(const std::function<void(World&, std::int64_t now)>& act);
  // How long each webhook took from its sending to its answer with 200, microseconds.
  std::vector<std::uint32_t> acknowledged();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace alur::graph_sim
