// DeskMark: what people did with a conversation, as its journal keeps it and as a desk shows it
// among what was said.
#pragma once

#include <string>
#include <string_view>

#include "engine/desk/effect.hpp"

namespace alur::runtime {

struct DeskMark {
  enum class Kind : std::uint8_t {
    handed,       // a flow handed over: `queue`
    accepted,     // `by` serves it now
    transferred,  // from `by`, to the agent `to`, to `queue`, or, where neither is named, to a
                  // supervisor
    assigned,     // by the supervisor `by`, to `to`
    taken,        // from `by`, who is lost or gone: it waits again
    returned,     // `by` gave it back to the bot, at `state` if it is not 0
    closed,       // `by` is done with it: `code`
    left,         // the citizen no longer waits
    timed_out,
    no_agent,
    out_of_hours,
  };
  Kind kind = Kind::handed;
  value::Instant at;
  desk::AgentId by = 0;
  desk::AgentId to = 0;
  desk::NameKey queue = 0;
  desk::NameKey state = 0;
  desk::NameKey code = 0;
  std::string note;  // transferred
  bool operator==(const DeskMark&) const = default;
};
std::string_view to_text(DeskMark::Kind kind);

}  // namespace alur::runtime
