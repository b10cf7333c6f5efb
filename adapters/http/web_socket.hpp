// One WebSocket, from its upgrade to its end. It is what takes long to compile, and stands alone
// for that. Internal to the folder and to what serves through it.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <chrono>
#include <functional>
#include <list>
#include <memory>

#include "adapters/http/web_line.hpp"
#include "adapters/http/web_stream.hpp"

namespace alur::adapters {

using UpgradeRequest = boost::beast::http::request<boost::beast::http::empty_body>;
bool is_upgrade(const UpgradeRequest& request);

struct SocketBounds {
  std::size_t frame_bytes_max = 64 * 1024;
  // A socket that does not take what it is sent ends when so much waits for it.
  std::size_t queued_bytes_max = 1024 * 1024;
  std::size_t write_bytes = 1024;  // a longer message goes in pieces of so many
  std::chrono::seconds idle{60};   // a ping goes at half of it
};

// The open sockets of one loop; by its thread alone.
using OpenSockets = std::list<std::weak_ptr<WebLine>>;

// What a socket is begun with. `open` must outlive the loop's handlers; `ended` is called once, on
// the loop, after the talk has ended.
struct SocketStart {
  UpgradeRequest request;
  std::shared_ptr<WebTalk> talk;
  SocketBounds bounds;
  std::shared_ptr<OpenSockets> open;
  std::function<void()> ended;
};

// Serves on the socket's loop, in the background.
void serve_socket(boost::asio::ip::tcp::socket socket, SocketStart start);
// The same over TLS, after its handshake.
void serve_socket(TlsStream stream, SocketStart start);

}  // namespace alur::adapters
