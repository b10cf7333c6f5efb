// Outbound: connections to other machines, held in: every address that a name has is checked and
// the checked one connected to; certificates are verified. Internal to the folder's clients.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <string>
#include <vector>

#include "adapters/http/web_client.hpp"

namespace alur::adapters {

class Outbound {
 public:
  using Socket = boost::asio::ip::tcp::socket;
  using Stream = boost::asio::ssl::stream<Socket>;  // over plain HTTP only the socket within it

  // `resolve`: empty: the system's. What runs on `io` ends before this does.
  Outbound(boost::asio::io_context& io, AddressGuard guard, Resolve resolve);

  boost::asio::ssl::context& trust() { return trust_; }
  // The system's authorities, and those in this PEM file. What is wrong with them; empty: nothing.
  std::string take_certificates(const std::string& more);
  // `over`: whether nobody waits any more; then nothing is connected to. A variable of the
  // caller's: GCC 12 destroys a closure twice that is made where it is awaited.
  boost::asio::awaitable<ports::Result<void>> connect(Socket& socket, const WebOrigin& origin,
                                                      const std::function<bool()>& over);
  // The TLS handshake.
  boost::asio::awaitable<ports::Result<void>> greet(Stream& stream, const std::string& host);
  void stop();

 private:
  boost::asio::awaitable<std::vector<std::string>> resolve(std::string host);

  boost::asio::io_context& io_;
  AddressGuard guard_;
  Resolve resolve_;
  boost::asio::ssl::context trust_;
  boost::asio::thread_pool resolving_;
};

inline constexpr auto quietly = boost::asio::as_tuple(boost::asio::use_awaitable);

// Closed by us is out of time; no HTTP is unreadable; the rest is unavailable.
ports::Fault fault_of(boost::system::error_code error);
// The Host header of requests to it.
std::string host_header_of(const WebOrigin& origin);

}  // namespace alur::adapters
