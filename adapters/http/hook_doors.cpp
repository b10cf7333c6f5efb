#include "adapters/http/hook_doors.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include "adapters/http/listen.hpp"

namespace alur::adapters {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr auto moment = std::chrono::milliseconds(50);

}  // namespace

struct HookDoors::Door {
  explicit Door(asio::io_context& loop) : io(loop), acceptor(loop) {}
  asio::io_context& io;
  tcp::acceptor acceptor;
};

HookDoors::HookDoors(const std::vector<asio::io_context*>& loops, std::size_t connections_max)
    : connections_max_(connections_max) {
  for (asio::io_context* loop : loops) doors_.push_back(std::make_shared<Door>(*loop));
}

HookDoors::~HookDoors() = default;

std::string HookDoors::start(const std::string& address, std::uint16_t port) {
  port_ = port;
  for (const auto& door : doors_) {
    std::string error = listen_at(door->acceptor, address, port_);
    if (!error.empty()) return error;
  }
  for (const auto& door : doors_) {
    asio::co_spawn(
        door->io,
        [self = shared_from_this(), door]() -> asio::awaitable<void> {
          co_await self->accept(door);
        },
        asio::detached);
  }
  return {};
}

void HookDoors::stop_accepting() {
  if (stopping_.exchange(true)) return;
  for (const auto& door : doors_) {
    asio::post(door->io, [door] {
      error_code ignored;
      door->acceptor.close(ignored);
    });
  }
  doors_.clear();  // each stays until its loop has closed it
}

asio::awaitable<void> HookDoors::accept(std::shared_ptr<Door> door) {
  while (!stopping_) {
    auto [error, socket] = co_await door->acceptor.async_accept(door->io, quietly);
    if (stopping_ || error == asio::error::operation_aborted) co_return;
    if (error) {  // no descriptors left, for instance: a moment later there may be
      asio::steady_timer timer(door->io, moment);
      co_await timer.async_wait(quietly);
      continue;
    }
    if (connections_ >= connections_max_) continue;
    ++connections_;
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    asio::co_spawn(
        door->io,
        [self = shared_from_this(), stream = beast::tcp_stream(std::move(socket))]() mutable
            -> asio::awaitable<void> { co_await self->serve(std::move(stream)); },
        asio::detached);
  }
}

asio::awaitable<void> HookDoors::serve(beast::tcp_stream stream) {
  beast::flat_buffer buffer;
  bool more = true;
  while (more && !stopping_) more = co_await serve_one(stream, buffer);
  error_code ignored;
  stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
  --connections_;
}

asio::awaitable<bool> HookDoors::write(beast::tcp_stream& stream, const std::string& wire,
                                       bool keep_alive) {
  stream.expires_after(answer_time);
  const auto [error, count] = co_await asio::async_write(stream, asio::buffer(wire), quietly);
  co_return !error && keep_alive;
}

}  // namespace alur::adapters
