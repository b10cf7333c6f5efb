#include "adapters/whatsapp/webhook_server.hpp"

#include <atomic>
#include <boost/beast/http.hpp>
#include <chrono>

#include "adapters/http/hook_doors.hpp"
#include "adapters/http/read_head.hpp"
#include "adapters/http/when_called.hpp"
#include "adapters/whatsapp/handshake.hpp"
#include "adapters/whatsapp/signature.hpp"

namespace alur::adapters {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {

constexpr auto idle_time = std::chrono::seconds(60);
constexpr auto read_time = std::chrono::seconds(15);
using Parser = http::request_parser<http::string_body>;

struct Answer {
  int status = 200;
  std::string says;
};

// Never the signature, nor what it should have been.
std::string to_wire(const Answer& answer, bool keep_alive) {
  std::string out = "HTTP/1.1 " + std::to_string(answer.status) + " ";
  out += http::obsolete_reason(static_cast<http::status>(answer.status));
  out += "\r\nContent-Type: text/plain; charset=utf-8\r\nX-Content-Type-Options: nosniff";
  out += "\r\nContent-Length: " + std::to_string(answer.says.size());
  if (answer.status == 405) out += "\r\nAllow: GET, POST";
  if (answer.status == 503) out += "\r\nRetry-After: 1";
  if (!keep_alive) out += "\r\nConnection: close";
  out += "\r\n\r\n";
  out += answer.says;
  return out;
}

// Room for a body among all that are in memory.
class Room {
 public:
  Room(std::atomic<std::size_t>& used, std::size_t bytes) : used_(used), bytes_(bytes) {
    good_ = used_.fetch_add(bytes_) + bytes_ <= WebhookServer::bodies_bytes_max;
  }
  Room(const Room&) = delete;
  Room& operator=(const Room&) = delete;
  ~Room() { used_ -= bytes_; }
  bool good() const { return good_; }

 private:
  std::atomic<std::size_t>& used_;
  std::size_t bytes_;
  bool good_ = false;
};

}  // namespace

struct WebhookServer::State : HookDoors {
  State(const std::vector<asio::io_context*>& loops, Intake& into, const WhatsAppSettings& how,
        std::uint16_t on)
      : HookDoors(loops, connections_max), intake(into), settings(how), wanted_port(on) {}

  Intake& intake;
  WhatsAppSettings settings;
  std::uint16_t wanted_port;
  std::atomic<std::size_t> bodies_bytes{0};

  asio::awaitable<bool> serve_one(beast::tcp_stream& stream, beast::flat_buffer& buffer) override;
  asio::awaitable<bool> reply(beast::tcp_stream& stream, const Answer& answer, bool keep_alive);
  std::optional<Answer> answer_head(const Parser& parser) const;
  asio::awaitable<std::optional<Answer>> take(beast::tcp_stream& stream, beast::flat_buffer& buffer,
                                              Parser& parser);
};

asio::awaitable<bool> WebhookServer::State::reply(beast::tcp_stream& stream, const Answer& answer,
                                                  bool keep_alive) {
  const std::string wire = to_wire(answer, keep_alive);
  co_return co_await write(stream, wire, keep_alive);
}

// --- requests

asio::awaitable<bool> WebhookServer::State::serve_one(beast::tcp_stream& stream,
                                                      beast::flat_buffer& buffer) {
  stream.expires_after(idle_time);
  const HeadRead head = co_await read_head(stream, buffer);
  if (!head.whole) co_return false;
  // Answers have names: gcc 12 destroys temporaries of a co_await twice.
  if (head.fault) {
    const Answer bad{400, head.fault};
    co_return co_await reply(stream, bad, false);
  }
  Parser parser;
  parser.body_limit(body_bytes_max);
  const auto [error, count] = co_await http::async_read_header(stream, buffer, parser, quietly);
  if (error) {
    const bool too_long = error == http::error::body_limit;
    const Answer bad =
        too_long ? Answer{413, "the body is too long"} : Answer{400, "no HTTP request"};
    co_return co_await reply(stream, bad, false);
  }
  const bool keep_alive = parser.get().keep_alive() && !is_stopping();
  // What is refused by its head is not read on.
  const std::optional<Answer> refusal = answer_head(parser);
  if (refusal) co_return co_await reply(stream, *refusal, keep_alive && refusal->status == 200);
  const std::optional<Answer> answer = co_await take(stream, buffer, parser);
  if (!answer) co_return false;
  co_return co_await reply(stream, *answer, keep_alive);
}

// Nothing: a webhook whose body is to be read.
std::optional<Answer> WebhookServer::State::answer_head(const Parser& parser) const {
  const auto& request = parser.get();
  const std::string_view target(request.target().data(), request.target().size());
  const std::size_t question = std::min(target.find('?'), target.size());
  if (target.substr(0, question) != settings.path) return Answer{404, "there is nothing here"};
  const auto length = parser.content_length();
  if (request.method() == http::verb::get) {
    if (length && *length > 0) return Answer{400, "nothing is taken with this"};
    const std::string_view query = target.substr(std::min(question + 1, target.size()));
    auto challenge = answer_handshake(query, settings.verify_token);
    if (!challenge) return Answer{403, "not subscribed"};
    return Answer{200, std::move(*challenge)};
  }
  if (request.method() != http::verb::post) return Answer{405, "only GET and POST here"};
  if (request.count("X-Hub-Signature-256") != 1) return Answer{401, "it is not signed"};
  if (length && *length > body_bytes_max) return Answer{413, "the body is too long"};
  return std::nullopt;
}

// Nothing: the connection ended before the body did.
asio::awaitable<std::optional<Answer>> WebhookServer::State::take(beast::tcp_stream& stream,
                                                                  beast::flat_buffer& buffer,
                                                                  Parser& parser) {
  const Room room(bodies_bytes, parser.content_length().value_or(0));
  if (!room.good()) co_return Answer{503, "too much at once"};
  stream.expires_after(read_time);
  const auto [error, count] = co_await http::async_read(stream, buffer, parser, quietly);
  if (error) co_return std::nullopt;
  stream.expires_never();
  const std::string& body = parser.get().body();
  const auto header = parser.get()["X-Hub-Signature-256"];
  if (!is_signed(body, {header.data(), header.size()}, settings.app_secrets)) {
    co_return Answer{401, "the signature is not right"};
  }
  const auto begin = [this, &body](auto done) {
    intake.take(decode_webhook(body, intake.numbers()), std::move(done));
  };
  const bool durable = co_await when_called<bool>(begin);
  Answer answer{200, "taken"};
  if (!durable) answer = {503, "send it again"};
  co_return answer;
}

// --- WebhookServer

WebhookServer::WebhookServer(std::vector<asio::io_context*> loops, Intake& intake,
                             const WhatsAppSettings& settings, std::uint16_t port)
    : state_(std::make_shared<State>(loops, intake, settings, port)) {}

WebhookServer::~WebhookServer() {
  stop_accepting();
}

std::string WebhookServer::start() {
  return state_->start(state_->settings.address, state_->wanted_port);
}

std::uint16_t WebhookServer::port() const {
  return state_->port();
}

void WebhookServer::stop_accepting() {
  state_->stop_accepting();
}

}  // namespace alur::adapters
