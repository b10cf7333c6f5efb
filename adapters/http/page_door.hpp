// PageDoor: a door that browsers come to. It bounds connections, speaks TLS, reads heads, and
// serves the files of a page; what else is asked for is its site's to answer. Internal to the
// folder and to what serves through it.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/places.hpp"
#include "adapters/http/tls_pair.hpp"
#include "adapters/http/web_file.hpp"
#include "adapters/http/web_socket.hpp"
#include "adapters/http/web_stream.hpp"
#include "adapters/http/web_use.hpp"

namespace alur::adapters {

struct DoorAnswer {
  int status = 200;               // 0: the connection has ended, or was too slow
  const WebFile* file = nullptr;  // else what it says
  std::string says;
  std::string type = "text/plain; charset=utf-8";
  std::string allows = "GET, HEAD";
  std::string more = {};            // lines of the header, "\r\nName: value" each
  bool unread = false;              // something of the body was not read: the connection is closed
  bool late = false;                // it did not come in time
  std::shared_ptr<void> held = {};  // let go when it has been written
};

// What stands behind a door. From the threads of all its loops.
class Site {
 public:
  virtual ~Site() = default;
  // Whether take() answers it, with or without a body. Else files and the socket are all there is.
  virtual bool takes(const UpgradeRequest& request) const = 0;
  // `counted`: what its sender is counted under. `buffer`: what of the body came with the head;
  // what came behind the body stays in it.
  virtual boost::asio::awaitable<DoorAnswer> take(boost::beast::tcp_stream& stream,
                                                  boost::beast::flat_buffer& buffer,
                                                  const UpgradeRequest& request,
                                                  std::string counted) = 0;
  virtual boost::asio::awaitable<DoorAnswer> take(TlsStream& stream,
                                                  boost::beast::flat_buffer& buffer,
                                                  const UpgradeRequest& request,
                                                  std::string counted) = 0;
  // A page of ours wants a socket. Null: `answer` says why not.
  virtual boost::asio::awaitable<std::shared_ptr<WebTalk>> open(const UpgradeRequest& request,
                                                                DoorAnswer& answer) = 0;
};

struct DoorSettings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  // 0: any that is free
  std::size_t connections_max = 16'384;
  std::size_t connections_of_address_max = 1'024;  // 0: as many as may be in all
  // Addresses of proxies whose X-Forwarded-For is believed.
  std::vector<std::string> proxies;
  std::vector<std::string> origins;  // whose pages may open a socket; empty: our own
  std::span<const WebFile> files;
  std::string policy;   // Content-Security-Policy
  std::string headers;  // lines that every answer has, "\r\nName: value" each
  std::string socket_path;
  SocketBounds socket;
  std::shared_ptr<const TlsPair> tls;  // null: plain HTTP
};

class PageDoor {
 public:
  // Serves on these loops, which must outlive it. The site is kept while anybody is served.
  PageDoor(std::vector<boost::asio::io_context*> loops, std::shared_ptr<Site> site,
           DoorSettings settings);
  ~PageDoor();

  // Empty, or why it cannot listen there.
  std::string start();
  std::uint16_t port() const;
  WebUse use() const;
  // For connections that come from now on; those that are there keep theirs. Of a door that speaks
  // TLS. From any thread.
  void renew(std::shared_ptr<const TlsPair> tls);
  // No more connections; open sockets are told that the service starts again, and are closed.
  void stop_accepting();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

// The path of a request, without what stands behind a `?`.
std::string_view path_of(const UpgradeRequest& request);
// "" where there is none.
std::string_view header_of(const UpgradeRequest& request, const char* name);

}  // namespace alur::adapters
