// WhatsApp in a running service: its webhooks, whom they are from, and the channel that answers.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "adapters/whatsapp/citizens.hpp"
#include "adapters/whatsapp/intake.hpp"
#include "adapters/whatsapp/webhook_server.hpp"
#include "adapters/whatsapp/whatsapp_channel.hpp"
#include "engine/runtime/runtime.hpp"
#include "tools/serve/serve.hpp"

namespace alur::tools {

class WhatsApp {
 public:
  // Null, and one plain line in `error`. All must outlive it.
  static std::unique_ptr<WhatsApp> open(const ServeSettings& settings, const ports::Clock& clock,
                                        ports::Store& store, std::string& error);

  ports::Channel& channel() { return *channel_; }
  // Takes webhooks, on the runtime's loops. Empty, or why it cannot.
  std::string start(runtime::Runtime& runtime);
  // No more of them.
  void stop_receiving();
  // Nothing more is sent, nor told to the runtime.
  void stop();
  // Lines for operators, since the last call.
  std::string told();
  // "http://127.0.0.1:8159/whatsapp"
  std::string place() const;

 private:
  WhatsApp(const ServeSettings& settings, const ports::Clock& clock)
      : settings_(settings), clock_(clock) {}

  const ServeSettings& settings_;
  const ports::Clock& clock_;
  std::mutex mutex_;
  std::string told_;
  std::unique_ptr<adapters::WhatsAppCitizens> citizens_;
  std::unique_ptr<adapters::WhatsAppChannel> channel_;
  std::unique_ptr<adapters::Intake> intake_;
  std::unique_ptr<adapters::WebhookServer> server_;
};

// The webhooks' port, as it is settled or two after the plain channel's.
std::uint16_t whatsapp_port(const ServeSettings& settings);

}  // namespace alur::tools
