#include "adapters/webchat/web_server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>

#include "adapters/http/origin.hpp"
#include "adapters/http/page_door.hpp"
#include "adapters/webchat/sent_files.hpp"
#include "adapters/webchat/web_talk.hpp"
#include "adapters/webchat/web_upload.hpp"

namespace alur::adapters {

namespace asio = boost::asio;

namespace {

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);
constexpr auto expire_time = std::chrono::seconds(1);

DoorSettings door_of(const WebServerSettings& settings) {
  DoorSettings door;
  door.address = settings.address;
  door.port = settings.port;
  door.connections_max = settings.connections_max;
  door.connections_of_address_max = settings.connections_of_address_max;
  door.proxies = settings.proxies;
  door.origins = settings.origins;
  door.files = settings.files;
  door.policy = content_security_policy(settings.embedders);
  door.socket_path = "/socket";
  door.socket.frame_bytes_max = frame_bytes_max;
  door.tls = settings.tls;
  return door;
}

// Beside the page's files there are uploads, and the socket, which is anybody's.
class ChatSite : public Site {
 public:
  ChatSite(SocketParts parts, const WebServerSettings& settings)
      : parts_(parts),
        origins_(settings.origins),
        uploads_(parts, settings.uploads),
        sent_files_(parts) {}

  bool takes(const UpgradeRequest& request) const override {
    return path_of(request).starts_with(upload_path) ||
           path_of(request).starts_with(sent_files_path);
  }
  asio::awaitable<DoorAnswer> take(boost::beast::tcp_stream& stream,
                                   boost::beast::flat_buffer& buffer, const UpgradeRequest& request,
                                   std::string counted) override {
    if (path_of(request).starts_with(sent_files_path)) return sent_files_.fetch(request);
    return uploads_.take(stream, buffer, request, std::move(counted), origins_);
  }
  asio::awaitable<DoorAnswer> take(TlsStream& stream, boost::beast::flat_buffer& buffer,
                                   const UpgradeRequest& request, std::string counted) override {
    if (path_of(request).starts_with(sent_files_path)) return sent_files_.fetch(request);
    return uploads_.take(stream, buffer, request, std::move(counted), origins_);
  }
  asio::awaitable<std::shared_ptr<WebTalk>> open(const UpgradeRequest& request,
                                                 DoorAnswer&) override {
    // Whoever comes under another name than ours is no editor here.
    co_return make_talk(parts_, is_loopback_host(header_of(request, "Host")));
  }
  void finish_uploads() {
    uploads_.finish();
    sent_files_.finish();
  }

 private:
  SocketParts parts_;
  std::vector<std::string> origins_;
  Uploads uploads_;
  SentFiles sent_files_;
};

// Looks every second what nobody has fetched, until it is stopped. Waits on the loop by itself.
struct Expiry : std::enable_shared_from_this<Expiry> {
  Expiry(asio::io_context& loop, WebChannel& of, const ports::Clock& by)
      : io(loop), timer(loop), channel(of), clock(by) {}
  asio::io_context& io;
  asio::steady_timer timer;
  WebChannel& channel;
  const ports::Clock& clock;
  bool stopped = false;  // by the loop's thread

  asio::awaitable<void> run() {
    while (!stopped) {
      timer.expires_after(expire_time);
      const auto [error] = co_await timer.async_wait(quietly);
      if (error) co_return;
      channel.expire(clock.now().milliseconds);
    }
  }
  void begin() {
    asio::co_spawn(
        io, [self = shared_from_this()]() -> asio::awaitable<void> { co_await self->run(); },
        asio::detached);
  }
  void stop() {
    asio::post(io, [self = shared_from_this()] {
      self->stopped = true;
      self->timer.cancel();
    });
  }
};

}  // namespace

struct WebServer::State {
  State(std::vector<asio::io_context*> loops, SocketParts parts, const WebServerSettings& settings)
      : site(std::make_shared<ChatSite>(parts, settings)),
        expiry(std::make_shared<Expiry>(*loops.front(), *parts.channel, *parts.clock)),
        door(std::move(loops), site, door_of(settings)) {}

  std::shared_ptr<ChatSite> site;
  std::shared_ptr<Expiry> expiry;
  PageDoor door;
};

WebServer::WebServer(std::vector<asio::io_context*> loops, ports::Inbox& inbox, WebChannel& channel,
                     const Tokens& tokens, const ports::Clock& clock, ports::Files* files,
                     WebServerSettings settings)
    : state_(std::make_unique<State>(
          std::move(loops), SocketParts{&inbox, &channel, &tokens, &clock, files}, settings)) {
  if (!files) return;
  channel.set_links([&tokens, &clock, name = channel.capabilities().name + ":"](
                        const std::string& address, std::string_view reference) {
    const std::int64_t until = clock.now().milliseconds / 1'000 + Tokens::link_valid_seconds;
    return std::string(sent_files_path) +
           tokens.encode_link(std::string_view(address).substr(name.size()), reference, until);
  });
}

WebServer::~WebServer() {
  stop_accepting();
  finish_uploads();
}

void WebServer::finish_uploads() {
  state_->site->finish_uploads();
}

std::string WebServer::start() {
  std::string error = state_->door.start();
  if (error.empty()) state_->expiry->begin();
  return error;
}

std::uint16_t WebServer::port() const {
  return state_->door.port();
}

WebUse WebServer::use() const {
  return state_->door.use();
}

void WebServer::renew(std::shared_ptr<const TlsPair> tls) {
  state_->door.renew(std::move(tls));
}

void WebServer::stop_accepting() {
  state_->door.stop_accepting();
  state_->expiry->stop();
}

}  // namespace alur::adapters
