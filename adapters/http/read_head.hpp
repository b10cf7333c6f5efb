// Reads the head of a request and looks at its bytes, before Beast does.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include "adapters/http/request_head.hpp"

namespace alur::adapters {

struct HeadRead {
  bool whole = false;           // else the connection has ended, or its time is up
  bool late = false;            // its time was up, where the stream has one
  const char* fault = nullptr;  // one plain line about a head that is not to be answered
};

// What is read stays in the buffer, for whoever parses it. `on_wait` is called once, when the head
// did not come in one piece.
template <class Stream, class OnWait>
boost::asio::awaitable<HeadRead> read_head(Stream& stream, boost::beast::flat_buffer& buffer,
                                           OnWait on_wait) {
  constexpr auto quietly = boost::asio::as_tuple(boost::asio::use_awaitable);
  constexpr std::size_t piece_bytes = 2 * 1024;
  std::size_t looked_at = 0;
  std::size_t pieces = 0;
  for (;;) {
    const auto bytes = buffer.cdata();
    const std::string_view text(static_cast<const char*>(bytes.data()), bytes.size());
    const std::size_t end = end_of_head(text, looked_at);
    if (end <= head_bytes_max) {
      co_return HeadRead{true, false, fault_of_head(text.substr(0, end))};
    }
    if (text.size() >= head_bytes_max) co_return HeadRead{true, false, "the header is too long"};
    looked_at = text.size();
    if (++pieces == 2) on_wait();
    const auto [error, count] =
        co_await stream.async_read_some(buffer.prepare(piece_bytes), quietly);
    if (error) co_return HeadRead{false, error == boost::beast::error::timeout, nullptr};
    buffer.commit(count);
  }
}

template <class Stream>
boost::asio::awaitable<HeadRead> read_head(Stream& stream, boost::beast::flat_buffer& buffer) {
  return read_head(stream, buffer, [] {});
}

}  // namespace alur::adapters
