// Waiting, on a loop, for a function that somebody else calls. For sources only.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <utility>

namespace alur::adapters {

// Calls `begin` with a function to be called once, from any thread, and goes on on this loop.
template <class Value, class Begin>
boost::asio::awaitable<Value> when_called(Begin begin) {
  return boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void(Value)>(
      [](auto handler, Begin start) {
        auto shared = std::make_shared<decltype(handler)>(std::move(handler));
        start([shared](Value value) {
          const auto executor = boost::asio::get_associated_executor(*shared);
          boost::asio::post(executor, [shared, value = std::move(value)]() mutable {
            (*shared)(std::move(value));
          });
        });
      },
      boost::asio::use_awaitable, std::move(begin));
}

}  // namespace alur::adapters
