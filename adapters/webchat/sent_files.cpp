#include "adapters/webchat/sent_files.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <optional>
#include <string>
#include <utility>

#include "engine/ports/file_type.hpp"

namespace alur::adapters {

namespace asio = boost::asio;
namespace http = boost::beast::http;

namespace {

constexpr std::string_view bearer = "Bearer ";

DoorAnswer refuse(int status, std::string_view why) {
  DoorAnswer refused{status, nullptr, std::string(why)};
  refused.allows = "GET";
  refused.unread = true;  // a body, if there is one
  return refused;
}

}  // namespace

SentFiles::Asked SentFiles::read_head(const UpgradeRequest& request) const {
  if (!parts_.files) return {404, "there is nothing here"};
  if (request.method() != http::verb::get) return {405, "only GET here"};
  const std::string_view length = header_of(request, "Content-Length");
  if (!length.empty() && length != "0") return {400, "nothing is taken here"};
  const std::string_view authorization = header_of(request, "Authorization");
  if (request.count("Authorization") != 1 || !authorization.starts_with(bearer)) {
    return {401, "a token is wanted"};
  }
  const std::int64_t now_seconds = parts_.clock->now().milliseconds / 1'000;
  const auto token = parts_.tokens->decode(authorization.substr(bearer.size()), now_seconds);
  if (!token) return {401, "the token is none, or too old"};
  auto reference = parts_.tokens->decode_link(path_of(request).substr(sent_files_path.size()),
                                              token->citizen, now_seconds);
  if (!reference) return {404, "there is nothing here"};
  return {200, {}, token->citizen, std::move(*reference)};
}

asio::awaitable<DoorAnswer> SentFiles::fetch(UpgradeRequest request) {
  const Asked asked = read_head(request);
  if (asked.status != 200) co_return refuse(asked.status, asked.error);
  const auto held = std::make_shared<std::pair<Place, Place>>();
  if (finished_ || !places_->take("", at_once_max)) co_return refuse(503, "busy");
  held->first = Place(places_, "");
  if (!places_->take(asked.citizen, of_citizen_max)) co_return refuse(503, "busy");
  held->second = Place(places_, asked.citizen);
  auto content = co_await asio::co_spawn(
      disk_,
      [this, &asked]() -> asio::awaitable<std::optional<std::string>> {
        co_return parts_.files->read(asked.reference);
      },
      asio::use_awaitable);
  // What it is, its content says, and no other type is ever told to a browser.
  const ports::FileType* type = content ? ports::type_of_content(*content) : nullptr;
  if (!type) co_return refuse(404, "there is nothing here");
  DoorAnswer answer;
  answer.says = std::move(*content);
  answer.type = type->mime;
  answer.more =
      "\r\nCache-Control: no-store\r\nContent-Disposition: attachment"
      "\r\nContent-Security-Policy: sandbox; default-src 'none'";
  answer.held = held;
  co_return answer;
}

}  // namespace alur::adapters
