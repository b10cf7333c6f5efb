// HookDoors: where the servers of webhooks let machines in: each loop accepts at one address, and a
// connection is served request after request. What is answered is the deriving server's. Internal
// to the folder and to what serves through it.
#pragma once

#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace alur::adapters {

class HookDoors : public std::enable_shared_from_this<HookDoors> {
 public:
  virtual ~HookDoors();

  // Empty, or why it cannot listen there. `port`: 0 takes any that is free.
  std::string start(const std::string& address, std::uint16_t port);
  std::uint16_t port() const { return port_; }
  // No more connections; what has come is answered.
  void stop_accepting();

 protected:
  static constexpr auto quietly = boost::asio::as_tuple(boost::asio::use_awaitable);

  HookDoors(const std::vector<boost::asio::io_context*>& loops, std::size_t connections_max);

  // Reads a request and answers it. False: the connection ends.
  virtual boost::asio::awaitable<bool> serve_one(boost::beast::tcp_stream& stream,
                                                 boost::beast::flat_buffer& buffer) = 0;
  // True where the connection may go on.
  boost::asio::awaitable<bool> write(boost::beast::tcp_stream& stream, const std::string& wire,
                                     bool keep_alive);
  bool is_stopping() const { return stopping_; }

  static constexpr auto answer_time = std::chrono::seconds(15);

 private:
  struct Door;
  boost::asio::awaitable<void> accept(std::shared_ptr<Door> door);
  boost::asio::awaitable<void> serve(boost::beast::tcp_stream stream);

  std::vector<std::shared_ptr<Door>> doors_;
  std::size_t connections_max_;
  std::atomic<std::size_t> connections_{0};
  std::atomic<bool> stopping_{false};
  std::uint16_t port_ = 0;
};

}  // namespace alur::adapters
