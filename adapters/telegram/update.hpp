// What Telegram tells (Bot API 10.1): updates, singly to a webhook and in lists to who fetches
// them. Pure and total: any bytes may come, and one bad update never costs its neighbours.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/machine/event.hpp"

namespace alur::adapters {

struct TelegramUpdate {
  std::int64_t id = 0;    // grows by one; the same however often it is told
  std::int64_t chat = 0;  // 0: nothing for a flow stands in it, and what follows is empty
  machine::Input input;
  std::string callback;       // of a tap, which is to be answered; empty: it is no tap
  std::int64_t moved_to = 0;  // the group has this id from now on; it is no message then
};

// Nothing: these bytes are no update.
std::optional<TelegramUpdate> decode_update(std::string_view body);
// What getUpdates answers; nothing: it is no such answer. What has no id is left out.
std::optional<std::vector<TelegramUpdate>> decode_updates(std::string_view body);

}  // namespace alur::adapters
