// The body of a request, piece after piece, in time. For sources only.
#pragma once

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <chrono>
#include <cstdint>
#include <string_view>

namespace alur::adapters {

// How slowly a body may come.
struct BodyTimes {
  std::chrono::seconds silent_max{15};
  std::chrono::seconds first{30};               // and then
  std::uint64_t bytes_a_second_min = 8 * 1024;  // over all of it
};

// `Stream`: with TLS or without; its lowest layer has an expiry.
template <class Stream>
class RequestBody {
 public:
  static constexpr std::size_t piece_bytes = 64 * 1024;

  // `buffer`: what of the body came with the head; what came behind the body stays in it.
  RequestBody(Stream& stream, boost::beast::flat_buffer& buffer, std::uint64_t size_bytes,
              const BodyTimes& times)
      : stream_(stream),
        buffer_(buffer),
        left_(size_bytes),
        silent_max_(times.silent_max),
        deadline_(std::chrono::steady_clock::now() + times.first +
                  std::chrono::seconds(size_bytes / times.bytes_a_second_min)) {}

  std::uint64_t left() const { return left_; }
  bool late() const { return late_; }

  // Empty: it has ended, or its time is up; then left() says that there would have been more.
  boost::asio::awaitable<std::string_view> next() {
    constexpr auto quietly = boost::asio::as_tuple(boost::asio::use_awaitable);
    buffer_.consume(taken_);
    taken_ = 0;
    if (left_ > 0 && buffer_.size() == 0) {
      boost::beast::get_lowest_layer(stream_).expires_at(
          std::min(deadline_, std::chrono::steady_clock::now() + silent_max_));
      const std::size_t room = std::min<std::uint64_t>(left_, piece_bytes);
      const auto [error, count] = co_await stream_.async_read_some(buffer_.prepare(room), quietly);
      late_ = error == boost::beast::error::timeout;
      if (error) co_return std::string_view();
      buffer_.commit(count);
    }
    taken_ = std::min<std::uint64_t>(left_, buffer_.size());
    left_ -= taken_;
    co_return std::string_view(static_cast<const char*>(buffer_.cdata().data()), taken_);
  }

  // Reads what is left and forgets it. False: it does not come.
  boost::asio::awaitable<bool> pass_over() {
    for (;;) {
      const std::string_view piece = co_await next();
      if (piece.empty()) co_return left_ == 0;
    }
  }

 private:
  Stream& stream_;
  boost::beast::flat_buffer& buffer_;
  std::uint64_t left_;
  std::size_t taken_ = 0;
  bool late_ = false;
  std::chrono::seconds silent_max_;
  std::chrono::steady_clock::time_point deadline_;
};

}  // namespace alur::adapters
