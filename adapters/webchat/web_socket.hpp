// One WebSocket, from its upgrade to its end. Internal to the folder: it is what takes long to
// compile, and stands alone for that.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <functional>
#include <list>
#include <memory>
#include <string>

#include "adapters/webchat/visit.hpp"
#include "adapters/webchat/web_channel.hpp"
#include "adapters/webchat/web_stream.hpp"
#include "engine/ports/clock.hpp"

namespace alur::adapters {

// What a socket stands on. All of it must outlive the socket's loop.
struct SocketParts {
  ports::Inbox* inbox = nullptr;
  WebChannel* channel = nullptr;
  const Tokens* tokens = nullptr;
  const ports::Clock* clock = nullptr;
  ports::Files* files = nullptr;  // null: none are taken
};

using UpgradeRequest = boost::beast::http::request<boost::beast::http::empty_body>;
bool is_upgrade(const UpgradeRequest& request);

// The open sockets of one loop; by its thread alone.
using OpenSockets = std::list<std::weak_ptr<WebLine>>;

// Serves on the socket's loop, in the background. `open` must outlive the loop's handlers; `ended`
// is called once, on the loop.
void serve_socket(boost::asio::ip::tcp::socket socket, UpgradeRequest request, SocketParts parts,
                  std::shared_ptr<OpenSockets> open, std::function<void()> ended);
// The same over TLS, after its handshake.
void serve_socket(TlsStream stream, UpgradeRequest request, SocketParts parts,
                  std::shared_ptr<OpenSockets> open, std::function<void()> ended);

}  // namespace alur::adapters
