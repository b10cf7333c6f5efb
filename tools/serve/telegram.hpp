// Telegram in a running service: the bot, and the door of its webhook where it has one.
#pragma once

#include <memory>
#include <string>

#include "adapters/http/hook_server.hpp"
#include "adapters/telegram/telegram_channel.hpp"
#include "engine/runtime/runtime.hpp"
#include "tools/serve/serve.hpp"
#include "tools/serve/told.hpp"

namespace alur::tools {

class Telegram {
 public:
  // Null, and one plain line in `error`.
  static std::unique_ptr<Telegram> open(const ServeSettings& settings, std::string& error);

  ports::Channel& channel() { return *channel_; }
  // Takes updates. Empty, or why it cannot.
  std::string start(runtime::Runtime& runtime);
  // No more calls of the webhook.
  void stop_receiving();
  // Nothing more is sent, nor told to the runtime.
  void stop() { channel_->stop(); }
  // Lines for operators, since the last call.
  std::string told() { return told_.take(); }
  // "http://127.0.0.1:8160/telegram"; empty without a webhook.
  std::string place() const;

 private:
  explicit Telegram(const ServeSettings& settings) : settings_(settings) {}

  const ServeSettings& settings_;
  Told told_;
  std::unique_ptr<adapters::TelegramChannel> channel_;
  std::unique_ptr<adapters::HookServer> door_;
};

}  // namespace alur::tools
