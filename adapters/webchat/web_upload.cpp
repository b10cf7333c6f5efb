#include "adapters/webchat/web_upload.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/json.hpp>
#include <charconv>
#include <chrono>
#include <type_traits>

#include "adapters/webchat/origin.hpp"

namespace alur::adapters {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace json = boost::json;

using ports::FileFault;
using ports::FileResult;
using ports::KeptFile;

namespace {

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t piece_bytes = 64 * 1024;
constexpr std::string_view bearer = "Bearer ";

std::string_view text_of(const UpgradeRequest& request, const char* name) {
  const auto value = request[name];
  return {value.data(), value.size()};
}

int status_of(FileFault fault) {
  switch (fault) {
    case FileFault::too_large:
      return 413;
    case FileFault::not_taken:
      return 415;
    case FileFault::too_many:
      return 429;
    case FileFault::no_room:
      return 507;
    case FileFault::unavailable:
      break;
  }
  return 503;
}

UploadAnswer refuse(int status, std::string_view why, bool keep_alive = false) {
  return {status, json::serialize(json::object{{"error", why}}), keep_alive};
}

UploadAnswer answer_to(const FileResult<KeptFile>& kept) {
  if (!kept) return refuse(status_of(kept.error()), to_text(kept.error()), true);
  return {
      200,
      json::serialize(json::object{
          {"kind", value::to_text(kept->kind)}, {"type", kept->mime}, {"size", kept->size_bytes}}),
      true};
}

}  // namespace

// The body of one request, piece after piece.
template <class Stream>
class Uploads::Body {
 public:
  Body(Stream& stream, beast::flat_buffer& buffer, std::uint64_t size_bytes,
       const UploadBounds& bounds)
      : stream_(stream),
        buffer_(buffer),
        left_(size_bytes),
        silent_max_(bounds.silent_max),
        deadline_(std::chrono::steady_clock::now() + bounds.first +
                  std::chrono::seconds(size_bytes / bounds.bytes_a_second_min)) {}

  std::uint64_t left() const { return left_; }
  bool late() const { return late_; }

  // Empty: it has ended, or its time is up; then left() says that there would have been more.
  asio::awaitable<std::string_view> next() {
    buffer_.consume(taken_);
    taken_ = 0;
    if (left_ > 0 && buffer_.size() == 0) {
      beast::get_lowest_layer(stream_).expires_at(
          std::min(deadline_, std::chrono::steady_clock::now() + silent_max_));
      const std::size_t room = std::min<std::uint64_t>(left_, piece_bytes);
      const auto [error, count] = co_await stream_.async_read_some(buffer_.prepare(room), quietly);
      late_ = error == beast::error::timeout;
      if (error) co_return std::string_view();
      buffer_.commit(count);
    }
    taken_ = std::min<std::uint64_t>(left_, buffer_.size());
    left_ -= taken_;
    co_return std::string_view(static_cast<const char*>(buffer_.cdata().data()), taken_);
  }

  // Reads what is left and forgets it. False: it does not come.
  asio::awaitable<bool> pass_over() {
    for (;;) {
      const std::string_view piece = co_await next();
      if (piece.empty()) co_return left_ == 0;
    }
  }

 private:
  Stream& stream_;
  beast::flat_buffer& buffer_;
  std::uint64_t left_;
  std::size_t taken_ = 0;
  bool late_ = false;
  std::chrono::seconds silent_max_;
  std::chrono::steady_clock::time_point deadline_;
};

Uploads::Asked Uploads::read_head(const UpgradeRequest& request,
                                  const std::vector<std::string>& origins) const {
  if (!parts_.files) return {404, "there is nothing here"};
  if (request.method() != http::verb::post) return {405, "only POST here"};
  const bool ours = request.count("Origin") == 1 &&
                    may_open_socket(text_of(request, "Origin"), text_of(request, "Host"), origins);
  if (!ours) return {403, "not from this page"};
  const std::string_view authorization = text_of(request, "Authorization");
  if (request.count("Authorization") != 1 || !authorization.starts_with(bearer)) {
    return {401, "a token is wanted"};
  }
  const std::int64_t now_seconds = parts_.clock->now().milliseconds / 1'000;
  const auto token = parts_.tokens->decode(authorization.substr(bearer.size()), now_seconds);
  if (!token) return {401, "the token is none, or too old"};
  Asked asked;
  asked.citizen = parts_.channel->capabilities().name + ":" + token->citizen;
  asked.upload = std::string(request.target().substr(upload_path.size()));
  if (!is_client_id(asked.upload)) return {400, "the upload has no name"};
  const std::string_view length = text_of(request, "Content-Length");
  if (length.empty()) return {411, "a Content-Length is wanted"};
  std::from_chars(length.data(), length.data() + length.size(), asked.size_bytes);
  if (asked.size_bytes == 0) return {415, to_text(FileFault::not_taken)};
  if (asked.size_bytes > parts_.files->size_bytes_max()) {
    return {413, to_text(FileFault::too_large)};
  }
  return asked;
}

bool Uploads::hold(const std::string& counted, const std::string& citizen, Held& held) const {
  const struct {
    std::string name;
    std::size_t most;
    Place& place;
  } wanted[] = {{"", bounds_.at_once_max, held.all},
                {"from " + counted, bounds_.of_address_max, held.address},
                {"of " + citizen, bounds_.of_citizen_max, held.citizen}};
  for (const auto& [name, most, place] : wanted) {
    if (!places_->take(name, most)) return false;
    place = Place(places_, name);
  }
  return true;
}

// Runs `work` on the disk's threads, and goes on where this coroutine runs. When these are gone,
// the service is ending: then here.
template <class Work>
asio::awaitable<std::invoke_result_t<Work>> Uploads::on_disk(Work work) {
  using Value = std::invoke_result_t<Work>;
  if (finished_) co_return work();
  co_return co_await asio::co_spawn(
      disk_, [work = std::move(work)]() mutable -> asio::awaitable<Value> { co_return work(); },
      asio::use_awaitable);
}

void Uploads::finish() {
  finished_ = true;
  disk_.join();
}

// Up to its end, kept; nothing: it does not come to its end.
template <class Stream>
asio::awaitable<std::optional<FileResult<KeptFile>>> Uploads::keep(Body<Stream>& body,
                                                                   ports::FileIntake& intake) {
  FileResult<void> taken;
  for (;;) {
    const std::string_view piece = co_await body.next();
    if (piece.empty()) break;
    // Of what is not kept the rest is read all the same, so that its sender hears why.
    if (taken) taken = co_await on_disk([&intake, piece] { return intake.take(piece); });
  }
  if (body.left() > 0) co_return std::nullopt;
  if (!taken) co_return FileResult<KeptFile>(taken.error());
  co_return co_await on_disk([&intake] { return intake.finish(); });
}

template <class Stream>
asio::awaitable<UploadAnswer> Uploads::take(Stream& stream, beast::flat_buffer& buffer,
                                            const UpgradeRequest& request, std::string counted,
                                            const std::vector<std::string>& origins) {
  Asked asked = read_head(request, origins);
  Held held;
  if (asked.status == 200 && !hold(counted, asked.citizen, held)) asked = {503, "busy"};
  if (asked.status != 200) co_return refuse(asked.status, asked.error);
  if (text_of(request, "Expect") == "100-continue") {
    constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    co_await asio::async_write(stream, asio::buffer(go_on.data(), go_on.size()), quietly);
  }
  Body<Stream> body(stream, buffer, asked.size_bytes, bounds_);
  const value::Instant now = parts_.clock->now();
  auto intake = co_await on_disk(
      [&] { return parts_.files->begin(asked.citizen, asked.upload, asked.size_bytes, now); });
  if (!intake) {
    const bool whole = co_await body.pass_over();
    if (body.late()) co_return UploadAnswer{0, {}, false, true};
    UploadAnswer answer = answer_to(intake.error());
    answer.keep_alive = whole;
    co_return answer;
  }
  const auto kept = co_await keep(body, **intake);
  // What goes unfinished is removed, by the disk's own threads.
  co_await on_disk([&] { return intake->reset(), true; });
  if (!kept) co_return UploadAnswer{0, {}, false, body.late()};
  co_return answer_to(*kept);
}

template asio::awaitable<UploadAnswer> Uploads::take(beast::tcp_stream&, beast::flat_buffer&,
                                                     const UpgradeRequest&, std::string,
                                                     const std::vector<std::string>&);
template asio::awaitable<UploadAnswer> Uploads::take(TlsStream&, beast::flat_buffer&,
                                                     const UpgradeRequest&, std::string,
                                                     const std::vector<std::string>&);

}  // namespace alur::adapters
