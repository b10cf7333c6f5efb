// Renders a message into the body of a request to the Graph API, as Meta's Cloud API takes it
// (v23.0 to v25.0). Pure and total: who is to get it and what it holds are checked before.
#pragma once

#include <cstdint>
#include <string>

#include "adapters/whatsapp/content.hpp"
#include "adapters/whatsapp/recipient.hpp"

namespace alur::adapters {

struct Letter {
  Recipient recipient;
  std::uint64_t id = 0;  // Outgoing::id; statuses bring it back. 0: none
  std::string reply_to;  // a message of the citizen's that this one answers; empty: none
  Content content;
};

std::string render(const Letter& letter);
// The two blue ticks under a message of the citizen's and all before it; `typing`: and the three
// dots, until something is sent or 25 seconds have passed.
std::string render_read(const std::string& message_id, bool typing);

}  // namespace alur::adapters
