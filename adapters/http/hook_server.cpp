#include "adapters/http/hook_server.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <boost/beast/http.hpp>
#include <chrono>
#include <optional>

#include "adapters/http/hook_doors.hpp"
#include "adapters/http/read_head.hpp"
#include "adapters/http/when_called.hpp"

namespace alur::adapters {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {

constexpr auto idle_time = std::chrono::seconds(75);
constexpr auto body_time = std::chrono::seconds(15);

using Parser = http::request_parser<http::string_body>;

std::string to_wire(int status, bool keep_alive) {
  std::string out = "HTTP/1.1 " + std::to_string(status) + " ";
  out += http::obsolete_reason(static_cast<http::status>(status));
  out += "\r\nContent-Length: 0";
  if (status == 503) out += "\r\nRetry-After: 1";
  if (!keep_alive) out += "\r\nConnection: close";
  return out + "\r\n\r\n";
}

bool is_alike(char a, char b) {
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  return lower(a) == lower(b);
}

HookCall call_of(Parser& parser) {
  auto& request = parser.get();
  HookCall call;
  call.target = request.target();
  for (const auto& field : request) call.headers.emplace_back(field.name_string(), field.value());
  call.body = std::move(request.body());
  return call;
}

}  // namespace

std::string_view HookCall::query() const {
  const std::size_t question = target.find('?');
  return question == target.npos ? std::string_view()
                                 : std::string_view(target).substr(question + 1);
}

std::optional<std::string_view> HookCall::header(std::string_view name) const {
  std::optional<std::string_view> found;
  for (const auto& [each, value] : headers) {
    if (!std::equal(each.begin(), each.end(), name.begin(), name.end(), is_alike)) continue;
    if (found) return std::nullopt;
    found = value;
  }
  return found;
}

struct HookServer::State : HookDoors {
  State(const std::vector<asio::io_context*>& loops, HookTake with, HookSettings how)
      : HookDoors(loops, how.connections_max), take(std::move(with)), settings(std::move(how)) {}

  HookTake take;
  HookSettings settings;

  asio::awaitable<bool> serve_one(beast::tcp_stream& stream, beast::flat_buffer& buffer) override;
  bool knows_secret(const Parser& parser) const;
  std::optional<int> refuse_head(const Parser& parser) const;
};

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
    keep_alive = parser.get().keep_alive() && !is_stopping();
    HookCall call = call_of(parser);
    // A closure with a name: gcc 12 destroys temporaries of a co_await twice.
    const auto begin = [this, &call](auto done) { take(std::move(call), std::move(done)); };
    if (settings.admit && !settings.admit(call)) {
      status = 401;
    } else {
      status = co_await when_called<int>(begin);
    }
  }
  const std::string wire = to_wire(*status, keep_alive);
  co_return co_await write(stream, wire, keep_alive);
}

// What is refused by its head is not read on.
std::optional<int> HookServer::State::refuse_head(const Parser& parser) const {
  const auto& request = parser.get();
  const std::string_view target(request.target().data(), request.target().size());
  if (target.substr(0, target.find('?')) != settings.path) return 404;
  if (request.method() != http::verb::post) return 405;
  if (!knows_secret(parser)) return 401;
  const auto length = parser.content_length();
  if (length && *length > settings.body_bytes_max) return 413;
  return std::nullopt;
}

// In a time that does not tell how much of it was right.
bool HookServer::State::knows_secret(const Parser& parser) const {
  const auto& request = parser.get();
  if (settings.secret.empty()) return static_cast<bool>(settings.admit);
  if (request.count(settings.header) != 1) return false;
  const auto given = request[settings.header];
  return given.size() == settings.secret.size() &&
         CRYPTO_memcmp(given.data(), settings.secret.data(), given.size()) == 0;
}

HookServer::HookServer(std::vector<asio::io_context*> loops, HookTake take, HookSettings settings)
    : state_(std::make_shared<State>(loops, std::move(take), std::move(settings))) {}

HookServer::~HookServer() {
  stop_accepting();
}

std::string HookServer::start() {
  return state_->start(state_->settings.address, state_->settings.port);
}

std::uint16_t HookServer::port() const {
  return state_->port();
}

void HookServer::stop_accepting() {
  state_->stop_accepting();
}

}  // namespace alur::adapters
