#include "adapters/http/json_text.hpp"
#include "adapters/http/send_result.hpp"
#include "adapters/telegram/bot_api.hpp"

namespace alur::adapters {

namespace json = boost::json;
using Kind = ports::SendResult::Kind;

// Which limit a 429 is of Telegram does not say. The overall one is kept to before, so it is taken
// for the chat's: others go on.
ports::SendResult classify_telegram(int status, std::string_view body) {
  const auto parsed = parse_json(body, telegram_depth_max);
  const json::object* object = parsed ? parsed->if_object() : nullptr;
  if (status == 200 && flag_in(object, "ok")) return {};
  if (status == 200) return result_of(Kind::unknown, "an answer that is not Telegram's");
  if (status == 429) {
    const json::object* parameters = object_in(object, "parameters");
    const std::int64_t after_ms = retry_after_ms(whole_in(parameters, "retry_after"));
    return result_of(Kind::wait_pair, "429: too many messages", after_ms);
  }
  if (status == 403) return result_of(Kind::dropped, "403: the citizen has blocked the bot");
  if (status == 401 || status == 404) {
    return result_of(Kind::paused, std::to_string(status) + ": the bot's token");
  }
  return result_of_status(status);
}

}  // namespace alur::adapters
