#include "adapters/desk/desk_server.hpp"

#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>
#include <future>
#include <thread>

#include "adapters/desk/cookie.hpp"
#include "adapters/desk/desk_api.hpp"
#include "adapters/http/origin.hpp"
#include "adapters/http/page_door.hpp"
#include "adapters/http/request_body.hpp"

namespace alur::adapters {

namespace asio = boost::asio;
namespace beast = boost::beast;

namespace {

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);
constexpr auto tick_time = std::chrono::seconds(1);
constexpr auto farewell_time = std::chrono::milliseconds(300);
constexpr std::string_view api_path = "/api/";
constexpr int under_way_max = 256;        // requests that are being answered
constexpr int costly_under_way_max = 64;  // those that ask for a password
constexpr int files_under_way_max = 8;    // held in memory, up to 16 MiB each
constexpr int searches_under_way_max = 32;
// Nothing from elsewhere, nothing inline, in nobody's frame, and no text that becomes a script.
constexpr const char* page_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'";

struct SocketAbout {
  const char* path;
  Action action;
};
constexpr SocketAbout desk_socket =
#define SOCKET(path, action) {path, Action::action};
#include "adapters/desk/routes.def"

    bool asks_password(Route route) {
  return route == Route::sign_in || route == Route::first || route == Route::link ||
         route == Route::password || route == Route::code;
}

// Its body is a file; all others are JSON.
bool takes_file(Route route) {
  return route == Route::send_file;
}

class DeskTalk : public WebTalk {
 public:
  DeskTalk(DeskFloor& floor, Entered who) : floor_(floor), who_(std::move(who)) {}

  void begin(const std::shared_ptr<WebLine>& line) override {
    seat_ = floor_.sit(std::move(who_), line);
  }
  Step take(std::string_view frame, bool is_text) override {
    return floor_.take(seat_, frame, is_text);
  }
  bool is_greeted() const override { return true; }  // by the cookie
  std::string bye(std::string_view reason) const override {
    return R"({"is":"bye","why":)" + quoted(reason) + "}";
  }
  void ended() override { floor_.rise(seat_); }

 private:
  DeskFloor& floor_;
  Entered who_;
  Seat seat_ = 0;
};

DoorAnswer to_door(ApiAnswer answer) {
  DoorAnswer out;
  out.status = answer.status;
  out.says = std::move(answer.body);
  out.type = std::move(answer.type);
  out.allows = "GET, POST, PUT, DELETE";
  out.held = std::move(answer.held);
  out.more = "\r\nCache-Control: no-store";
  if (!answer.set_cookie.empty()) out.more += "\r\nSet-Cookie: " + answer.set_cookie;
  if (!answer.disposition.empty()) {
    out.more += "\r\nContent-Disposition: " + answer.disposition +
                "\r\nContent-Security-Policy: sandbox; default-src 'none'";
  }
  return out;
}

DoorAnswer unread(int status, std::string_view word) {
  DoorAnswer out = to_door(refuse_with(status, word));
  out.unread = true;
  return out;
}

// The desk's requests, beside the files of its page.
class DeskSite : public Site {
 public:
  struct Pools {
    asio::thread_pool& gate;
    asio::thread_pool& book;
    asio::thread_pool& search;
  };
  DeskSite(DeskParts parts, DeskFloor& floor, DeskApi& api, Pools pools,
           std::vector<std::string> origins)
      : parts_(parts), floor_(floor), api_(api), pools_(pools), origins_(std::move(origins)) {}

  bool takes(const UpgradeRequest& request) const override {
    return path_of(request).starts_with(api_path) && path_of(request) != desk_socket.path;
  }
  asio::awaitable<DoorAnswer> take(beast::tcp_stream& stream, beast::flat_buffer& buffer,
                                   const UpgradeRequest& request, std::string counted) override {
    return take_on(stream, buffer, request, std::move(counted));
  }
  asio::awaitable<DoorAnswer> take(TlsStream& stream, beast::flat_buffer& buffer,
                                   const UpgradeRequest& request, std::string counted) override {
    return take_on(stream, buffer, request, std::move(counted));
  }
  asio::awaitable<std::shared_ptr<WebTalk>> open(const UpgradeRequest& request,
                                                 DoorAnswer& answer) override;

 private:
  struct Body {
    std::uint64_t bytes = 0;
    DoorAnswer fault;  // where its status is not 200
  };
  Body judge(const UpgradeRequest& request, Route route) const;
  // How many of its kind are under way, and how many may be.
  std::pair<int*, int> counted_with(Route route) {
    if (takes_file(route)) return {&files_under_way_, files_under_way_max};
    if (asks_password(route)) return {&costly_under_way_, costly_under_way_max};
    if (route == Route::search) return {&searches_under_way_, searches_under_way_max};
    return {&under_way_, under_way_max};
  }
  // Searches wait for one another, and nobody for them.
  asio::thread_pool& pool_of(Route route) {
    if (asks_password(route)) return pools_.gate;
    return route == Route::search ? pools_.search : pools_.book;
  }
  template <class Stream>
  asio::awaitable<DoorAnswer> take_on(Stream& stream, beast::flat_buffer& buffer,
                                      const UpgradeRequest& request, std::string counted);
  template <class Stream>
  asio::awaitable<bool> read_body(Stream& stream, beast::flat_buffer& buffer, std::uint64_t bytes,
                                  std::string& body, bool& late);
  template <class Work>
  asio::awaitable<std::invoke_result_t<Work>> on(asio::thread_pool& pool, Work work);

  DeskParts parts_;
  DeskFloor& floor_;
  DeskApi& api_;
  Pools pools_;
  std::vector<std::string> origins_;
  // By the loop's thread.
  int under_way_ = 0;
  int costly_under_way_ = 0;
  int files_under_way_ = 0;
  int searches_under_way_ = 0;
};

template <class Work>
asio::awaitable<std::invoke_result_t<Work>> DeskSite::on(asio::thread_pool& pool, Work work) {
  using Value = std::invoke_result_t<Work>;
  co_return co_await asio::co_spawn(
      pool, [work = std::move(work)]() mutable -> asio::awaitable<Value> { co_return work(); },
      asio::use_awaitable);
}

// From the head alone.
DeskSite::Body DeskSite::judge(const UpgradeRequest& request, Route route) const {
  Body body;
  const bool from_elsewhere =
      request.count("Origin") > 0 &&
      !(request.count("Origin") == 1 &&
        may_open_socket(header_of(request, "Origin"), header_of(request, "Host"), origins_));
  if (from_elsewhere && about(route).method != "GET") return {0, unread(403, "origin")};
  const std::string_view length = header_of(request, "Content-Length");
  std::from_chars(length.data(), length.data() + length.size(), body.bytes);
  if (body.bytes > about(route).body_bytes_max) {
    return {0, unread(413, takes_file(route) ? "too_large" : "too_long")};
  }
  if (takes_file(route)) return body;
  const bool is_json = header_of(request, "Content-Type").starts_with("application/json");
  if (body.bytes > 0 && !is_json) return {0, unread(415, "json")};
  return body;
}

template <class Stream>
asio::awaitable<bool> DeskSite::read_body(Stream& stream, beast::flat_buffer& buffer,
                                          std::uint64_t bytes, std::string& body, bool& late) {
  RequestBody<Stream> coming(stream, buffer, bytes, BodyTimes{});
  for (;;) {
    const std::string_view piece = co_await coming.next();
    if (piece.empty()) break;
    body += piece;
  }
  late = coming.late();
  co_return coming.left() == 0;
}

template <class Stream>
asio::awaitable<DoorAnswer> DeskSite::take_on(Stream& stream, beast::flat_buffer& buffer,
                                              const UpgradeRequest& request, std::string counted) {
  int status = 404;
  const auto method = request.method_string();
  const auto found = find_route({method.data(), method.size()}, path_of(request), status);
  if (!found) co_return unread(status, "gone");
  const Body wanted = judge(request, found->route);
  if (wanted.fault.status != 200) co_return wanted.fault;
  const auto [count, count_max] = counted_with(found->route);
  if (*count >= count_max) co_return unread(429, "too_many");
  ApiRequest asked{*found,
                   {},
                   {},
                   std::string(read_cookie(header_of(request, "Cookie"))),
                   std::string(header_of(request, "X-Alur-Token")),
                   std::move(counted),
                   decode_percent(header_of(request, "X-Alur-Name"))};
  const auto target = request.target();
  const std::size_t mark = target.find('?');
  if (mark != target.npos) asked.query = std::string(target.substr(mark + 1));
  ++*count;
  // A file is not even read of whoever may not send one.
  ApiAnswer refused;
  const bool wanted_of_them = !takes_file(found->route) || co_await on(pools_.book, [&] {
    return api_.admit(asked, refused).has_value();
  });
  DoorAnswer answer;
  bool late = false;
  if (!wanted_of_them) {
    answer = to_door(std::move(refused));
    answer.unread = true;
  } else if (co_await read_body(stream, buffer, wanted.bytes, asked.body, late)) {
    answer = to_door(co_await on(pool_of(found->route), [&] { return api_.answer(asked); }));
  } else {
    answer.status = 0;
    answer.late = late;
  }
  --*count;
  co_return answer;
}

asio::awaitable<std::shared_ptr<WebTalk>> DeskSite::open(const UpgradeRequest& request,
                                                         DoorAnswer& answer) {
  const std::string secret(read_cookie(header_of(request, "Cookie")));
  auto who =
      co_await on(pools_.book, [&] { return parts_.accounts->find(secret, parts_.clock->now()); });
  if (!who) {
    answer = to_door(refuse_with(http_status(who.error()), to_text(who.error())));
  } else if (!may(who->account.role, desk_socket.action)) {
    answer = to_door(refuse_with(403, "not_allowed"));
  } else {
    co_return std::make_shared<DeskTalk>(floor_, std::move(*who));
  }
  co_return nullptr;
}

DoorSettings door_of(const DeskSettings& settings) {
  DoorSettings door;
  door.address = settings.address;
  door.port = settings.port;
  door.connections_max = settings.connections_max;
  door.connections_of_address_max = settings.connections_of_address_max;
  door.proxies = settings.proxies;
  door.origins = settings.origins;
  door.files = settings.files;
  door.policy = page_policy;
  door.headers = "\r\nCross-Origin-Opener-Policy: same-origin";
  door.socket_path = desk_socket.path;
  door.socket.frame_bytes_max = desk_frame_bytes_max;
  door.socket.queued_bytes_max = 16u << 20;  // a hello has all that is there
  door.socket.write_bytes = 16u << 20;       // whole messages
  door.socket.idle = std::chrono::seconds(45);
  door.tls = settings.tls;
  return door;
}

}  // namespace

struct DeskServer::State {
  State(DeskParts parts, const AuditKey* key, DeskSettings settings)
      : how(std::move(settings)),
        guard(asio::make_work_guard(loop)),
        floor(parts, how, threads()),
        api(parts, floor, threads(), key, how.file_bytes_held_max),
        site(std::make_shared<DeskSite>(parts, floor, api, DeskSite::Pools{gate, book, search},
                                        how.origins)),
        door({&loop}, site, door_of(how)),
        timer(loop) {}

  DeskThreads threads() {
    return {[this](Work work) { asio::post(loop, std::move(work)); },
            [this](Work work) { asio::post(book, std::move(work)); },
            [this](Work work) { asio::post(shelf, std::move(work)); }};
  }
  void tick_on() {
    timer.expires_after(tick_time);
    timer.async_wait([this](const boost::system::error_code& error) {
      if (error) return;
      floor.tick();
      tick_on();
    });
  }

  const DeskSettings how;  // the door looks at its files
  asio::io_context loop{1};
  asio::executor_work_guard<asio::io_context::executor_type> guard;
  asio::thread_pool gate{2};
  asio::thread_pool book{2};
  asio::thread_pool search{1};
  asio::thread_pool shelf{1};
  DeskFloor floor;
  DeskApi api;
  std::shared_ptr<DeskSite> site;
  PageDoor door;
  asio::steady_timer timer;
  std::thread thread;
};

DeskServer::DeskServer(DeskParts parts, const AuditKey* key, DeskSettings settings)
    : state_(std::make_unique<State>(parts, key, std::move(settings))) {}

DeskServer::~DeskServer() {
  stop();
}

void DeskServer::set_queues(std::vector<DeskQueue> queues) {
  state_->floor.set_queues(std::move(queues));
}

void DeskServer::set_templates(std::vector<DeskTemplate> templates) {
  state_->floor.set_templates(std::move(templates));
}

void DeskServer::accounts_changed() {
  state_->floor.accounts_changed();
}

std::string DeskServer::start() {
  // Nobody else is there yet: what the floor begins with is told by this thread.
  if (!state_->floor.start()) return "the book of accounts cannot be read";
  std::string error = state_->door.start();
  if (!error.empty()) return error;
  state_->tick_on();
  state_->thread = std::thread([state = state_.get()] { state->loop.run(); });
  return {};
}

std::uint16_t DeskServer::port() const {
  return state_->door.port();
}

WebUse DeskServer::use() const {
  return state_->door.use();
}

void DeskServer::renew(std::shared_ptr<const TlsPair> tls) {
  state_->door.renew(std::move(tls));
}

// The loop goes on until those threads have ended that may wait for it; so does the shelf.
void DeskServer::stop() {
  state_->floor.stop();
  if (!state_->thread.joinable()) return;
  state_->door.stop_accepting();
  state_->gate.join();
  state_->book.join();
  state_->search.join();
  state_->shelf.join();
  asio::post(state_->loop, [state = state_.get()] {
    state->timer.expires_after(farewell_time);
    state->timer.async_wait([state](const auto&) { state->loop.stop(); });
  });
  state_->thread.join();
}

}  // namespace alur::adapters
