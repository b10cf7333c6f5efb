#include "adapters/http/http_server.hpp"

#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <cstdlib>

#include "adapters/http/closing.hpp"
#include "adapters/http/door.hpp"
#include "adapters/http/query.hpp"
#include "adapters/http/read_head.hpp"
#include "adapters/http/when_called.hpp"
#include "adapters/http/wire.hpp"

namespace alur::adapters {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using ports::Verdict;
using Steady = std::chrono::steady_clock;

namespace {

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t body_bytes_max = 64 * 1024;
constexpr std::size_t fetch_max = 1'000;
// In one go, so that those who come or are sent away in a crowd hold up nobody who is there.
constexpr std::size_t accepts_max = 16;
constexpr std::size_t cut_offs_max = 32;
constexpr auto watch_time = std::chrono::seconds(1);
constexpr auto breath = std::chrono::milliseconds(5);
constexpr auto idle_time = std::chrono::seconds(60);
// From the first byte of a request to the last, and for an answer to be taken.
constexpr auto exchange_time = std::chrono::seconds(12);
constexpr auto work_time = std::chrono::seconds(120);
constexpr int wait_seconds_max = 30;
constexpr std::string_view full_wire =
    "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nContent-Length: 34\r\n"
    "Retry-After: 1\r\nConnection: close\r\n\r\n"
    "{\"error\":\"too many are connected\"}";

using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

std::string_view reason_of(int status) {
  return http::obsolete_reason(static_cast<http::status>(status));
}

std::string to_wire(const HttpAnswer& answer, bool keep_alive) {
  std::string out = "HTTP/1.1 " + std::to_string(answer.status) + " ";
  out += reason_of(answer.status);
  out += "\r\nContent-Type: " + answer.type + "\r\nContent-Length: ";
  out += std::to_string(answer.body.size());
  if (answer.status == 503) out += "\r\nRetry-After: 1";
  if (!keep_alive) out += "\r\nConnection: close";
  out += "\r\n\r\n";
  out += answer.body;
  return out;
}

HttpAnswer answer_of(Verdict verdict) {
  const bool taken = verdict == Verdict::accepted || verdict == Verdict::duplicate;
  const int status = taken ? 200 : verdict == Verdict::refused ? 400 : 503;
  return {status, "{\"verdict\":\"" + std::string(to_text(verdict)) + "\"}"};
}

}  // namespace

struct HttpServer::State : std::enable_shared_from_this<HttpServer::State> {
  State(ports::Inbox& of, HttpChannel& through, const ports::Clock& time, HttpSettings how)
      : inbox(of), channel(through), clock(time), settings(std::move(how)) {}

  ports::Inbox& inbox;
  HttpChannel& channel;
  const ports::Clock& clock;
  HttpSettings settings;
  std::vector<std::shared_ptr<Door>> doors;
  asio::thread_pool slow{1};  // for the routes
  std::atomic<std::size_t> connections{0};
  std::atomic<bool> stopping{false};
  std::uint16_t port = 0;

  std::string listen(Door& door);
  void run(Door& door);
  const HttpRoute* find_route(std::string_view method, std::string_view path) const;

  asio::awaitable<void> accept(Door& door);
  void take(Door& door, tcp::socket socket);
  asio::awaitable<void> watch(Door& door);
  bool cut_off_late(Door& door);
  asio::awaitable<void> serve(Door& door, std::list<Connection>::iterator connection);
  asio::awaitable<bool> may_read(Door& door, Connection& connection,
                                 const boost::beast::flat_buffer& buffer);
  asio::awaitable<bool> serve_one(Door& door, Connection& connection,
                                  boost::beast::flat_buffer& buffer);
  asio::awaitable<bool> write(Connection& connection, const HttpAnswer& answer, bool keep_alive);
  asio::awaitable<HttpAnswer> respond(Door& door, Connection& connection, HttpRequest request);
  asio::awaitable<HttpAnswer> take_message(const HttpRequest& request);
  asio::awaitable<HttpAnswer> take_receipt(const HttpRequest& request);
  asio::awaitable<HttpAnswer> fetch(Door& door, Connection& connection, const HttpRequest& request);
  asio::awaitable<void> wait_for_something(std::chrono::seconds most);
  HttpAnswer take_acks(const HttpRequest& request);
};

// --- connections

std::string HttpServer::State::listen(Door& door) {
  error_code error;
  const auto address = asio::ip::make_address(settings.address, error);
  if (error) return settings.address + " is no address";
  const tcp::endpoint endpoint(address, port != 0 ? port : settings.port);
  door.acceptor.open(endpoint.protocol(), error);
  if (!error) door.acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) door.acceptor.set_option(ReusePort(true), error);
  if (!error) door.acceptor.bind(endpoint, error);
  if (!error) door.acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (!error) door.acceptor.non_blocking(true, error);
  if (error) return settings.address + ": " + error.message();
  port = door.acceptor.local_endpoint().port();
  return {};
}

void HttpServer::State::run(Door& door) {
  const auto self = shared_from_this();
  const auto kept = door.shared_from_this();
  asio::co_spawn(
      door.io, [self, kept]() -> asio::awaitable<void> { co_await self->accept(*kept); },
      asio::detached);
  asio::co_spawn(
      door.io, [self, kept]() -> asio::awaitable<void> { co_await self->watch(*kept); },
      asio::detached);
}

asio::awaitable<void> HttpServer::State::accept(Door& door) {
  while (!stopping) {
    auto [error, socket] = co_await door.acceptor.async_accept(door.io, quietly);
    if (stopping || error == asio::error::operation_aborted) co_return;
    if (error) {  // no descriptors left, for instance: a moment later there may be
      door.timer.expires_after(std::chrono::milliseconds(50));
      co_await door.timer.async_wait(quietly);
      continue;
    }
    take(door, std::move(socket));
    // Several: one for each round of the loop would let them wait when it is busy.
    for (std::size_t more = 0; more < accepts_max; ++more) {
      error_code none;
      tcp::socket next = door.acceptor.accept(door.io, none);
      if (none) break;
      take(door, std::move(next));
    }
  }
}

void HttpServer::State::take(Door& door, tcp::socket socket) {
  if (connections >= settings.connections_max) return turn_away(std::move(socket), full_wire);
  ++connections;
  error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  door.connections.push_front({std::move(socket), Steady::now() + exchange_time});
  const auto connection = door.connections.begin();
  const auto self = shared_from_this();
  asio::co_spawn(
      door.io,
      [self, kept = door.shared_from_this(), connection]() -> asio::awaitable<void> {
        co_await self->serve(*kept, connection);
      },
      asio::detached);
}

// One coarse timer a loop: closes what takes too long, and lets messages come back.
asio::awaitable<void> HttpServer::State::watch(Door& door) {
  asio::steady_timer timer(door.io);
  Steady::duration wait = watch_time;
  while (!stopping) {
    timer.expires_after(wait);
    const auto [error] = co_await timer.async_wait(quietly);
    if (error) co_return;
    wait = cut_off_late(door) ? breath : watch_time;
    if (door.first) channel.expire(clock.now().milliseconds);
  }
}

// True: there are more.
bool HttpServer::State::cut_off_late(Door& door) {
  const Steady::time_point now = Steady::now();
  std::size_t cut = 0;
  for (Connection& connection : door.connections) {
    if (connection.deadline >= now || !connection.socket.is_open()) continue;
    if (connection.idles_until > now && !has_untaken(connection.socket)) {
      connection.deadline = connection.idles_until;
      continue;
    }
    if (++cut > cut_offs_max) return true;
    cut_off(connection.socket);
  }
  return false;
}

asio::awaitable<void> HttpServer::State::serve(Door& door,
                                               std::list<Connection>::iterator connection) {
  boost::beast::flat_buffer buffer;
  bool more = true;
  while (more && !stopping) {
    more = co_await may_read(door, *connection, buffer);
    if (!more) break;
    more = co_await serve_one(door, *connection, buffer);
    door.finish_one(*connection);
  }
  error_code ignored;
  connection->socket.shutdown(tcp::socket::shutdown_both, ignored);
  door.connections.erase(connection);
  --connections;
}

asio::awaitable<bool> HttpServer::State::write(Connection& connection, const HttpAnswer& answer,
                                               bool keep_alive) {
  const std::string wire = to_wire(answer, keep_alive);
  connection.deadline = Steady::now() + exchange_time;
  const auto [error, count] =
      co_await asio::async_write(connection.socket, asio::buffer(wire), quietly);
  co_return !error && keep_alive;
}

// Waits until a request has begun to come, and for its turn. False: it is not to be read.
asio::awaitable<bool> HttpServer::State::may_read(Door& door, Connection& connection,
                                                  const boost::beast::flat_buffer& buffer) {
  if (!has_untaken(connection.socket)) connection.deadline = Steady::now() + exchange_time;
  connection.idles_until = Steady::now() + idle_time;
  connection.is_late = false;
  if (buffer.size() == 0) {
    const auto [error] = co_await connection.socket.async_wait(tcp::socket::wait_read, quietly);
    if (error || stopping) co_return false;
  }
  connection.idles_until = {};
  if (door.under_way < under_way_max || connection.comes_first) {
    door.begin_one(connection);
    co_return true;
  }
  const auto mine = std::make_shared<Unread>(door.io);
  door.unread.push_back(mine);
  co_await mine->timer.async_wait(quietly);
  if (!mine->is_next) std::erase(door.unread, mine);
  connection.is_late = Steady::now() - mine->since > fresh_time;
  connection.has_turn = mine->is_next;  // whoever finished has counted it
  co_return mine->is_next;
}

asio::awaitable<bool> HttpServer::State::serve_one(Door& door, Connection& connection,
                                                   boost::beast::flat_buffer& buffer) {
  // Whoever asks has taken the last answer, or gets no more time for it.
  if (!has_untaken(connection.socket)) connection.deadline = Steady::now() + exchange_time;
  // Whoever is slow to ask takes nobody's turn.
  const auto give_way = [&door, &connection] { door.finish_one(connection); };
  const HeadRead head = co_await read_head(connection.socket, buffer, give_way);
  if (!head.whole) co_return false;
  if (head.fault) {
    const HttpAnswer bad{400, encode_error(head.fault)};
    co_return co_await write(connection, bad, false);
  }
  http::request_parser<http::string_body> parser;
  parser.body_limit(boost::none);
  const auto [error, count] =
      co_await http::async_read_header(connection.socket, buffer, parser, quietly);
  if (error) {
    const HttpAnswer bad{400, encode_error("no HTTP request")};
    co_return co_await write(connection, bad, false);
  }
  const std::string target(parser.get().target());
  HttpRequest request;
  request.method = std::string(parser.get().method_string());
  request.path = target.substr(0, target.find('?'));
  if (request.path.size() < target.size()) request.query = target.substr(request.path.size() + 1);
  connection.comes_first = request.path != "/messages";
  const HttpRoute* route = find_route(request.method, request.path);
  const std::size_t body_max = route ? route->body_max : body_bytes_max;
  const auto length = parser.content_length();
  if (length && *length > body_max) {
    const HttpAnswer bad{413, encode_error("the body is too long")};
    co_return co_await write(connection, bad, false);
  }
  if (length && *length > buffer.size()) give_way();
  const auto [failed, body_count] =
      co_await http::async_read(connection.socket, buffer, parser, quietly);
  if (failed) co_return false;
  door.begin_one(connection);
  connection.deadline = Steady::now() + work_time;
  const bool keep_alive = parser.get().keep_alive() && !stopping;
  request.body = std::move(parser.get().body());
  if (connection.is_late && !connection.comes_first) {
    co_return co_await write(connection, answer_of(Verdict::overloaded), keep_alive);
  }
  const HttpAnswer answer = co_await respond(door, connection, std::move(request));
  co_return co_await write(connection, answer, keep_alive);
}

// --- routes

const HttpRoute* HttpServer::State::find_route(std::string_view method,
                                               std::string_view path) const {
  for (const HttpRoute& route : settings.routes) {
    if (route.method == method && route.path == path) return &route;
  }
  return nullptr;
}

asio::awaitable<HttpAnswer> HttpServer::State::respond(Door& door, Connection& connection,
                                                       HttpRequest request) {
  if (request.path == "/messages" && request.method == "POST") {
    co_return co_await take_message(request);
  }
  if (request.path == "/outbox" && request.method == "GET") {
    co_return co_await fetch(door, connection, request);
  }
  if (request.path == "/acks" && request.method == "POST") co_return take_acks(request);
  if (request.path == "/receipts" && request.method == "POST") {
    co_return co_await take_receipt(request);
  }
  const HttpRoute* route = find_route(request.method, request.path);
  if (!route) co_return HttpAnswer{404, encode_error("there is nothing here")};
  const auto begin = [this, route, &request](auto done) {
    asio::post(slow, [route, &request, done] { done(route->answer(request)); });
  };
  co_return co_await when_called<HttpAnswer>(begin);
}

asio::awaitable<HttpAnswer> HttpServer::State::take_message(const HttpRequest& request) {
  std::string why;
  auto inbound = decode_message(request.body, channel.capabilities().name, why);
  if (!inbound) co_return HttpAnswer{400, encode_error(why)};
  const auto begin = [this, &inbound](auto done) { inbox.receive(std::move(*inbound), done); };
  const Verdict verdict = co_await when_called<Verdict>(begin);
  co_return answer_of(verdict);
}

asio::awaitable<HttpAnswer> HttpServer::State::take_receipt(const HttpRequest& request) {
  std::string why;
  auto receipt = decode_receipt(request.body, why);
  if (!receipt) co_return HttpAnswer{400, encode_error(why)};
  const auto begin = [this, &receipt](auto done) { inbox.receive(std::move(*receipt), done); };
  const bool taken = co_await when_called<bool>(begin);
  if (!taken) co_return answer_of(Verdict::overloaded);
  co_return answer_of(Verdict::accepted);
}

HttpAnswer HttpServer::State::take_acks(const HttpRequest& request) {
  std::string why;
  const auto ids = decode_ids(request.body, why);
  if (!ids) return {400, encode_error(why)};
  channel.acknowledge(*ids);
  return {200, "{}"};
}

// Until the channel has something, or the time is up.
asio::awaitable<void> HttpServer::State::wait_for_something(std::chrono::seconds most) {
  const auto executor = co_await asio::this_coro::executor;
  auto timer = std::make_shared<asio::steady_timer>(executor);
  timer->expires_after(most);
  // The channel may keep this for longer than the loop is there.
  channel.when_something([waiting = std::weak_ptr<asio::steady_timer>(timer), executor] {
    if (waiting.expired()) return;
    asio::post(executor, [waiting] {
      if (const auto one = waiting.lock()) one->cancel();
    });
  });
  co_await timer->async_wait(quietly);
}

asio::awaitable<HttpAnswer> HttpServer::State::fetch(Door& door, Connection& connection,
                                                     const HttpRequest& request) {
  channel.acknowledge(split_ids(query_value(request.query, "ack")));
  const std::string to = query_value(request.query, "to");
  const std::string address = to.empty() ? "" : channel.capabilities().name + ":" + to;
  const int asked = std::atoi(query_value(request.query, "limit").c_str());
  const std::size_t limit = asked <= 0 ? 100 : std::min(fetch_max, static_cast<std::size_t>(asked));
  const int wait = std::atoi(query_value(request.query, "wait").c_str());
  const auto until = Steady::now() + std::chrono::seconds(std::clamp(wait, 0, wait_seconds_max));
  auto messages = channel.take(address, limit, clock.now().milliseconds);
  // Whoever waits takes nobody's place.
  if (messages.empty()) door.finish_one(connection);
  while (messages.empty() && !stopping && Steady::now() < until) {
    // Somebody else's message wakes it, too; then it waits on, a moment at least.
    co_await wait_for_something(std::chrono::seconds(1));
    messages = channel.take(address, limit, clock.now().milliseconds);
    if (messages.empty() && !address.empty()) {
      asio::steady_timer moment(co_await asio::this_coro::executor);
      moment.expires_after(std::chrono::milliseconds(20));
      co_await moment.async_wait(quietly);
    }
  }
  door.begin_one(connection);
  co_return HttpAnswer{200, encode_messages(messages)};
}

// --- HttpServer

HttpServer::HttpServer(std::vector<asio::io_context*> loops, ports::Inbox& inbox,
                       HttpChannel& channel, const ports::Clock& clock, HttpSettings settings)
    : state_(std::make_shared<State>(inbox, channel, clock, std::move(settings))) {
  for (asio::io_context* loop : loops) {
    state_->doors.push_back(std::make_shared<Door>(*loop, loop == loops.front()));
  }
}

HttpServer::~HttpServer() {
  stop_accepting();
  finish_routes();
  state_->doors.clear();
}

void HttpServer::finish_routes() {
  state_->slow.join();
}

std::string HttpServer::start() {
  for (const auto& door : state_->doors) {
    std::string error = state_->listen(*door);
    if (!error.empty()) return error;
  }
  for (const auto& door : state_->doors) state_->run(*door);
  return {};
}

std::uint16_t HttpServer::port() const {
  return state_->port;
}

void HttpServer::stop_accepting() {
  if (state_->stopping.exchange(true)) return;
  for (const auto& door : state_->doors) {
    asio::post(door->io, [door] {
      error_code ignored;
      door->acceptor.close(ignored);
    });
  }
}

}  // namespace alur::adapters
