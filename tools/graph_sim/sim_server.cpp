#include "tools/graph_sim/sim_server.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <cstdlib>
#include <future>
#include <thread>

#include "adapters/http/read_head.hpp"
#include "tools/graph_sim/controls.hpp"

namespace alur::graph_sim {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using Steady = std::chrono::steady_clock;

namespace {

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t body_bytes_max = 100u << 20;  // a document's
constexpr auto idle_time = std::chrono::seconds(60);
constexpr int waiting_seconds_max = 30;
constexpr auto look_again_time = std::chrono::milliseconds(30);
constexpr auto answer_time = std::chrono::seconds(20);  // for a webhook; some say 3, some 20

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

struct Callback {
  std::string host;
  std::string port;
  std::string path;
};

// Plain HTTP only: this never leaves the machine.
bool parse_callback(const std::string& url, Callback& out) {
  constexpr std::string_view scheme = "http://";
  if (url.rfind(scheme, 0) != 0) return false;
  const std::size_t slash = std::min(url.find('/', scheme.size()), url.size());
  const std::string place = url.substr(scheme.size(), slash - scheme.size());
  const std::size_t colon = place.rfind(':');
  out.host = place.substr(0, colon);
  out.port = colon == std::string::npos ? "80" : place.substr(colon + 1);
  out.path = slash == url.size() ? "/" : url.substr(slash);
  return !out.host.empty();
}

// How long whoever looks at a phone waits for something new.
std::chrono::seconds waiting_time(const std::string& target) {
  const std::size_t mark = std::min(target.find('?'), target.size());
  const int seconds =
      std::atoi(in_query(target.substr(std::min(mark + 1, target.size())), "wait").c_str());
  return std::chrono::seconds(std::clamp(seconds, 0, waiting_seconds_max));
}

std::string to_wire(const World::Answer& answer, bool keep_alive) {
  std::string out = "HTTP/1.1 " + std::to_string(answer.http) + " ";
  out += http::obsolete_reason(static_cast<http::status>(answer.http));
  out += "\r\nContent-Type: " + answer.type;
  out += "\r\nContent-Length: " + std::to_string(answer.body.size());
  out += keep_alive ? "\r\n\r\n" : "\r\nConnection: close\r\n\r\n";
  out += answer.body;
  return out;
}

}  // namespace

struct SimServer::State : std::enable_shared_from_this<SimServer::State> {
  State(SimSettings of, SimServerSettings how)
      : world(std::move(of)), settings(std::move(how)), acceptor(io), timer(io) {}

  World world;
  SimServerSettings settings;
  asio::io_context io{1};
  tcp::acceptor acceptor;
  asio::steady_timer timer;
  std::thread thread;
  bool stopping = false;
  Callback callback;
  bool has_callback = false;
  std::size_t busy = 0;  // lanes
  std::vector<std::unique_ptr<beast::tcp_stream>> idle;
  std::vector<std::uint32_t> acknowledged;

  asio::awaitable<void> accept();
  asio::awaitable<void> serve(beast::tcp_stream stream);
  World::Answer answer_to(const http::request<http::string_body>& request);
  // Begins to deliver what is due, and comes back when something will be.
  void pump();
  asio::awaitable<void> deliver(World::Webhook webhook);
  asio::awaitable<bool> post(beast::tcp_stream& stream, const World::Webhook& webhook);
  asio::awaitable<bool> connect(beast::tcp_stream& stream);
};

asio::awaitable<void> SimServer::State::accept() {
  while (!stopping) {
    auto [error, socket] = co_await acceptor.async_accept(io, quietly);
    if (error) co_return;
    socket.set_option(tcp::no_delay(true), error);
    asio::co_spawn(
        io,
        [self = shared_from_this(), stream = beast::tcp_stream(std::move(socket))]() mutable
            -> asio::awaitable<void> { co_await self->serve(std::move(stream)); },
        asio::detached);
  }
}

asio::awaitable<void> SimServer::State::serve(beast::tcp_stream stream) {
  beast::flat_buffer buffer;
  bool more = true;
  while (more && !stopping) {
    stream.expires_after(idle_time);
    const adapters::HeadRead head = co_await adapters::read_head(stream, buffer);
    if (!head.whole || head.fault) break;
    http::request_parser<http::string_body> parser;
    parser.body_limit(body_bytes_max);
    const auto [error, count] = co_await http::async_read(stream, buffer, parser, quietly);
    if (error) break;
    World::Answer answer = answer_to(parser.get());
    const auto target = parser.get().target();
    const auto until = Steady::now() + waiting_time({target.data(), target.size()});
    while (answer.empty && Steady::now() < until && !stopping) {
      asio::steady_timer moment(io, look_again_time);
      co_await moment.async_wait(quietly);
      answer = answer_to(parser.get());
    }
    pump();
    if (answer.wait_ms > 0) {
      asio::steady_timer moment(io, std::chrono::milliseconds(answer.wait_ms));
      co_await moment.async_wait(quietly);
    }
    if (answer.lost) break;
    more = parser.get().keep_alive();
    const std::string wire = to_wire(answer, more);
    stream.expires_after(idle_time);
    const auto [failed, written] = co_await asio::async_write(stream, asio::buffer(wire), quietly);
    if (failed) break;
  }
  error_code ignored;
  stream.socket().close(ignored);
}

World::Answer SimServer::State::answer_to(const http::request<http::string_body>& request) {
  const auto as_text = [](auto text) { return std::string(text.data(), text.size()); };
  const std::string target = as_text(request.target());
  const std::string path = target.substr(0, target.find('?'));
  const std::string query = path.size() < target.size() ? target.substr(path.size() + 1) : "";
  const std::string method = as_text(request.method_string());
  if (auto controlled = control(world, method, path, query, request.body(), now_ms())) {
    return std::move(*controlled);
  }
  std::string token = as_text(request["Authorization"]);
  token = token.rfind("Bearer ", 0) == 0 ? token.substr(7) : std::string();
  const std::string origin = "http://" + as_text(request["Host"]);
  return world.ask({method, path, token, as_text(request["Content-Type"]), request.body()},
                   now_ms(), origin);
}

// --- webhooks

void SimServer::State::pump() {
  while (has_callback && !stopping && busy < settings.lanes) {
    auto webhook = world.take_webhook(now_ms());
    if (!webhook) break;
    ++busy;
    asio::co_spawn(
        io,
        [self = shared_from_this(), one = std::move(*webhook)]() mutable -> asio::awaitable<void> {
          co_await self->deliver(std::move(one));
        },
        asio::detached);
  }
  const auto next = world.next_due();
  if (!next || !has_callback || stopping || busy >= settings.lanes) return;
  timer.expires_after(std::chrono::milliseconds(std::max<std::int64_t>(1, *next - now_ms())));
  timer.async_wait([self = shared_from_this()](error_code error) {
    if (!error) self->pump();
  });
}

asio::awaitable<bool> SimServer::State::connect(beast::tcp_stream& stream) {
  if (stream.socket().is_open()) co_return true;
  tcp::resolver resolver(io);
  auto [unknown, places] = co_await resolver.async_resolve(callback.host, callback.port, quietly);
  if (unknown) co_return false;
  stream.expires_after(answer_time);
  const auto [error, place] = co_await stream.async_connect(places, quietly);
  error_code ignored;
  if (!error) stream.socket().set_option(tcp::no_delay(true), ignored);
  co_return !error;
}

asio::awaitable<bool> SimServer::State::post(beast::tcp_stream& stream,
                                             const World::Webhook& webhook) {
  std::string wire =
      "POST " + callback.path + " HTTP/1.1\r\nHost: " + callback.host + ":" + callback.port +
      "\r\nUser-Agent: facebookexternalua\r\nAccept: */*" +
      "\r\nContent-Type: application/json\r\nX-Hub-Signature-256: " + webhook.signature +
      "\r\nContent-Length: " + std::to_string(webhook.body.size()) + "\r\n\r\n" + webhook.body;
  stream.expires_after(answer_time);
  const auto [failed, written] = co_await asio::async_write(stream, asio::buffer(wire), quietly);
  if (failed) co_return false;
  beast::flat_buffer buffer;
  http::response<http::string_body> response;
  const auto [error, count] = co_await http::async_read(stream, buffer, response, quietly);
  error_code ignored;
  if (error || !response.keep_alive()) stream.socket().close(ignored);
  co_return !error && response.result_int() == 200;
}

asio::awaitable<void> SimServer::State::deliver(World::Webhook webhook) {
  std::unique_ptr<beast::tcp_stream> stream;
  if (idle.empty()) {
    stream = std::make_unique<beast::tcp_stream>(io);
  } else {
    stream = std::move(idle.back());
    idle.pop_back();
  }
  const bool was_open = stream->socket().is_open();
  bool taken = co_await connect(*stream);
  const auto begun = Steady::now();
  if (taken) taken = co_await post(*stream, webhook);
  if (!taken && was_open) {  // the other side may have closed it meanwhile
    error_code ignored;
    stream->socket().close(ignored);
  }
  if (taken) {
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - begun);
    acknowledged.push_back(static_cast<std::uint32_t>(took.count()));
  } else {
    world.give_back(std::move(webhook), now_ms());
  }
  idle.push_back(std::move(stream));
  --busy;
  pump();
}

// --- SimServer

SimServer::SimServer(SimSettings world, SimServerSettings settings)
    : state_(std::make_shared<State>(std::move(world), std::move(settings))) {}

SimServer::~SimServer() {
  stop();
}

std::string SimServer::start() {
  State& state = *state_;
  if (!state.settings.callback.empty()) {
    state.has_callback = parse_callback(state.settings.callback, state.callback);
    if (!state.has_callback) return state.settings.callback + " is no http:// address";
  }
  error_code error;
  const tcp::endpoint endpoint(asio::ip::address_v4::loopback(), state.settings.port);
  state.acceptor.open(endpoint.protocol(), error);
  if (!error) state.acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) state.acceptor.bind(endpoint, error);
  if (!error) state.acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) return "port " + std::to_string(state.settings.port) + ": " + error.message();
  asio::co_spawn(
      state.io, [self = state_]() -> asio::awaitable<void> { co_await self->accept(); },
      asio::detached);
  state.thread = std::thread([self = state_] {
    const auto work = asio::make_work_guard(self->io);
    self->io.run();
  });
  return {};
}

void SimServer::stop() {
  if (!state_->thread.joinable()) return;
  asio::post(state_->io, [self = state_] {
    self->stopping = true;
    error_code ignored;
    self->acceptor.close(ignored);
    self->timer.cancel();
    self->io.stop();
  });
  state_->thread.join();
}

std::uint16_t SimServer::port() const {
  return state_->acceptor.local_endpoint().port();
}

void SimServer::with(const std::function<void(World&, std::int64_t)>& act) {
  std::promise<void> done;
  asio::post(state_->io, [&] {
    act(state_->world, now_ms());
    state_->pump();
    done.set_value();
  });
  done.get_future().wait();
}

void SimServer::set_callback(const std::string& url) {
  with([this, &url](World&, std::int64_t) {
    state_->has_callback = parse_callback(url, state_->callback);
  });
}

std::vector<std::uint32_t> SimServer::acknowledged() {
  std::vector<std::uint32_t> all;
  with([this, &all](World&, std::int64_t) { all = state_->acknowledged; });
  return all;
}

std::string SimServer::shake_hands() {
  const Callback& to = state_->callback;
  if (!state_->has_callback) return "there is no callback";
  asio::io_context io;
  error_code error;
  beast::tcp_stream stream(io);
  stream.expires_after(std::chrono::seconds(5));
  tcp::resolver resolver(io);
  const auto places = resolver.resolve(to.host, to.port, error);
  if (error) return to.host + ": " + error.message();
  stream.connect(places, error);
  if (error) return "nobody listens at " + to.host + ":" + to.port;
  const std::string challenge = "1158201444";
  const std::string target = to.path + "?hub.mode=subscribe&hub.challenge=" + challenge +
                             "&hub.verify_token=" + state_->world.settings().verify_token;
  http::request<http::empty_body> request(http::verb::get, target, 11);
  request.set(http::field::host, to.host + ":" + to.port);
  http::write(stream, request, error);
  beast::flat_buffer buffer;
  http::response<http::string_body> response;
  if (!error) http::read(stream, buffer, response, error);
  if (error) return "no answer: " + error.message();
  if (response.result_int() != 200) {
    return "refused with " + std::to_string(response.result_int()) + ": is the token the same?";
  }
  return response.body() == challenge ? std::string() : "the challenge did not come back unchanged";
}

}  // namespace alur::graph_sim
