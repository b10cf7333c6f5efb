#include "adapters/http/outbound.hpp"

#include <openssl/ssl.h>

#include <boost/asio/post.hpp>
#include <boost/beast/http/error.hpp>
#include <memory>

namespace alur::adapters {

namespace asio = boost::asio;
namespace http = boost::beast::http;
namespace ssl = boost::asio::ssl;
using asio::ip::tcp;
using boost::system::error_code;
using ports::Fault;
using ports::Result;

namespace {

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

}  // namespace

Fault fault_of(error_code error) {
  if (error == asio::error::operation_aborted) return Fault::timed_out;
  const bool ours = error.category() == http::make_error_code(http::error::bad_version).category();
  return ours ? Fault::unreadable : Fault::unavailable;
}

std::string host_header_of(const WebOrigin& origin) {
  const bool usual = origin.port == (origin.tls ? 443 : 80);
  return usual ? origin.host : origin.host + ":" + std::to_string(origin.port);
}

Outbound::Outbound(asio::io_context& io, AddressGuard guard, Resolve resolve)
    : io_(io),
      guard_(std::move(guard)),
      resolve_(resolve ? std::move(resolve) : Resolve(resolve_by_system)),
      trust_(ssl::context::tls_client),
      resolving_(resolving_threads) {}

std::string Outbound::take_certificates(const std::string& more) {
  trust_.set_options(ssl::context::default_workarounds | ssl::context::no_tlsv1 |
                     ssl::context::no_tlsv1_1);
  trust_.set_verify_mode(ssl::verify_peer);
  error_code error;
  trust_.set_default_verify_paths(error);
  if (!error && !more.empty()) trust_.load_verify_file(more, error);
  return error ? more + ": " + error.message() : std::string();
}

// Blocks on a thread of its own.
asio::awaitable<std::vector<std::string>> Outbound::resolve(std::string host) {
  using Found = std::vector<std::string>;
  const auto begin = [this, host = std::move(host)](auto handler) {
    auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    asio::post(resolving_, [this, host, shared] {
      Found found = resolve_(host);
      asio::post(io_,
                 [shared, found = std::move(found)]() mutable { (*shared)(std::move(found)); });
    });
  };
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Found)>(
      begin, asio::use_awaitable);
}

// A name with one address that is not allowed is not trusted with the others either.
asio::awaitable<Result<void>> Outbound::connect(Socket& socket, const WebOrigin& origin,
                                                const std::function<bool()>& over) {
  const std::vector<std::string> found = co_await resolve(origin.host);
  if (over()) co_return Fault::timed_out;
  if (found.empty()) co_return Fault::unavailable;
  for (const std::string& address : found) {
    if (!guard_.allows(address)) co_return Fault::refused;
  }
  Result<void> outcome = Fault::unavailable;
  for (const std::string& address : found) {
    error_code error;
    const tcp::endpoint endpoint(asio::ip::make_address(address, error), origin.port);
    socket.close(error);
    const auto [failed] = co_await socket.async_connect(endpoint, quietly);
    if (!failed) co_return Result<void>();
    if (over()) co_return Fault::timed_out;
    outcome = fault_of(failed);
  }
  co_return outcome;
}

asio::awaitable<Result<void>> Outbound::greet(Stream& stream, const std::string& host) {
  error_code literal;
  asio::ip::make_address(host, literal);
  if (literal) {  // what SSL_set_tlsext_host_name() is, without its casts
    SSL_ctrl(stream.native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
             const_cast<char*>(host.c_str()));
  }
  error_code error;
  stream.set_verify_callback(ssl::host_name_verification(host), error);
  if (error) co_return Fault::unavailable;
  const auto [failed] = co_await stream.async_handshake(ssl::stream_base::client, quietly);
  if (failed) co_return fault_of(failed);
  co_return Result<void>();
}

void Outbound::stop() {
  resolving_.stop();
  resolving_.join();
}

}  // namespace alur::adapters
