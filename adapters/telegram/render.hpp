// Renders a message as a call of the Bot API: its method, and the JSON that it takes. Pure and
// total: present() has kept to the limits before.
#pragma once

#include <cstdint>
#include <string>

#include "engine/machine/present.hpp"

namespace alur::adapters {

struct TelegramCall {
  std::string method;
  std::string body;
};

// Choices are an inline keyboard, one in each row; a button's callback_data, 64 bytes at most, is
// the tap's text. `url` of media may be a link, or the file_id of what is at Telegram already.
TelegramCall render_telegram(std::int64_t chat, const machine::Shown& shown);
// Ends the waiting that a citizen sees at the button they tapped.
TelegramCall render_tap_answer(const std::string& callback);
TelegramCall render_typing(std::int64_t chat);

}  // namespace alur::adapters
