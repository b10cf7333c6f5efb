// What Telegram tells, is told and answers (Bot API 10.1). Pure and total: any bytes may come.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/host_client.hpp"
#include "engine/ports/channel.hpp"

namespace alur::adapters {

// Of its JSON: a reply carries the message that it answers.
inline constexpr std::size_t telegram_depth_max = 32;

// --- what comes

struct TelegramUpdate {
  std::int64_t id = 0;    // grows by one; the same however often it is told
  std::int64_t chat = 0;  // a citizen's with the bot; 0: nothing for a flow stands in it
  machine::Input input;
  std::string callback;  // of a tap, which is to be answered; empty: it is no tap
};

// By their ids: the one that a webhook brings, or what getUpdates answers. What is none is left
// out, and costs its neighbours nothing.
std::vector<TelegramUpdate> decode_updates(std::string_view body);

// --- what goes: calls, whose target is the method's name

// present() has kept to the limits before. Choices are an inline keyboard, one in each row; a
// button's callback_data, 64 bytes at most, is the tap's text. `url` of media may be a link, or the
// file_id of what is at Telegram already.
WebRequest render_telegram(std::int64_t chat, const machine::Shown& shown);
// Ends the waiting that a citizen sees at the button they tapped.
WebRequest render_tap_answer(const std::string& callback);
WebRequest render_typing(std::int64_t chat);
// Updates are brought to this address, each with the secret; or, where it is empty, fetched.
WebRequest render_webhook(const std::string& url, const std::string& secret);
// From this one on; those before are confirmed by it. Telegram waits so long for one to come.
WebRequest render_fetch(std::int64_t first, std::int64_t wait_seconds);

// --- what it answers

// Its reason is in our words: Telegram's may repeat what was sent.
ports::SendResult classify_telegram(int status, std::string_view body);

}  // namespace alur::adapters
