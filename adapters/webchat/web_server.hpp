// WebServer: the door of the web chat, which anybody may come to: it serves the page's files and
// its socket, and nothing else. Operators have another door (adapters/http).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/webchat/tokens.hpp"
#include "adapters/webchat/web_channel.hpp"
#include "engine/ports/channel.hpp"
#include "engine/ports/clock.hpp"

namespace boost::asio {
class io_context;
}

namespace alur::adapters {

// What the page consists of; lives as long as the program.
struct WebFile {
  std::string_view path;  // "/chat.js"
  std::string_view type;
  std::string_view body;
  std::string_view gzip;       // the same, compressed
  std::string_view mark;       // changes with the body
  bool named_by_mark = false;  // its path changes with it, too: it may be kept for ever
};

struct WebServerSettings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8158;  // 0: any that is free
  std::size_t connections_max = 16'384;
  std::size_t connections_of_address_max = 1'024;
  // Addresses of proxies whose X-Forwarded-For is believed.
  std::vector<std::string> proxies;
  std::vector<std::string> origins;    // whose pages may open a socket; empty: our own
  std::vector<std::string> embedders;  // whose pages may show ours in a frame, beside our own
  std::span<const WebFile> files;
};

class WebServer {
 public:
  // Serves on these loops. All must outlive it.
  WebServer(std::vector<boost::asio::io_context*> loops, ports::Inbox& inbox, WebChannel& channel,
            const Tokens& tokens, const ports::Clock& clock, WebServerSettings settings);
  ~WebServer();

  // Empty, or why it cannot listen there.
  std::string start();
  std::uint16_t port() const;
  // No more connections; open sockets are told that the service starts again, and are closed.
  void stop_accepting();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace alur::adapters
