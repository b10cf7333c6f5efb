#include "adapters/http/web_client.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <thread>

#include "adapters/http/outbound.hpp"

namespace alur::adapters {

namespace asio = boost::asio;
namespace http = boost::beast::http;
namespace ssl = boost::asio::ssl;
using asio::ip::tcp;
using boost::system::error_code;
using ports::Fault;
using ports::Result;

namespace {

// One request and what belongs to it. Whoever is first, the answer or the clock, settles it.
struct Exchange {
  Exchange(asio::io_context& io, ssl::context& trust) : stream(io, trust), timer(io) {}

  WebOrigin origin;
  WebRequest request;
  Outbound::Stream stream;
  asio::steady_timer timer;
  std::function<void(Result<WebAnswer>)> done;

  tcp::socket& socket() { return stream.next_layer(); }
  bool over() const { return !done; }
  void settle(Result<WebAnswer> answer) {
    if (over()) return;
    const auto told = std::exchange(done, nullptr);
    timer.cancel();
    error_code ignored;
    socket().close(ignored);
    told(std::move(answer));
  }
};
using ExchangeRef = std::shared_ptr<Exchange>;

}  // namespace

struct WebClient::State {
  explicit State(WebSettings how)
      : settings(std::move(how)), outbound(io, settings.guard, settings.resolve) {}

  WebSettings settings;
  asio::io_context io{1};
  asio::executor_work_guard<asio::io_context::executor_type> guard = asio::make_work_guard(io);
  Outbound outbound;
  std::thread thread;

  asio::awaitable<void> run(ExchangeRef exchange);
  template <class Stream>
  asio::awaitable<Result<WebAnswer>> talk(Stream& stream, const WebRequest& request,
                                          const WebOrigin& origin);
};

template <class Stream>
asio::awaitable<Result<WebAnswer>> WebClient::State::talk(Stream& stream, const WebRequest& request,
                                                          const WebOrigin& origin) {
  http::request<http::string_body> out(http::string_to_verb(request.method), request.target, 11);
  out.set(http::field::host, host_header_of(origin));
  out.set(http::field::connection, "close");
  for (const auto& [name, value] : request.headers) out.set(name, value);
  out.body() = request.body;
  out.prepare_payload();
  const auto [unsent, sent] = co_await http::async_write(stream, out, quietly);
  if (unsent) co_return fault_of(unsent);

  boost::beast::flat_buffer buffer(settings.header_bytes_max + settings.body_bytes_max);
  http::response_parser<http::string_body> parser;
  parser.header_limit(static_cast<std::uint32_t>(settings.header_bytes_max));
  parser.body_limit(settings.body_bytes_max);
  const auto [unread, count] = co_await http::async_read(stream, buffer, parser, quietly);
  if (unread) co_return fault_of(unread);
  const int status = static_cast<int>(parser.get().result_int());
  if (status < 200) co_return Fault::unreadable;
  co_return WebAnswer{status, std::move(parser.get().body())};
}

asio::awaitable<void> WebClient::State::run(ExchangeRef exchange) {
  const WebOrigin& origin = exchange->origin;
  const std::function<bool()> over = [exchange] { return exchange->over(); };
  Result<void> ready = co_await outbound.connect(exchange->socket(), origin, over);
  if (ready && origin.tls) ready = co_await outbound.greet(exchange->stream, origin.host);
  if (!ready) {
    exchange->settle(ready.error());
    co_return;
  }
  if (exchange->origin.tls) {
    exchange->settle(co_await talk(exchange->stream, exchange->request, exchange->origin));
  } else {
    exchange->settle(co_await talk(exchange->socket(), exchange->request, exchange->origin));
  }
}

WebClient::WebClient(WebSettings settings, std::string& error)
    : state_(std::make_unique<State>(std::move(settings))) {
  error = state_->outbound.take_certificates(state_->settings.certificates);
  state_->thread = std::thread([this] { state_->io.run(); });
}

WebClient::~WebClient() {
  stop();
}

void WebClient::ask(const WebOrigin& origin, WebRequest request, std::int64_t ms_max,
                    std::function<void(Result<WebAnswer>)> done) {
  auto exchange = std::make_shared<Exchange>(state_->io, state_->outbound.trust());
  exchange->origin = origin;
  exchange->request = std::move(request);
  exchange->done = std::move(done);
  exchange->timer.expires_after(std::chrono::milliseconds(std::max<std::int64_t>(0, ms_max)));
  asio::post(state_->io, [state = state_.get(), exchange] {
    exchange->timer.async_wait([exchange](error_code error) {
      if (!error) exchange->settle(Fault::timed_out);
    });
    asio::co_spawn(state->io, state->run(exchange), asio::detached);
  });
}

void WebClient::stop() {
  State& state = *state_;
  if (!state.thread.joinable()) return;
  state.io.stop();
  state.thread.join();
  state.outbound.stop();
}

}  // namespace alur::adapters
