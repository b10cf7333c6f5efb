#include "adapters/http/http_client.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

namespace alur::adapters {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;

namespace {

constexpr std::uint64_t answer_bytes_max = 64ull << 20;

// Runs what was begun on the stream until it is done or out of time.
template <class Begin>
error_code run(asio::io_context& io, Begin begin) {
  error_code outcome = asio::error::timed_out;
  begin([&](error_code error, auto&&...) { outcome = error; });
  io.restart();
  io.run();
  return outcome;
}

}  // namespace

HttpAnswer http_ask(const std::string& host, std::uint16_t port, const HttpRequest& request,
                    int seconds_max) {
  asio::io_context io;
  beast::tcp_stream stream(io);
  stream.expires_after(std::chrono::seconds(seconds_max));
  error_code error;
  const auto address = asio::ip::make_address(host, error);
  if (error) return {0, host + " is no address"};
  const asio::ip::tcp::endpoint endpoint(address, port);
  error = run(io, [&](auto done) { stream.async_connect(endpoint, done); });
  if (error) return {0, host + ":" + std::to_string(port) + ": " + error.message()};

  http::request<http::string_body> out(
      http::string_to_verb(request.method),
      request.path + (request.query.empty() ? "" : "?") + request.query, 11);
  out.set(http::field::host, host);
  out.keep_alive(false);
  out.body() = request.body;
  out.prepare_payload();
  error = run(io, [&](auto done) { http::async_write(stream, out, done); });
  if (error) return {0, host + ": " + error.message()};

  beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  parser.body_limit(answer_bytes_max);
  error = run(io, [&](auto done) { http::async_read(stream, buffer, parser, done); });
  if (error) return {0, host + ": " + error.message()};
  return {static_cast<int>(parser.get().result_int()), std::move(parser.get().body())};
}

}  // namespace alur::adapters
