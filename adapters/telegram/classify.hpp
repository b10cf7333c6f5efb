// What an answer of the Bot API means for the message that was sent. Pure and total.
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/ports/channel.hpp"

namespace alur::adapters {

struct TelegramVerdict {
  ports::SendResult result;   // its reason is in our words: Telegram's may repeat what was sent
  std::int64_t moved_to = 0;  // the group has this id now; `result` is to try again
};

TelegramVerdict classify_telegram(int status, std::string_view body);

}  // namespace alur::adapters
