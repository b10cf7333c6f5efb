// What an operator settles of the Telegram channel. Secrets stand in it: it is shown and logged
// nowhere.
#pragma once

#include <string>

namespace alur::adapters {

// A chat as it is reached: "telegram:<chat id>"; ids of groups are negative.
inline constexpr const char* telegram_name = "telegram";

struct TelegramSettings {
  std::string token;                                 // of the bot, as @BotFather gives it; secret
  std::string api_url = "https://api.telegram.org";  // plain http on loopback only

  // --- a webhook instead of long polling
  std::string webhook_url;  // where Telegram finds `path`, over https; empty: updates are fetched
  std::string secret;       // what Telegram says with each of its calls; secret
  std::string address = "127.0.0.1";  // of the door; a proxy in front speaks TLS
  int port = -1;                      // 0: any that is free; -1: three after the plain channel's
  std::string path = "/telegram";

  bool is_on() const { return !token.empty(); }
  bool has_webhook() const { return !webhook_url.empty(); }
};

}  // namespace alur::adapters
