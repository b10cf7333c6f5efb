// WebhookServer: the door that Meta knocks at. It answers one path: the handshake, and signed
// webhooks; a body is answered with 200 once what it holds is durable. Speaks no TLS: a proxy in
// front does, and that is where a client certificate of Meta's is asked for.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "adapters/whatsapp/intake.hpp"
#include "adapters/whatsapp/settings.hpp"

namespace boost::asio {
class io_context;
}

namespace alur::adapters {

class WebhookServer {
 public:
  // 3 MB is Meta's most (webhooks/overview, 2025-12).
  static constexpr std::size_t body_bytes_max = 4u << 20;
  // Of all bodies that are being read or kept; more is answered with 503.
  static constexpr std::size_t bodies_bytes_max = 64u << 20;
  static constexpr std::size_t connections_max = 1'024;

  // Serves on these loops. `intake` must outlive it.
  WebhookServer(std::vector<boost::asio::io_context*> loops, Intake& intake,
                const WhatsAppSettings& settings, std::uint16_t port);
  ~WebhookServer();

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
