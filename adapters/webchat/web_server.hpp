// WebServer: the door of the web chat, which anybody may come to: it serves the page's files and
// its socket, takes uploads, and does nothing else. Operators have another door (adapters/http).
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/tls_pair.hpp"
#include "adapters/http/web_file.hpp"
#include "adapters/http/web_use.hpp"
#include "adapters/webchat/tokens.hpp"
#include "adapters/webchat/web_channel.hpp"
#include "engine/ports/channel.hpp"
#include "engine/ports/clock.hpp"
#include "engine/ports/files.hpp"

namespace boost::asio {
class io_context;
}

namespace alur::adapters {

// What is uploaded at once, and how slowly it may come.
struct UploadBounds {
  std::size_t at_once_max = 256;
  std::size_t of_address_max = 8;
  std::size_t of_citizen_max = 2;
  std::chrono::seconds silent_max{15};
  std::chrono::seconds first{30};               // and then
  std::uint64_t bytes_a_second_min = 8 * 1024;  // over all of it
};

struct WebServerSettings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8158;  // 0: any that is free
  std::size_t connections_max = 16'384;
  std::size_t connections_of_address_max = 1'024;  // 0: as many as may be in all
  // Addresses of proxies whose X-Forwarded-For is believed.
  std::vector<std::string> proxies;
  std::vector<std::string> origins;    // whose pages may open a socket; empty: our own
  std::vector<std::string> embedders;  // whose pages may show ours in a frame, beside our own
  std::span<const WebFile> files;
  UploadBounds uploads;
  std::shared_ptr<const TlsPair> tls;  // null: plain HTTP
};

class WebServer {
 public:
  // Serves on these loops. All must outlive it. Without `files` (null) nothing can be uploaded.
  WebServer(std::vector<boost::asio::io_context*> loops, ports::Inbox& inbox, WebChannel& channel,
            const Tokens& tokens, const ports::Clock& clock, ports::Files* files,
            WebServerSettings settings);
  ~WebServer();

  // Empty, or why it cannot listen there.
  std::string start();
  std::uint16_t port() const;
  WebUse use() const;
  // For connections that come from now on; those that are there keep theirs. Of a door that speaks
  // TLS. From any thread.
  void renew(std::shared_ptr<const TlsPair> tls);
  // No more connections; open sockets are told that the service starts again, and are closed.
  void stop_accepting();
  // No upload is being written any more, and none will be. Before the loops are gone.
  void finish_uploads();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace alur::adapters
