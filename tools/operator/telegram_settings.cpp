// `telegram` of an alur.yaml: the bot, and its webhook where it has one.
#include "adapters/http/base64url.hpp"
#include "tools/operator/read_setting.hpp"

namespace alur::tools {

using dsl::Code;
using dsl::Place;

namespace {

// Telegram's own rule for it (setWebhook): A-Z, a-z, 0-9, _ and -.
void take_hook_secret(Reading& reading, const Place& place) {
  const std::string secret = take_secret(reading, place);
  if (adapters::is_base64url(secret) && secret.size() <= 256) {
    reading.settings.telegram.secret = secret;
  } else {
    refuse(reading, Code::bad_setting, place,
           "Telegram takes 256 characters of A-Z, a-z, 0-9, _ and - as a secret",
           "`openssl rand -hex 32` makes one");
  }
}

constexpr Setting telegram_settings[] = {
    {"token_from",
     [](Reading& reading, const Place& place) {
       reading.settings.telegram.token = take_secret(reading, place);
     }},
    {"webhook_url",
     [](Reading& reading, const Place& place) {
       const std::string url = take_text(reading, place);
       if (url.starts_with("https://"))
         reading.settings.telegram.webhook_url = url;
       else if (!url.empty()) {
         refuse(reading, Code::bad_setting, place, "`webhook_url` takes https://HOST/PATH");
       }
     }},
    {"secret_from", take_hook_secret},
    {"port",
     [](Reading& reading, const Place& place) {
       const auto port = take_number(reading, place, port_max);
       if (!port) return;
       reading.settings.telegram.port = static_cast<int>(*port);
       reading.telegram_port = place.node.span();
     }},
    {"address",
     [](Reading& reading, const Place& place) {
       reading.settings.telegram.address = take_address(reading, place);
     }},
    {"path",
     [](Reading& reading, const Place& place) {
       const std::string path = take_text(reading, place);
       const bool good = path.starts_with('/') && path.find_first_of("?# ") == path.npos;
       if (good) reading.settings.telegram.path = path;
       if (!good && !path.empty()) {
         refuse(reading, Code::bad_setting, place, "`path` takes a path like /telegram");
       }
     }},
    {"api_url",
     [](Reading& reading, const Place& place) {
       reading.settings.telegram.api_url = take_text(reading, place);
     }},
};

}  // namespace

void take_telegram(Reading& reading, const Place& place) {
  if (!want_map(reading.pass, place, "token_from")) return;
  take_map(reading, place.node, telegram_settings);
  const bool hook = place.node.find("webhook_url");
  if (!place.node.find("token_from")) {
    refuse(reading, Code::missing_setting, place, "`telegram` needs `token_from`");
  }
  if (hook != static_cast<bool>(place.node.find("secret_from"))) {
    refuse(reading, Code::missing_setting, place, "`webhook_url` and `secret_from` come together",
           "without both, updates are fetched");
  }
}

}  // namespace alur::tools
