// What is said in a conversation, and what is known beside it, in JSON for the desk's page.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ports/delivery.hpp"
#include "engine/runtime/desk_keeper.hpp"
#include "engine/runtime/past_handoffs.hpp"
#include "engine/runtime/transcript.hpp"

namespace alur::adapters {

// The names of what the desk knows by keys; empty: nobody knows it.
struct DeskNames {
  std::function<std::string(desk::AgentId)> agent;
  std::function<std::string(desk::NameKey)> queue;
  std::function<std::string(desk::NameKey)> code;
};

// What is known of a line's way to the citizen.
struct LineDelivery {
  ports::Delivery state = ports::Delivery::pending;
  std::string reason;
};

// One JSON object. `delivery`: of a line that was sent; nothing: not known any more.
std::string to_json_text(const runtime::Line& line, desk::Citizen citizen, const DeskNames& names,
                         const std::optional<LineDelivery>& delivery);

// What a citizen's or the bot's attachment is fetched by: the line's number.
std::string file_href(desk::Citizen citizen, const runtime::Line& line);

// A few words that stand for a line in a list.
std::string line_preview(const runtime::Line& line);

// What a citizen has asked or complained of, and how far it has come.
struct PanelTicket {
  std::string number;
  std::string stage;
  value::Instant opened;
  std::optional<value::Instant> due;
  std::string kind;  // in the app's word; empty: it has none
};

struct Panel {
  runtime::DeskMatter matter;
  std::vector<runtime::Learned> learned;
  std::vector<runtime::Answer> answers;
  std::vector<PanelTicket> tickets;
  std::vector<runtime::PastHandoff> earlier;  // the latest first
  bool cleared = false;                       // private values are shown
};
std::string to_json_text(const Panel& panel, const DeskNames& names);

}  // namespace alur::adapters
