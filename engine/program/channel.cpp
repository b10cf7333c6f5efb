#include "engine/program/channel.hpp"

#include <vector>

namespace alur::program {
namespace {

// WhatsApp: Meta's Cloud API pages of 2025-11 (text 4096, caption 1024; 3 buttons of 20; 10 rows of
// 24 + 72; list button 20; link label 20). The list body is 4096 in one page and 1024 in the
// published schema: the stricter is used. Meta does not say what a character is; UTF-16 units never
// count less than code points. The window of 24 hours: the page about sending, 2025-11; the button
// that asks for a place: its own page, 2025-11.
std::vector<Channel> make_channels() {
  Channel whatsapp;
  whatsapp.name = "whatsapp";
  whatsapp.buttons_max = 3;
  whatsapp.button_label_max = 20;
  whatsapp.list_rows_max = 10;
  whatsapp.list_label_max = 24;
  whatsapp.list_hint_max = 72;
  whatsapp.list_button_max = 20;
  whatsapp.link_label_max = 20;
  whatsapp.place_requests = true;
  whatsapp.window_ms = std::int64_t{24} * 3'600'000;

  Channel webchat;
  webchat.name = "webchat";
  webchat.text_max = 8192;
  webchat.caption_max = 8192;
  webchat.body_max = 8192;
  webchat.buttons_max = 10;
  webchat.button_label_max = 80;
  webchat.button_hints = true;
  webchat.list_rows_max = 100;
  webchat.list_label_max = 120;
  webchat.list_hint_max = 240;
  webchat.list_button_max = 40;
  webchat.link_label_max = 80;

  Channel console = webchat;
  console.name = "console";
  console.text_max = console.caption_max = console.body_max = Channel::unlimited;

  // Telegram: Bot API 10.1 (text 4096, caption 1024; callback_data 64 bytes). Labels have no limit
  // there, but phones show about 30 characters; a keyboard takes 100 buttons, more than 10 in a
  // column are no choice any more.
  Channel telegram;
  telegram.name = "telegram";
  telegram.body_max = 4096;
  telegram.buttons_max = 10;
  telegram.button_label_max = 30;
  telegram.link_label_max = 30;
  return {whatsapp, webchat, console, telegram};
}

}  // namespace

std::span<const Channel> known_channels() {
  static const std::vector<Channel> channels = make_channels();
  return channels;
}

const Channel* find_channel(std::string_view name) {
  for (const Channel& channel : known_channels()) {
    if (channel.name == name) return &channel;
  }
  return nullptr;
}

}  // namespace alur::program
