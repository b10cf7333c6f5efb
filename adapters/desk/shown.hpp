// What a desk's page is shown of conversations, agents and queues, and how it stands in JSON
// (docs/desk-protocol.md). Plain values: who sees what is desk_view.hpp's to say.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/desk/conversation.hpp"

namespace alur::adapters {

struct ShownClock {
  std::optional<value::Instant> due;
  std::int64_t used_ms = 0;
  bool running = false;
  bool breached = false;
  bool operator==(const ShownClock&) const = default;
};

// The latest that was said.
struct ShownLast {
  std::string from;  // empty: nothing is known yet
  std::string text;  // cut
  value::Instant at;
  bool operator==(const ShownLast&) const = default;
};

struct ShownRow {
  desk::Citizen citizen = 0;
  desk::Epoch epoch = 0;
  desk::Owner owner = desk::Owner::bot;
  desk::AgentId agent = 0;  // who owns it, or whom it is offered to
  desk::NameKey line = 0;   // where it waits: the queue, or the supervisors' line
  std::uint64_t place = 0;
  std::string queue;
  std::string channel;
  std::string address;  // masked
  std::string name;
  std::string language;
  std::string summary;
  std::optional<value::Instant> offered_until;
  value::Instant handed_at;
  value::Instant queued_at;
  std::size_t position = 0;  // 0: not known
  std::optional<std::int64_t> wait_ms;
  ShownLast last;
  std::uint32_t unanswered = 0;  // messages of the citizen since anybody answered
  bool silent = false;
  bool awaited = false;
  desk::Units weight = 0;
  std::array<ShownClock, desk::service_count> clocks;
  std::optional<value::Instant> window_until;
  bool again = false;
  std::string note;
  std::string outcome;              // while the bot owns it
  std::vector<std::string> states;  // where it can be given back to
  bool operator==(const ShownRow&) const = default;

  bool waits() const { return owner == desk::Owner::queue && agent == 0; }
  bool is_at_desk() const { return owner != desk::Owner::bot; }
};

struct ShownAgent {
  desk::AgentId agent = 0;
  std::string name;
  std::string full_name;
  bool supervisor = false;
  std::vector<std::string> queues;
  desk::Presence presence = desk::Presence::offline;
  std::string reason;
  desk::Units load = 0;
  desk::Units capacity = 0;
  int open = 0;
  bool connected = false;
  bool operator==(const ShownAgent&) const = default;
};

struct ShownQueue {
  std::string name;
  std::string title_id;
  std::string title_en;
  bool open = true;
  std::size_t waiting = 0;
  std::optional<value::Instant> oldest;
  bool operator==(const ShownQueue&) const = default;
};

// As the protocol names them.
std::string_view to_word(desk::Service service);
std::string_view to_word(desk::Ended why);

// One JSON object each, without the frame around it.
std::string to_json_text(const ShownRow& row);
std::string to_json_text(const ShownAgent& agent);
std::string to_json_text(const ShownQueue& queue);

// "628111222333" of whatsapp is "6281****333"; other addresses show as little.
std::string masked_address(std::string_view address);

// "tell_confirmed" is "Tell confirmed": for what has a name and no title.
std::string title_of(std::string_view name);

// At most so many bytes of UTF-8, whole characters, with an ellipsis where something was cut.
std::string cut_text(std::string_view text, std::size_t bytes_max);

// A text as JSON has it, in its quotes. What is no UTF-8 is replaced.
std::string quoted(std::string_view text);

}  // namespace alur::adapters
