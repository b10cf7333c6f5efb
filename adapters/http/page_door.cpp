#include "adapters/http/page_door.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <limits>

#include "adapters/http/closing.hpp"
#include "adapters/http/listen.hpp"
#include "adapters/http/origin.hpp"
#include "adapters/http/read_head.hpp"

namespace alur::adapters {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using Steady = std::chrono::steady_clock;

namespace {

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t requests_max = 100;            // of one connection
constexpr auto read_time = std::chrono::seconds(5);  // of the first request
// Of a request, its answer, and the time until the answer has been taken; then it begins again.
constexpr auto exchange_time = std::chrono::seconds(10);
constexpr std::size_t taken_bytes_a_second_min = 32 * 1024;  // of an answer, beside that time
constexpr auto farewell_time = std::chrono::seconds(2);
constexpr std::string_view full_wire =
    "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\n"
    "Content-Length: 42\r\nRetry-After: 5\r\nConnection: close\r\n\r\n"
    "too many are here just now, come back soon";
constexpr std::string_view crowded_wire =
    "HTTP/1.1 429 Too Many Requests\r\nContent-Type: text/plain; charset=utf-8\r\n"
    "Content-Length: 38\r\nRetry-After: 30\r\nConnection: close\r\n\r\n"
    "too many connections from your address";

// One loop's acceptor and connections; by its thread alone. What waits on the loop keeps it.
struct LoopDoor {
  explicit LoopDoor(asio::io_context& loop) : io(loop), acceptor(loop) {}
  asio::io_context& io;
  tcp::acceptor acceptor;
  std::shared_ptr<OpenSockets> sockets = std::make_shared<OpenSockets>();
};

// What whoever asked a trusted proxy for this is counted under.
std::string counted_behind(const UpgradeRequest& request) {
  return counted_as(last_forwarded(header_of(request, "X-Forwarded-For")));
}

std::string plain_address(const asio::ip::address& address) {
  const bool mapped = address.is_v6() && address.to_v6().is_v4_mapped();
  if (!mapped) return address.to_string();
  return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
}

// Spelled as plain_address() spells them.
std::vector<std::string> plain_addresses(const std::vector<std::string>& addresses) {
  std::vector<std::string> plain;
  for (const std::string& address : addresses) {
    error_code error;
    const auto read = asio::ip::make_address(address, error);
    if (!error) plain.push_back(plain_address(read));
  }
  return plain;
}

}  // namespace

struct PageDoor::State : std::enable_shared_from_this<PageDoor::State> {
  State(std::shared_ptr<Site> behind, DoorSettings how)
      : site(std::move(behind)),
        settings(std::move(how)),
        proxies(plain_addresses(settings.proxies)) {
    tls = settings.tls;
    if (settings.connections_of_address_max == 0) {
      settings.connections_of_address_max = std::numeric_limits<std::size_t>::max();
    }
  }

  std::shared_ptr<Site> site;
  DoorSettings settings;
  std::vector<std::string> proxies;
  std::vector<std::shared_ptr<LoopDoor>> doors;
  std::shared_ptr<Places> places = std::make_shared<Places>();
  WebTally tally;
  std::atomic<std::shared_ptr<const TlsPair>> tls;
  std::atomic<bool> stopping{false};
  std::uint16_t port = 0;

  void run(const std::shared_ptr<LoopDoor>& door);
  asio::awaitable<void> accept(std::shared_ptr<LoopDoor> door);
  void take(const std::shared_ptr<LoopDoor>& door, tcp::socket socket);
  void refuse(tcp::socket socket, Refusal why, std::string_view wire);
  template <class Stream>
  asio::awaitable<void> serve(std::shared_ptr<LoopDoor> door, Stream stream, Place place,
                              bool by_proxy);
  template <class Stream>
  asio::awaitable<DoorAnswer> take_behind(Stream& stream, beast::flat_buffer& buffer,
                                          const UpgradeRequest& request, bool by_proxy);
  template <class Stream>
  void spawn(const std::shared_ptr<LoopDoor>& door, Stream stream, Place place, bool by_proxy);
  void note(const DoorAnswer& answer);
  DoorAnswer answer_to(const UpgradeRequest& request) const;
  std::string to_wire(const DoorAnswer& answer, const UpgradeRequest& request,
                      bool keep_alive) const;
  // False: too many of its address; the stream and the place stay the caller's.
  template <class Stream>
  bool upgrade(const std::shared_ptr<LoopDoor>& door, Stream& stream, const UpgradeRequest& request,
               std::shared_ptr<WebTalk> talk, Place& place, bool by_proxy);
  bool is_trusted(const std::string& address) const;
};

// --- connections

void PageDoor::State::run(const std::shared_ptr<LoopDoor>& door) {
  const auto self = shared_from_this();
  asio::co_spawn(
      door->io, [self, door]() -> asio::awaitable<void> { co_await self->accept(door); },
      asio::detached);
}

asio::awaitable<void> PageDoor::State::accept(std::shared_ptr<LoopDoor> door) {
  while (!stopping) {
    auto [error, socket] = co_await door->acceptor.async_accept(door->io, quietly);
    if (stopping || error == asio::error::operation_aborted) co_return;
    if (!error) {
      take(door, std::move(socket));
      continue;
    }
    // No descriptors left, for instance: a moment later there may be.
    asio::steady_timer moment(door->io, std::chrono::milliseconds(50));
    co_await moment.async_wait(quietly);
  }
}

bool PageDoor::State::is_trusted(const std::string& address) const {
  return std::find(proxies.begin(), proxies.end(), address) != proxies.end();
}

void PageDoor::State::refuse(tcp::socket socket, Refusal why, std::string_view wire) {
  tally.note(why);
  // In the middle of a handshake it would not be understood.
  if (!tls.load()) turn_away(std::move(socket), wire);
}

void PageDoor::State::take(const std::shared_ptr<LoopDoor>& door, tcp::socket socket) {
  error_code error;
  const auto peer = socket.remote_endpoint(error);
  if (error) return;
  if (tally.connections >= settings.connections_max) {
    return refuse(std::move(socket), Refusal::full, full_wire);
  }
  const std::string address = plain_address(peer.address());
  const bool by_proxy = is_trusted(address);
  Place place;
  if (!by_proxy) {
    const std::string counted = counted_as(address);
    if (!places->take(counted, settings.connections_of_address_max)) {
      return refuse(std::move(socket), Refusal::address, crowded_wire);
    }
    place = Place(places, counted);
  }
  ++tally.connections;
  socket.set_option(tcp::no_delay(true), error);
  beast::tcp_stream stream(std::move(socket));
  const auto pair = tls.load();
  if (pair) {
    spawn(door, TlsStream(std::move(stream), pair->context()), std::move(place), by_proxy);
  } else {
    spawn(door, std::move(stream), std::move(place), by_proxy);
  }
}

template <class Stream>
void PageDoor::State::spawn(const std::shared_ptr<LoopDoor>& door, Stream stream, Place place,
                            bool by_proxy) {
  asio::co_spawn(
      door->io,
      [self = shared_from_this(), door, by_proxy, on = std::move(stream),
       held = std::move(place)]() mutable -> asio::awaitable<void> {
        co_await self->serve(door, std::move(on), std::move(held), by_proxy);
      },
      asio::detached);
}

// One request after another, each with its answer. Whoever takes longer than an exchange may take,
// be it to ask or to take what was answered, is cut off.
template <class Stream>
asio::awaitable<void> PageDoor::State::serve(std::shared_ptr<LoopDoor> door, Stream stream,
                                             Place place, bool by_proxy) {
  beast::tcp_stream& lowest = beast::get_lowest_layer(stream);
  beast::flat_buffer buffer;
  lowest.expires_after(read_time);
  bool more = co_await shake_hands(stream);
  if (!more) tally.note(Refusal::handshake);
  bool slow = false;
  bool unread = false;
  Steady::time_point until = Steady::now() + exchange_time;
  for (std::size_t count = 0; more && !stopping; ++count) {
    lowest.expires_at(count == 0 ? Steady::now() + read_time : until);
    const HeadRead head = co_await read_head(stream, buffer);
    if (!head.whole) {
      const bool idles = count > 0 && buffer.size() == 0 && !has_untaken(lowest.socket());
      slow = head.late && !idles;
      break;
    }
    // A client that asks has taken its last answer; one that has not gets no more time for it.
    if (!has_untaken(lowest.socket())) until = Steady::now() + exchange_time;
    lowest.expires_at(until);
    http::request_parser<http::empty_body> parser;
    parser.body_limit(boost::none);  // the site bounds it: Beast has 1 MiB of its own
    error_code error;
    if (!head.fault) buffer.consume(parser.put(buffer.data(), error));
    const UpgradeRequest request = parser.get();
    const bool whole = !head.fault && !error && parser.is_header_done();
    DoorAnswer answer{400, nullptr, head.fault ? head.fault : "no HTTP request"};
    if (whole && site->takes(request)) {
      answer = co_await take_behind(stream, buffer, request, by_proxy);
      slow = answer.late;
      unread = answer.unread;
      if (answer.status == 0) break;
      // Its body had a time of its own, and what is large has more to be taken in.
      until = Steady::now() + exchange_time +
              std::chrono::seconds(answer.says.size() / taken_bytes_a_second_min);
      lowest.expires_at(until);
    } else if (whole) {
      answer = answer_to(request);
    }
    more = answer.status != 400 && !answer.unread && request.keep_alive() &&
           count + 1 < requests_max && !stopping;
    // A client does not speak before it has been answered.
    if (answer.status == 101 && buffer.size() > 0) answer = {400, nullptr, "one thing at a time"};
    if (answer.status == 101) {
      auto talk = co_await site->open(request, answer);
      if (talk) {
        if (upgrade(door, stream, request, std::move(talk), place, by_proxy)) co_return;
        answer = {429, nullptr, "too many connections"};
        tally.note(Refusal::address);
      }
    }
    note(answer);
    const std::string wire = to_wire(answer, request, more);
    answer.says = {};  // a file is large enough once
    const auto [failed, written] = co_await asio::async_write(stream, asio::buffer(wire), quietly);
    slow = failed == beast::error::timeout;
    if (failed) break;
  }
  if (slow) {
    tally.note(Refusal::slow);
    cut_off(lowest.socket());
  } else {
    lowest.expires_after(farewell_time);
    co_await say_farewell(stream);
    end_sending(lowest.socket());
    if (unread) co_await linger(lowest);
  }
  --tally.connections;
}

void PageDoor::State::note(const DoorAnswer& answer) {
  if (answer.status == 400) tally.note(Refusal::malformed);
  if (answer.status == 403) tally.note(Refusal::foreign);
}

// From here on the socket has the connection, and its place.
template <class Stream>
bool PageDoor::State::upgrade(const std::shared_ptr<LoopDoor>& door, Stream& stream,
                              const UpgradeRequest& request, std::shared_ptr<WebTalk> talk,
                              Place& place, bool by_proxy) {
  if (by_proxy) {
    const std::string counted = counted_behind(request);
    if (!places->take(counted, settings.connections_of_address_max)) return false;
    place = Place(places, counted);
  }
  const auto held = std::make_shared<Place>(std::move(place));
  beast::get_lowest_layer(stream).expires_never();
  ++tally.sockets;
  serve_socket(take_socket(stream), {request, std::move(talk), settings.socket, door->sockets,
                                     [self = shared_from_this(), held] {
                                       --self->tally.sockets;
                                       --self->tally.connections;
                                     }});
  return true;
}

// --- requests

template <class Stream>
asio::awaitable<DoorAnswer> PageDoor::State::take_behind(Stream& stream, beast::flat_buffer& buffer,
                                                         const UpgradeRequest& request,
                                                         bool by_proxy) {
  error_code error;
  const auto peer = beast::get_lowest_layer(stream).socket().remote_endpoint(error);
  std::string counted = by_proxy ? counted_behind(request) : counted_as(peer.address().to_string());
  return site->take(stream, buffer, request, std::move(counted));
}

DoorAnswer PageDoor::State::answer_to(const UpgradeRequest& request) const {
  const auto length = request["Content-Length"];
  if (!length.empty() && length != "0") return {400, nullptr, "nothing is taken here"};
  const bool reads = request.method() == http::verb::get || request.method() == http::verb::head;
  if (!reads) return {405, nullptr, "only GET and HEAD here"};
  const std::string_view path = path_of(request);
  if (path == settings.socket_path) {
    if (!is_upgrade(request)) return {426, nullptr, "a WebSocket is spoken here"};
    const bool may =
        request.count("Origin") == 1 &&
        may_open_socket(header_of(request, "Origin"), header_of(request, "Host"), settings.origins);
    return may ? DoorAnswer{101, nullptr, {}} : DoorAnswer{403, nullptr, "not from this page"};
  }
  for (const WebFile& file : settings.files) {
    if (file.path == path) {
      const bool same = header_of(request, "If-None-Match") == file.mark;
      return {same ? 304 : 200, &file, {}};
    }
  }
  return {404, nullptr, "there is nothing here"};
}

std::string PageDoor::State::to_wire(const DoorAnswer& answer, const UpgradeRequest& request,
                                     bool keep_alive) const {
  const std::string_view encodings = header_of(request, "Accept-Encoding");
  const WebFile* file = answer.file;
  const bool packed =
      file && !file->gzip.empty() && encodings.find("gzip") != std::string_view::npos;
  const std::string_view body = !file    ? std::string_view(answer.says)
                                : packed ? file->gzip
                                         : file->body;
  std::string out = "HTTP/1.1 " + std::to_string(answer.status) + " ";
  out += http::obsolete_reason(static_cast<http::status>(answer.status));
  out += "\r\nContent-Type: ";
  out += file ? file->type : answer.type;
  if (answer.status != 304) out += "\r\nContent-Length: " + std::to_string(body.size());
  if (file) {
    out += "\r\nETag: ";
    out += file->mark;
    out += "\r\nVary: Accept-Encoding\r\nCache-Control: ";
    out += file->named_by_mark ? "public, max-age=31536000, immutable" : "no-cache";
    if (packed && answer.status != 304) out += "\r\nContent-Encoding: gzip";
  }
  out += "\r\nContent-Security-Policy: " + settings.policy;
  out +=
      "\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer"
      "\r\nPermissions-Policy: camera=(), microphone=(), geolocation=()";
  out += settings.headers;
  out += answer.more;
  if (answer.status == 405) out += "\r\nAllow: " + answer.allows;
  if (answer.status == 503) out += "\r\nRetry-After: 1";
  if (answer.status == 426) out += "\r\nUpgrade: websocket";
  out += keep_alive ? "\r\n\r\n" : "\r\nConnection: close\r\n\r\n";
  if (request.method() != http::verb::head && answer.status != 304) out += body;
  return out;
}

// --- PageDoor

std::string_view path_of(const UpgradeRequest& request) {
  const auto target = request.target();
  return {target.data(), std::min(target.find('?'), target.size())};
}

std::string_view header_of(const UpgradeRequest& request, const char* name) {
  const auto value = request[name];
  return {value.data(), value.size()};
}

PageDoor::PageDoor(std::vector<asio::io_context*> loops, std::shared_ptr<Site> site,
                   DoorSettings settings)
    : state_(std::make_shared<State>(std::move(site), std::move(settings))) {
  for (asio::io_context* loop : loops) state_->doors.push_back(std::make_shared<LoopDoor>(*loop));
}

PageDoor::~PageDoor() {
  stop_accepting();
  state_->doors.clear();
}

std::string PageDoor::start() {
  state_->port = state_->settings.port;
  for (const auto& door : state_->doors) {
    std::string error = listen_at(door->acceptor, state_->settings.address, state_->port);
    if (!error.empty()) return error;
  }
  for (const auto& door : state_->doors) state_->run(door);
  return {};
}

std::uint16_t PageDoor::port() const {
  return state_->port;
}

WebUse PageDoor::use() const {
  return state_->tally.use();
}

void PageDoor::renew(std::shared_ptr<const TlsPair> tls) {
  state_->tls = std::move(tls);
}

void PageDoor::stop_accepting() {
  if (state_->stopping.exchange(true)) return;
  for (const auto& door : state_->doors) {
    asio::post(door->io, [door] {
      error_code ignored;
      door->acceptor.close(ignored);
      for (const auto& one : *door->sockets) {
        if (const auto line = one.lock()) line->end({CloseCode::restart, "restart"});
      }
    });
  }
}

}  // namespace alur::adapters
