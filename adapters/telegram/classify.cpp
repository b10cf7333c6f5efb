#include "adapters/telegram/classify.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace alur::adapters {

namespace json = boost::json;
using Kind = ports::SendResult::Kind;

namespace {

constexpr std::int64_t retry_after_seconds_max = 3'600;

TelegramVerdict verdict_of(Kind kind, std::string reason, std::int64_t after_ms = 0) {
  TelegramVerdict verdict;
  verdict.result.kind = kind;
  verdict.result.reason = std::move(reason);
  verdict.result.after_ms = after_ms;
  return verdict;
}

std::int64_t parameter_of(const json::object& body, std::string_view name) {
  const json::value* found = body.if_contains("parameters");
  const json::object* parameters = found ? found->if_object() : nullptr;
  const json::value* number = parameters ? parameters->if_contains(name) : nullptr;
  return number && number->is_int64() ? number->get_int64() : 0;
}

bool is_ok(const json::object& body) {
  const json::value* ok = body.if_contains("ok");
  return ok && ok->is_bool() && ok->get_bool();
}

}  // namespace

// Which limit a 429 is of Telegram does not say. The overall one is kept to before, so it is taken
// for the chat's: others go on.
TelegramVerdict classify_telegram(int status, std::string_view body) {
  boost::system::error_code error;
  const json::value parsed = json::parse(body, error);
  const json::object* object = error ? nullptr : parsed.if_object();
  const std::string code = std::to_string(status);
  if (status == 200) {
    if (object && is_ok(*object)) return {};
    return verdict_of(Kind::unknown, "an answer that is not Telegram's");
  }
  if (status == 429) {
    const std::int64_t seconds = object ? parameter_of(*object, "retry_after") : 0;
    const std::int64_t bounded = std::clamp<std::int64_t>(seconds, 0, retry_after_seconds_max);
    return verdict_of(Kind::wait_pair, "429: too many messages", bounded * 1'000);
  }
  if (const std::int64_t moved = object ? parameter_of(*object, "migrate_to_chat_id") : 0) {
    TelegramVerdict verdict = verdict_of(Kind::retry, "the group has another id now", 1);
    verdict.moved_to = moved;
    return verdict;
  }
  if (status == 401 || status == 404) return verdict_of(Kind::paused, code + ": the bot's token");
  if (status == 403) return verdict_of(Kind::dropped, "403: the citizen has blocked the bot");
  if (status / 100 == 4) return verdict_of(Kind::dropped, code + ": refused");
  return verdict_of(Kind::unknown, "HTTP " + code);
}

}  // namespace alur::adapters
