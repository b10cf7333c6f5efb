// A service: an app, a store, the plain HTTP channel, the web chat and the runtime, from start to
// SIGTERM.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include "adapters/desk/desk_settings.hpp"
#include "adapters/files/folder_files.hpp"
#include "adapters/http/tls_pair.hpp"
#include "adapters/telegram/settings.hpp"
#include "adapters/whatsapp/settings.hpp"
#include "engine/ports/store.hpp"

namespace alur::tools {

// The web chat, which is there when the app has the channel `webchat` and the plain channel is
// another one.
struct WebChatSettings {
  std::string address = "127.0.0.1";
  int port = -1;      // 0: any that is free; -1: the one after the plain channel's
  std::string title;  // empty: the app's name
  std::vector<std::string> origins;
  std::vector<std::string> embedders;
  std::vector<std::string> proxies;
  std::size_t connections_max = 16'384;
  std::size_t connections_of_address_max = 1'024;  // 0: as many as may be in all
  adapters::TlsFiles tls;                          // none named: plain HTTP
  std::string secret;  // the tokens' key is made from it; empty: it lies in a file beside the store
};

// The agent desk, which is there when the app has queues.
struct DeskPlace {
  bool on = true;
  std::string address = "127.0.0.1";
  int port = -1;  // 0: any that is free; -1: the fourth after the plain channel's
  std::vector<std::string> origins;
  std::vector<std::string> proxies;
  adapters::TlsFiles tls;  // none named: plain HTTP
  std::string secret;      // of the audit's key; empty: it lies in a file beside the store
  std::vector<adapters::DeskChoice> codes;    // of the wrap-up; at first usual_codes()
  std::vector<adapters::DeskChoice> reasons;  // for being away; at first usual_reasons()
  std::vector<std::pair<std::string, std::int32_t>> units;  // of a channel's conversation
  std::int32_t capacity = 400;  // of an agent; hundredths of a unit, as `units`
  int open_max = 8;
  std::int64_t offer_ms = 30'000;

  DeskPlace() : codes(usual_codes()), reasons(usual_reasons()) {}
  static std::vector<adapters::DeskChoice> usual_codes();
  static std::vector<adapters::DeskChoice> usual_reasons();
};

struct ServeSettings {
  std::string app;                    // its folder
  std::string store = "alur.db";      // a file; empty: in memory
  std::string address = "127.0.0.1";  // loopback only
  std::uint16_t port = 8157;
  std::uint32_t cores = 0;  // 0: as many as the machine has
  std::string lists;        // the folder of the registry's lists; empty: data/ of the app
  std::string audit;        // the folder of answers of the registry; empty: beside the store
  std::string channel;      // as which of the app's channels; empty: its first
  std::string services;     // a services.json; empty: the one in the app's folder, if any
  bool watch = false;       // publishes what is saved
  ports::Retention keep;
  adapters::FileBounds files;  // what citizens may send, beside words
  std::string log = "plain";   // or json: one object a line
  WebChatSettings web;
  DeskPlace desk;
  adapters::WhatsAppSettings whatsapp;
  adapters::TelegramSettings telegram;
};

// Which of the app's channels the plain one serves: the one that is named, else its first, or where
// WhatsApp or Telegram are settled, the first besides them and the web chat; empty: none.
std::string plain_channel(const ServeSettings& settings, const std::vector<std::string>& channels);

// Until SIGTERM or SIGINT; a second one ends at once. An exit code; what went wrong in one line.
int serve(const ServeSettings& settings, std::ostream& log);

}  // namespace alur::tools
