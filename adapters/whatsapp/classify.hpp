// Classifies what the Graph API answered to a message: taken, to be tried again, to be waited for,
// given up, or a reason to stand still. The codes stand in graph_error.def. Pure and total.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "engine/ports/channel.hpp"

namespace alur::adapters {

// What follows from an error.
enum class GraphReaction : std::uint8_t {
  retry,           // again, a few times
  wait_pair,       // hold what goes to this citizen
  wait_number,     // hold what this number sends
  wait_account,    // hold the account's numbers
  wait_app,        // hold all
  needs_template,  // only a template leaves now
  hold_template,   // hold it until Meta takes this template again
  drop,            // final for this message
  fix,             // final, and ours: what was sent is wrong
  stop,            // final, and nothing of this kind to this citizen again
  pause            // nothing leaves until somebody has acted
};
std::string_view to_text(GraphReaction reaction);

struct GraphError {
  int first = 0;
  int last = 0;
  int http = 0;
  GraphReaction reaction = GraphReaction::drop;
  std::int64_t after_ms = 0;
  int tries = 0;
  std::string_view meaning;
  std::string_view source;
};
std::span<const GraphError> graph_errors();  // in order of their codes
const GraphError* find_graph_error(int code);

struct GraphAnswer {
  int status = 0;
  std::string retry_after;  // the header, as it came
  std::string body;
};

// The reason bears our words for the code, and the id under which Meta has traced the request:
// none of Meta's, which may repeat what was sent.
ports::SendResult classify(const GraphAnswer& answer);
// For what came later, in a status: 131047, 131026, 131049 and 131053 mostly do.
ports::SendResult classify_code(int code, int status);

}  // namespace alur::adapters
