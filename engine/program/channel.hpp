// What each channel can show, as data: a program with a channel of its own adds that channel's row.
// Which form a message takes on a channel is decided by engine/machine/present.cpp from nothing but
// this.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace alur::program {

// The unit in which a channel counts the length of a text.
enum class LengthUnit : unsigned char { utf16, code_points, bytes };

// Lengths in `unit`. 0 means that the channel lacks the feature; `unlimited` that it sets no limit.
struct Channel {
  static constexpr std::size_t unlimited = static_cast<std::size_t>(-1);

  std::string name;
  LengthUnit unit = LengthUnit::utf16;
  std::size_t text_max = 4096;     // a message without options
  std::size_t caption_max = 1024;  // the words beside an image or document
  std::size_t body_max = 1024;     // the words of a message with buttons, a list or a link
  std::size_t buttons_max = 0;     // how many
  std::size_t button_label_max = 0;
  bool button_hints = false;      // buttons may carry a hint
  std::size_t list_rows_max = 0;  // how many in all
  std::size_t list_label_max = 0;
  std::size_t list_hint_max = 0;
  std::size_t list_button_max = 0;
  std::size_t link_label_max = 0;  // a URL button; 0: the URL is written in the text
  bool media = true;               // images, documents and locations; else their address as text
  bool place_requests = false;     // a button that sends where the citizen is
  // After so long a silence of the citizen it takes nothing but templates; 0: it always does.
  std::int64_t window_ms = 0;

  // So many choices can be tapped in one message.
  std::size_t choices_max() const { return std::max(buttons_max, list_rows_max); }
};

// whatsapp, webchat, console, telegram, and those that the program has added. Null for any other
// name.
const Channel* find_channel(std::string_view name);
std::span<const Channel> known_channels();

// Adds a channel that this program brings, so that apps can name it: what compiles, shows and
// checks knows it from then on. To be called when the program starts, by one thread, before
// anything is compiled or run: rows are read everywhere without a lock. They stay until the program
// ends. Empty, or one plain line that says why the row is not taken: its name is none or is there
// before, or its numbers contradict one another.
std::string add_channel(Channel row);

}  // namespace alur::program
