// What the door does otherwise with a stream that has TLS and with one that has none. Internal to
// the folder.
#pragma once

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <chrono>

namespace alur::adapters {

using TlsStream = boost::asio::ssl::stream<boost::beast::tcp_stream>;

inline boost::asio::awaitable<bool> shake_hands(boost::beast::tcp_stream&) {
  co_return true;
}
inline boost::asio::awaitable<bool> shake_hands(TlsStream& stream) {
  constexpr auto quietly = boost::asio::as_tuple(boost::asio::use_awaitable);
  const auto [error] =
      co_await stream.async_handshake(boost::asio::ssl::stream_base::server, quietly);
  co_return !error;
}

inline boost::asio::awaitable<void> say_farewell(boost::beast::tcp_stream&) {
  co_return;
}
inline boost::asio::awaitable<void> say_farewell(TlsStream& stream) {
  co_await stream.async_shutdown(boost::asio::as_tuple(boost::asio::use_awaitable));
}

inline boost::asio::ip::tcp::socket take_socket(boost::beast::tcp_stream& stream) {
  return stream.release_socket();
}
inline TlsStream take_socket(TlsStream& stream) {
  return std::move(stream);
}

// A connection that is closed while something comes takes the answer with it, which then is on its
// way: a little of what comes is read and forgotten, for two seconds at most.
inline boost::asio::awaitable<void> linger(boost::beast::tcp_stream& stream) {
  constexpr auto quietly = boost::asio::as_tuple(boost::asio::use_awaitable);
  constexpr std::size_t bytes_max = 1u << 20;
  stream.expires_after(std::chrono::seconds(2));
  std::array<char, 16 * 1024> forgotten;
  for (std::size_t bytes = 0; bytes < bytes_max;) {
    const auto [error, count] =
        co_await stream.async_read_some(boost::asio::buffer(forgotten), quietly);
    if (error) co_return;
    bytes += count;
  }
}

}  // namespace alur::adapters
