#include "engine/program/channel.hpp"

#include <algorithm>
#include <utility>
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

// Pointers to rows are kept, so the table never grows beyond this.
constexpr std::size_t channels_max = 32;
constexpr std::size_t name_bytes_max = 32;
// Less than this holds no words beside a number and a mark.
constexpr std::size_t words_min = 40;

std::vector<Channel>& table() {
  static std::vector<Channel> channels = [] {
    std::vector<Channel> brought = make_channels();
    brought.reserve(channels_max);
    return brought;
  }();
  return channels;
}

// As it stands in an app's `channels`, and before the colon of an address.
bool is_name(std::string_view name) {
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  return !name.empty() && name.size() <= name_bytes_max && letter(name.front()) &&
         std::all_of(name.begin(), name.end(),
                     [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '_'; });
}

// Null for a row that makes sense.
const char* fault_of(const Channel& row) {
  if (row.text_max < words_min || row.body_max < words_min) {
    return "text_max and body_max are 40 at least";
  }
  if ((row.buttons_max > 0) != (row.button_label_max > 0)) {
    return "buttons_max and button_label_max go together";
  }
  if (row.button_hints && row.buttons_max == 0) return "there are no buttons that bear hints";
  const bool rows = row.list_rows_max > 0;
  if (rows != (row.list_label_max > 0) || rows != (row.list_button_max > 0)) {
    return "list_rows_max, list_label_max and list_button_max go together";
  }
  if (row.list_hint_max > 0 && !rows && !row.button_hints) return "nothing bears a hint";
  if (row.window_ms < 0) return "window_ms is less than nothing";
  return nullptr;
}

}  // namespace

std::span<const Channel> known_channels() {
  return table();
}

std::string add_channel(Channel row) {
  const std::string named = "the channel `" + row.name + "`: ";
  if (!is_name(row.name)) {
    return named + "a name is up to 32 of a-z, 0-9 and _, the first of them a letter";
  }
  if (find_channel(row.name)) return named + "there is one of this name";
  if (const char* fault = fault_of(row)) return named + fault;
  if (table().size() >= channels_max) return named + "there are too many";
  table().push_back(std::move(row));
  return {};
}

const Channel* find_channel(std::string_view name) {
  for (const Channel& channel : known_channels()) {
    if (channel.name == name) return &channel;
  }
  return nullptr;
}

}  // namespace alur::program
