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

#include "adapters/http/origin.hpp"

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
constexpr std::string_view bearer = "Bearer ";

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

DoorAnswer answer(int status, const json::object& body) {
  return {status, nullptr, json::serialize(body), "application/json", "POST"};
}

// What came is not read.
DoorAnswer refuse(int status, std::string_view why) {
  DoorAnswer refused = answer(status, {{"error", why}});
  refused.unread = true;
  return refused;
}

// It does not come to its end.
DoorAnswer give_up(bool late) {
  DoorAnswer gone;
  gone.status = 0;
  gone.late = late;
  return gone;
}

DoorAnswer answer_to(const FileResult<KeptFile>& kept) {
  if (!kept) return answer(status_of(kept.error()), {{"error", to_text(kept.error())}});
  return answer(
      200,
      {{"kind", value::to_text(kept->kind)}, {"type", kept->mime}, {"size", kept->size_bytes}});
}

}  // namespace

Uploads::Asked Uploads::read_head(const UpgradeRequest& request,
                                  const std::vector<std::string>& origins) const {
  if (!parts_.files) return {404, "there is nothing here"};
  if (request.method() != http::verb::post) return {405, "only POST here"};
  const bool ours =
      request.count("Origin") == 1 &&
      may_open_socket(header_of(request, "Origin"), header_of(request, "Host"), origins);
  if (!ours) return {403, "not from this page"};
  const std::string_view authorization = header_of(request, "Authorization");
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
  const std::string_view length = header_of(request, "Content-Length");
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
asio::awaitable<std::optional<FileResult<KeptFile>>> Uploads::keep(RequestBody<Stream>& body,
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
asio::awaitable<DoorAnswer> Uploads::take(Stream& stream, beast::flat_buffer& buffer,
                                          const UpgradeRequest& request, std::string counted,
                                          const std::vector<std::string>& origins) {
  Asked asked = read_head(request, origins);
  Held held;
  if (asked.status == 200 && !hold(counted, asked.citizen, held)) asked = {503, "busy"};
  if (asked.status != 200) co_return refuse(asked.status, asked.error);
  if (header_of(request, "Expect") == "100-continue") {
    constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    co_await asio::async_write(stream, asio::buffer(go_on.data(), go_on.size()), quietly);
  }
  const BodyTimes times{bounds_.silent_max, bounds_.first, bounds_.bytes_a_second_min};
  RequestBody<Stream> body(stream, buffer, asked.size_bytes, times);
  const value::Instant now = parts_.clock->now();
  auto intake = co_await on_disk(
      [&] { return parts_.files->begin(asked.citizen, asked.upload, asked.size_bytes, now); });
  if (!intake) {
    const bool whole = co_await body.pass_over();
    if (body.late()) co_return give_up(true);
    DoorAnswer refused = answer_to(intake.error());
    refused.unread = !whole;
    co_return refused;
  }
  const auto kept = co_await keep(body, **intake);
  // What goes unfinished is removed, by the disk's own threads.
  co_await on_disk([&] { return intake->reset(), true; });
  if (!kept) co_return give_up(body.late());
  co_return answer_to(*kept);
}

template asio::awaitable<DoorAnswer> Uploads::take(beast::tcp_stream&, beast::flat_buffer&,
                                                   const UpgradeRequest&, std::string,
                                                   const std::vector<std::string>&);
template asio::awaitable<DoorAnswer> Uploads::take(TlsStream&, beast::flat_buffer&,
                                                   const UpgradeRequest&, std::string,
                                                   const std::vector<std::string>&);

}  // namespace alur::adapters
