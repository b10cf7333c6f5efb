#include "adapters/http/web_socket.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <chrono>
#include <deque>
#include <optional>
#include <string_view>

#include "adapters/http/closing.hpp"

namespace alur::adapters {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);
constexpr auto handshake_time = std::chrono::seconds(5);
constexpr auto hello_time = std::chrono::seconds(10);
constexpr auto frame_time = std::chrono::seconds(15);  // from a message's first byte to its last

tcp::socket& socket_of(tcp::socket& socket) {
  return socket;
}
tcp::socket& socket_of(beast::tcp_stream& stream) {
  return stream.socket();
}

// `Layer`: a tcp::socket, or TLS over one.
template <class Layer>
class WebSocket : public WebLine, public std::enable_shared_from_this<WebSocket<Layer>> {
  using Self = std::enable_shared_from_this<WebSocket<Layer>>;
  using Self::shared_from_this;
  using Self::weak_from_this;

 public:
  WebSocket(Layer layer, std::shared_ptr<WebTalk> talk, SocketBounds bounds)
      : stream_(std::move(layer)), talk_(std::move(talk)), bounds_(bounds) {}

  void push(std::shared_ptr<const std::string> frame) override {
    asio::post(stream_.get_executor(),
               [self = shared_from_this(), frame = std::move(frame)] { self->queue(frame); });
  }
  void end(LineEnd end) override {
    asio::post(stream_.get_executor(), [self = shared_from_this(), end = std::move(end)] {
      self->queue(std::make_shared<const std::string>(self->talk_->bye(end.reason)));
      self->close_when_sent(end);
    });
  }

  asio::awaitable<void> run(UpgradeRequest request);

 private:
  using Stream = websocket::stream<Layer, false>;  // no compression: chats are short

  asio::awaitable<bool> open(UpgradeRequest request);
  asio::awaitable<bool> read(boost::beast::flat_buffer& buffer);
  void close_after(std::chrono::seconds time);
  void follow(WebTalk::Step step);
  void queue(std::shared_ptr<const std::string> frame);
  void write_next();
  void close_when_sent(LineEnd end);

  Stream stream_;
  std::shared_ptr<WebTalk> talk_;
  SocketBounds bounds_;
  std::optional<asio::steady_timer> patience_;  // while a hello, or the rest of a message, is due
  std::deque<std::shared_ptr<const std::string>> queue_;
  std::size_t queued_bytes_ = 0;
  bool writing_ = false;
  bool ending_ = false;
  std::optional<LineEnd> end_;
};

template <class Layer>
asio::awaitable<bool> WebSocket<Layer>::open(UpgradeRequest request) {
  websocket::stream_base::timeout times;
  times.handshake_timeout = handshake_time;
  times.idle_timeout = bounds_.idle;
  times.keep_alive_pings = true;
  stream_.set_option(times);
  stream_.read_message_max(bounds_.frame_bytes_max);
  stream_.write_buffer_bytes(bounds_.write_bytes);
  stream_.text(true);
  const auto [error] = co_await stream_.async_accept(request, quietly);
  co_return !error;
}

template <class Layer>
void WebSocket<Layer>::close_after(std::chrono::seconds time) {
  patience_.emplace(stream_.get_executor(), time);
  patience_->async_wait([weak = weak_from_this()](const error_code& error) {
    const auto self = weak.lock();
    if (error || !self) return;
    cut_off(socket_of(beast::get_lowest_layer(self->stream_)));
  });
}

// One message. False: there will be none any more.
template <class Layer>
asio::awaitable<bool> WebSocket<Layer>::read(boost::beast::flat_buffer& buffer) {
  do {
    const auto [error, count] = co_await stream_.async_read_some(buffer, 0, quietly);
    if (error) co_return false;
    const bool rests = !stream_.is_message_done();
    if (rests && !patience_) close_after(frame_time);
  } while (!stream_.is_message_done());
  if (talk_->is_greeted()) patience_.reset();
  co_return true;
}

template <class Layer>
asio::awaitable<void> WebSocket<Layer>::run(UpgradeRequest request) {
  const bool opened = co_await open(std::move(request));
  if (!opened) co_return;
  talk_->begin(shared_from_this());
  if (!talk_->is_greeted()) close_after(hello_time);
  while (!ending_) {
    boost::beast::flat_buffer buffer;  // an idle socket holds none
    const bool whole = co_await read(buffer);
    if (!whole || ending_) break;
    const auto bytes = buffer.cdata();
    const std::string_view frame(static_cast<const char*>(bytes.data()), bytes.size());
    follow(talk_->take(frame, stream_.got_text()));
  }
  patience_.reset();
  talk_->ended();
}

template <class Layer>
void WebSocket<Layer>::follow(WebTalk::Step step) {
  for (std::string& reply : step.replies) {
    queue(std::make_shared<const std::string>(std::move(reply)));
  }
  if (talk_->is_greeted()) patience_.reset();
  if (step.ends) close_when_sent(std::move(step.end));
}

template <class Layer>
void WebSocket<Layer>::queue(std::shared_ptr<const std::string> frame) {
  if (ending_) return;
  queued_bytes_ += frame->size();
  if (queued_bytes_ > bounds_.queued_bytes_max) {
    ending_ = true;
    error_code ignored;
    socket_of(beast::get_lowest_layer(stream_)).close(ignored);
    return;
  }
  queue_.push_back(std::move(frame));
  if (!writing_) write_next();
}

template <class Layer>
void WebSocket<Layer>::write_next() {
  if (queue_.empty()) {
    writing_ = false;
    if (!end_) return;
    websocket::close_reason reason;
    reason.code = static_cast<std::uint16_t>(end_->code);
    reason.reason = boost::beast::string_view(end_->reason.data(), end_->reason.size());
    stream_.async_close(reason, [self = shared_from_this()](const error_code&) {});
    return;
  }
  writing_ = true;
  const std::string& frame = *queue_.front();
  stream_.async_write(asio::buffer(frame),
                      [self = shared_from_this()](const error_code& error, std::size_t) {
                        if (error) return;  // the reader ends, too
                        self->queued_bytes_ -= self->queue_.front()->size();
                        self->queue_.pop_front();
                        self->write_next();
                      });
}

template <class Layer>
void WebSocket<Layer>::close_when_sent(LineEnd end) {
  if (ending_) return;
  ending_ = true;
  end_ = std::move(end);
  if (!writing_) write_next();
}

template <class Layer>
void serve_layer(Layer layer, SocketStart start) {
  const auto executor = layer.get_executor();
  auto one =
      std::make_shared<WebSocket<Layer>>(std::move(layer), std::move(start.talk), start.bounds);
  const auto open = start.open;
  open->push_front(one);
  asio::co_spawn(
      executor,
      [one, at = open->begin(), open, done = std::move(start.ended),
       first = std::move(start.request)]() mutable -> asio::awaitable<void> {
        co_await one->run(std::move(first));
        open->erase(at);
        done();
      },
      asio::detached);
}

}  // namespace

bool is_upgrade(const UpgradeRequest& request) {
  return websocket::is_upgrade(request);
}

void serve_socket(tcp::socket socket, SocketStart start) {
  serve_layer(std::move(socket), std::move(start));
}

void serve_socket(TlsStream stream, SocketStart start) {
  serve_layer(std::move(stream), std::move(start));
}

}  // namespace alur::adapters
