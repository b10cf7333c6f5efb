#include "adapters/registry/fetch_list.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <exception>
#include <optional>

namespace alur::registry {

namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace net = boost::asio;
using tcp = net::ip::tcp;

namespace {

constexpr std::size_t url_bytes_max = 2'048;
constexpr std::uint32_t header_bytes_max = 16'384;
constexpr std::size_t etag_bytes_max = 512;

struct Target {
  bool secure = false;
  std::string host;
  std::string port;
  std::string path;
};

std::optional<Target> parse_url(std::string_view url) {
  Target target;
  if (url.size() > url_bytes_max) return std::nullopt;
  target.secure = url.starts_with("https://");
  if (!target.secure && !url.starts_with("http://")) return std::nullopt;
  url.remove_prefix(target.secure ? 8 : 7);
  const std::size_t slash = std::min(url.find('/'), url.size());
  std::string_view authority = url.substr(0, slash);
  target.path = slash == url.size() ? "/" : std::string(url.substr(slash));
  const std::size_t colon = authority.find(':');
  target.port = colon == std::string_view::npos ? (target.secure ? "443" : "80")
                                                : std::string(authority.substr(colon + 1));
  target.host = authority.substr(0, colon);
  constexpr std::string_view good =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";
  const bool plain = target.host.find_first_not_of(good) == std::string::npos &&
                     target.port.find_first_not_of("0123456789") == std::string::npos &&
                     target.path.find_first_of(" \r\n\t") == std::string::npos;
  return plain && !target.host.empty() && !target.port.empty() ? std::optional(target)
                                                               : std::nullopt;
}

http::request<http::empty_body> to_http(const Target& target, const std::string& etag) {
  http::request<http::empty_body> request(http::verb::get, target.path, 11);
  request.set(http::field::host, target.host);
  request.set(http::field::user_agent, "alur");
  request.set(http::field::accept, "text/csv, application/json");
  request.set(http::field::connection, "close");
  if (!etag.empty()) request.set(http::field::if_none_match, etag);
  return request;
}

// A page that asks to log in is no list, whatever the address says.
bool may_be_a_list(std::string_view content_type) {
  if (content_type.empty()) return true;
  for (const std::string_view known : {"csv", "tab-separated", "json", "plain", "octet-stream"}) {
    if (content_type.find(known) != std::string_view::npos) return true;
  }
  return false;
}

void take_answer(http::response<http::string_body> answer, const FetchRequest& wanted,
                 FetchedList& fetched) {
  if (answer.result() == http::status::not_modified) {
    // Else a list would be called fresh that nobody has compared.
    if (wanted.etag.empty()) fetched.error = "it answered 304, and was not asked for changes";
    return;
  }
  if (answer.result() != http::status::ok) {
    fetched.error = "it answered " + std::to_string(answer.result_int());
    if (answer.count(http::field::location) > 0) fetched.error += "; redirects are not followed";
    return;
  }
  fetched.content_type = std::string(answer[http::field::content_type]);
  if (!may_be_a_list(fetched.content_type)) {
    fetched.error = "it answered " + fetched.content_type + ", which is no list";
    return;
  }
  fetched.changed = true;
  fetched.etag = std::string(answer[http::field::etag]);
  if (fetched.etag.size() > etag_bytes_max) fetched.etag.clear();
  fetched.body = std::move(answer.body());
}

template <class Stream>
net::awaitable<void> exchange(Stream& stream, const Target& target, const FetchRequest& wanted,
                              FetchedList& fetched) {
  const http::request<http::empty_body> request = to_http(target, wanted.etag);
  co_await http::async_write(stream, request, net::use_awaitable);
  beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  parser.body_limit(wanted.bytes_max);
  parser.header_limit(header_bytes_max);
  co_await http::async_read(stream, buffer, parser, net::use_awaitable);
  take_answer(parser.release(), wanted, fetched);
}

net::awaitable<void> fetch(const Target& target, const FetchRequest& wanted, FetchedList& fetched) {
  const auto executor = co_await net::this_coro::executor;
  tcp::resolver resolver(executor);
  const auto places = co_await resolver.async_resolve(target.host, target.port, net::use_awaitable);
  if (!target.secure) {
    beast::tcp_stream stream(executor);
    co_await stream.async_connect(places, net::use_awaitable);
    co_await exchange(stream, target, wanted, fetched);
    co_return;
  }
  net::ssl::context trust(net::ssl::context::tls_client);
  trust.set_default_verify_paths();
  SSL_CTX_set_min_proto_version(trust.native_handle(), TLS1_2_VERSION);
  net::ssl::stream<beast::tcp_stream> stream(executor, trust);
  stream.set_verify_mode(net::ssl::verify_peer);
  stream.set_verify_callback(net::ssl::host_name_verification(target.host));
  SSL_ctrl(stream.native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
           const_cast<char*>(target.host.c_str()));
  co_await beast::get_lowest_layer(stream).async_connect(places, net::use_awaitable);
  co_await stream.async_handshake(net::ssl::stream_base::client, net::use_awaitable);
  co_await exchange(stream, target, wanted, fetched);
}

std::string told(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const boost::system::system_error& error) {
    return error.code().message();
  } catch (const std::exception& error) {
    return error.what();
  }
}

}  // namespace

FetchedList fetch_list(const FetchRequest& request) {
  FetchedList fetched;
  const auto target = parse_url(request.url);
  if (!target) {
    fetched.error = "an address such as https://example.org/list.csv is wanted";
    return fetched;
  }
  bool done = false;
  net::io_context context(1);
  net::co_spawn(context, fetch(*target, request, fetched), [&](std::exception_ptr failure) {
    done = true;
    if (failure) fetched.error = told(failure);
  });
  context.run_for(std::chrono::milliseconds(request.timeout.milliseconds));
  if (!done) fetched.error = "it did not answer in time";
  if (!fetched.error.empty()) fetched.changed = false;
  return fetched;
}

}  // namespace alur::registry
