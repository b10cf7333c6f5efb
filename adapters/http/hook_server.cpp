#include "adapters/http/hook_server.hpp"

#include <openssl/crypto.h>

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <optional>

#include "adapters/http/listen.hpp"
#include "adapters/http/read_head.hpp"
#include "adapters/http/when_called.hpp"

namespace alur::adapters {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);
constexpr auto idle_time = std::chrono::seconds(75);
constexpr auto body_time = std::chrono::seconds(15);
constexpr auto moment = std::chrono::milliseconds(50);

using Parser = http::request_parser<http::string_body>;

struct HookDoor {
  explicit HookDoor(asio::io_context& loop) : io(loop), acceptor(loop) {}
  asio::io_context& io;
  tcp::acceptor acceptor;
};

std::string to_wire(int status, bool keep_alive) {
  std::string out = "HTTP/1.1 " + std::to_string(status) + " ";
  out += http::obsolete_reason(static_cast<http::status>(status));
  out += "\r\nContent-Length: 0";
  if (status == 503) out += "\r\nRetry-After: 1";
  if (!keep_alive) out += "\r\nConnection: close";
  return out + "\r\n\r\n";
}

}  // namespace

struct HookServer::State : std::enable_shared_from_this<HookServer::State> {
  State(HookTake with, HookSettings how) : take(std::move(with)), settings(std::move(how)) {}

  HookTake take;
  HookSettings settings;
  std::vector<std::shared_ptr<HookDoor>> doors;
  std::atomic<std::size_t> connections{0};
  std::atomic<bool> stopping{false};
  std::uint16_t port = 0;

  asio::awaitable<void> accept(std::shared_ptr<HookDoor> door);
  asio::awaitable<void> serve(beast::tcp_stream stream);
  asio::awaitable<bool> serve_one(beast::tcp_stream& stream, beast::flat_buffer& buffer);
  bool knows_secret(const Parser& parser) const;
  std::optional<int> refuse_head(const Parser& parser) const;
};

asio::awaitable<void> HookServer::State::accept(std::shared_ptr<HookDoor> door) {
  while (!stopping) {
    auto [error, socket] = co_await door->acceptor.async_accept(door->io, quietly);
    if (stopping || error == asio::error::operation_aborted) co_return;
    if (error) {  // no descriptors left, for instance: a moment later there may be
      asio::steady_timer timer(door->io, moment);
      co_await timer.async_wait(quietly);
      continue;
    }
    if (connections >= settings.connections_max) continue;
    ++connections;
    asio::co_spawn(
        door->io,
        [self = shared_from_this(), stream = beast::tcp_stream(std::move(socket))]() mutable
            -> asio::awaitable<void> { co_await self->serve(std::move(stream)); },
        asio::detached);
  }
}

asio::awaitable<void> HookServer::State::serve(beast::tcp_stream stream) {
  beast::flat_buffer buffer;
  bool more = true;
  while (more && !stopping) more = co_await serve_one(stream, buffer);
  error_code ignored;
  stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
  --connections;
}

asio::awaitable<bool> HookServer::State::serve_one(beast::tcp_stream& stream,
                                                   beast::flat_buffer& buffer) {
  stream.expires_after(idle_time);
  const HeadRead head = co_await read_head(stream, buffer);
  if (!head.whole) co_return false;
  Parser parser;
  parser.body_limit(settings.body_bytes_max);
  std::optional<int> status;
  if (head.fault) status = 400;
  if (!status) {
    const auto [error, count] = co_await http::async_read_header(stream, buffer, parser, quietly);
    const bool too_long = error == http::error::body_limit;
    status = error ? std::optional<int>(too_long ? 413 : 400) : refuse_head(parser);
  }
  bool keep_alive = false;
  if (!status) {
    stream.expires_after(body_time);
    const auto [error, count] = co_await http::async_read(stream, buffer, parser, quietly);
    if (error) co_return false;
    stream.expires_never();
    keep_alive = parser.get().keep_alive() && !stopping;
    // A closure with a name: gcc 12 destroys temporaries of a co_await twice.
    const auto begin = [this, &parser](auto done) {
      take(std::move(parser.get().body()), std::move(done));
    };
    status = co_await when_called<int>(begin);
  }
  const std::string wire = to_wire(*status, keep_alive);
  stream.expires_after(body_time);
  const auto [error, count] = co_await asio::async_write(stream, asio::buffer(wire), quietly);
  co_return !error && keep_alive;
}

// What is refused by its head is not read on.
std::optional<int> HookServer::State::refuse_head(const Parser& parser) const {
  const auto& request = parser.get();
  if (std::string_view(request.target().data(), request.target().size()) != settings.path) {
    return 404;
  }
  if (request.method() != http::verb::post) return 405;
  if (!knows_secret(parser)) return 401;
  const auto length = parser.content_length();
  if (length && *length > settings.body_bytes_max) return 413;
  return std::nullopt;
}

// In a time that does not tell how much of it was right.
bool HookServer::State::knows_secret(const Parser& parser) const {
  const auto& request = parser.get();
  if (settings.secret.empty() || request.count(settings.header) != 1) return false;
  const auto given = request[settings.header];
  return given.size() == settings.secret.size() &&
         CRYPTO_memcmp(given.data(), settings.secret.data(), given.size()) == 0;
}

HookServer::HookServer(std::vector<asio::io_context*> loops, HookTake take, HookSettings settings)
    : state_(std::make_shared<State>(std::move(take), std::move(settings))) {
  for (asio::io_context* loop : loops) {
    state_->doors.push_back(std::make_shared<HookDoor>(*loop));
  }
}

HookServer::~HookServer() {
  stop_accepting();
  state_->doors.clear();
}

std::string HookServer::start() {
  state_->port = state_->settings.port;
  for (const auto& door : state_->doors) {
    std::string error = listen_at(door->acceptor, state_->settings.address, state_->port);
    if (!error.empty()) return error;
  }
  for (const auto& door : state_->doors) {
    asio::co_spawn(
        door->io,
        [state = state_, door]() -> asio::awaitable<void> { co_await state->accept(door); },
        asio::detached);
  }
  return {};
}

std::uint16_t HookServer::port() const {
  return state_->port;
}

void HookServer::stop_accepting() {
  if (state_->stopping.exchange(true)) return;
  for (const auto& door : state_->doors) {
    asio::post(door->io, [door] {
      error_code ignored;
      door->acceptor.close(ignored);
    });
  }
}

}  // namespace alur::adapters
