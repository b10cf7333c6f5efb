#include "adapters/telegram/classify.hpp"

#include <algorithm>
#include <utility>

#include "adapters/http/json_text.hpp"

namespace alur::adapters {

namespace json = boost::json;
using Kind = ports::SendResult::Kind;

namespace {

constexpr std::size_t depth_max = 16;
constexpr std::int64_t retry_after_seconds_max = 3'600;

TelegramVerdict verdict_of(Kind kind, std::string reason, std::int64_t after_ms = 0) {
  return {result_of(kind, std::move(reason), after_ms), 0};
}

}  // namespace

// Which limit a 429 is of Telegram does not say. The overall one is kept to before, so it is taken
// for the chat's: others go on.
TelegramVerdict classify_telegram(int status, std::string_view body) {
  const auto parsed = parse_json(body, depth_max);
  const json::object* object = parsed ? parsed->if_object() : nullptr;
  const json::object* parameters = object ? object_in(*object, "parameters") : nullptr;
  const std::string code = std::to_string(status);
  if (status == 200) {
    if (object && flag_in(*object, "ok")) return {};
    return verdict_of(Kind::unknown, "an answer that is not Telegram's");
  }
  if (status == 429) {
    const std::int64_t seconds = parameters ? whole_in(*parameters, "retry_after") : 0;
    const std::int64_t bounded = std::clamp<std::int64_t>(seconds, 0, retry_after_seconds_max);
    return verdict_of(Kind::wait_pair, "429: too many messages", bounded * 1'000);
  }
  if (const std::int64_t moved = parameters ? whole_in(*parameters, "migrate_to_chat_id") : 0) {
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
