#include "adapters/http/web_client.hpp"

#include <openssl/ssl.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <thread>

namespace alur::adapters {

namespace asio = boost::asio;
namespace http = boost::beast::http;
namespace ssl = boost::asio::ssl;
using asio::ip::tcp;
using boost::system::error_code;
using ports::Fault;
using ports::Result;

namespace {

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t resolving_threads = 4;  // so many names may hang at once

std::vector<std::string> resolve_by_system(const std::string& host) {
  asio::io_context io;
  tcp::resolver resolver(io);
  error_code error;
  std::vector<std::string> addresses;
  for (const auto& entry : resolver.resolve(host, "", error)) {
    addresses.push_back(entry.endpoint().address().to_string());
  }
  return addresses;
}

Fault fault_of(error_code error) {
  if (error == asio::error::operation_aborted) return Fault::timed_out;
  const bool ours = error.category() == http::make_error_code(http::error::bad_version).category();
  return ours ? Fault::unreadable : Fault::unavailable;
}

// One request and what belongs to it. Whoever is first, the answer or the clock, settles it.
struct Exchange {
  Exchange(asio::io_context& io, ssl::context& trust) : stream(io, trust), timer(io) {}

  WebOrigin origin;
  WebRequest request;
  ssl::stream<tcp::socket> stream;  // over plain HTTP only the socket within it is used
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
  explicit State(WebSettings how) : settings(std::move(how)) {
    if (!settings.resolve) settings.resolve = resolve_by_system;
  }

  WebSettings settings;
  asio::io_context io{1};
  asio::executor_work_guard<asio::io_context::executor_type> guard = asio::make_work_guard(io);
  ssl::context trust{ssl::context::tls_client};
  asio::thread_pool resolving{resolving_threads};
  std::thread thread;

  std::string take_certificates();
  asio::awaitable<void> run(ExchangeRef exchange);
  asio::awaitable<std::vector<std::string>> resolve(std::string host);
  asio::awaitable<Result<void>> connect(Exchange& exchange);
  asio::awaitable<Result<void>> greet(Exchange& exchange);
  template <class Stream>
  asio::awaitable<Result<WebAnswer>> talk(Stream& stream, const WebRequest& request,
                                          const WebOrigin& origin);
};

std::string WebClient::State::take_certificates() {
  trust.set_options(ssl::context::default_workarounds | ssl::context::no_tlsv1 |
                    ssl::context::no_tlsv1_1);
  trust.set_verify_mode(ssl::verify_peer);
  error_code error;
  trust.set_default_verify_paths(error);
  if (!error && !settings.certificates.empty()) {
    trust.load_verify_file(settings.certificates, error);
  }
  return error ? settings.certificates + ": " + error.message() : std::string();
}

// Blocks on a thread of its own.
asio::awaitable<std::vector<std::string>> WebClient::State::resolve(std::string host) {
  using Found = std::vector<std::string>;
  const auto begin = [this, host = std::move(host)](auto handler) {
    auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    asio::post(resolving, [this, host, shared] {
      Found found = settings.resolve(host);
      asio::post(io, [shared, found = std::move(found)]() mutable { (*shared)(std::move(found)); });
    });
  };
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Found)>(
      begin, asio::use_awaitable);
}

// A name with one address that is not allowed is not trusted with the others either.
asio::awaitable<Result<void>> WebClient::State::connect(Exchange& exchange) {
  const std::vector<std::string> found = co_await resolve(exchange.origin.host);
  if (exchange.over()) co_return Fault::timed_out;
  if (found.empty()) co_return Fault::unavailable;
  for (const std::string& address : found) {
    if (!settings.guard.allows(address)) co_return Fault::refused;
  }
  Result<void> outcome = Fault::unavailable;
  for (const std::string& address : found) {
    error_code error;
    const tcp::endpoint endpoint(asio::ip::make_address(address, error), exchange.origin.port);
    exchange.socket().close(error);
    const auto [failed] = co_await exchange.socket().async_connect(endpoint, quietly);
    if (!failed) co_return Result<void>();
    if (exchange.over()) co_return Fault::timed_out;
    outcome = fault_of(failed);
  }
  co_return outcome;
}

asio::awaitable<Result<void>> WebClient::State::greet(Exchange& exchange) {
  const std::string& host = exchange.origin.host;
  error_code literal;
  asio::ip::make_address(host, literal);
  if (literal) {  // what SSL_set_tlsext_host_name() is, without its casts
    SSL_ctrl(exchange.stream.native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME,
             TLSEXT_NAMETYPE_host_name, const_cast<char*>(host.c_str()));
  }
  error_code error;
  exchange.stream.set_verify_callback(ssl::host_name_verification(host), error);
  if (error) co_return Fault::unavailable;
  const auto [failed] = co_await exchange.stream.async_handshake(ssl::stream_base::client, quietly);
  if (failed) co_return fault_of(failed);
  co_return Result<void>();
}

template <class Stream>
asio::awaitable<Result<WebAnswer>> WebClient::State::talk(Stream& stream, const WebRequest& request,
                                                          const WebOrigin& origin) {
  http::request<http::string_body> out(http::string_to_verb(request.method), request.target, 11);
  const bool usual = origin.port == (origin.tls ? 443 : 80);
  out.set(http::field::host, usual ? origin.host : origin.host + ":" + std::to_string(origin.port));
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
  Result<void> ready = co_await connect(*exchange);
  if (ready && exchange->origin.tls) ready = co_await greet(*exchange);
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
  error = state_->take_certificates();
  state_->thread = std::thread([this] { state_->io.run(); });
}

WebClient::~WebClient() {
  stop();
}

void WebClient::ask(const WebOrigin& origin, WebRequest request, std::int64_t ms_max,
                    std::function<void(Result<WebAnswer>)> done) {
  auto exchange = std::make_shared<Exchange>(state_->io, state_->trust);
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
  state.resolving.stop();
  state.resolving.join();
}

}  // namespace alur::adapters
