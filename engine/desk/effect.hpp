// Effect: what is to be done since something happened at a desk: tell the citizen, an agent, the
// machine, an audit. What it leaves to others is how.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/desk/event.hpp"

namespace alur::desk {

// How a handoff ends, as flows name it.
enum class Outcome : std::uint8_t { closed, left, no_agent, out_of_hours, timed_out };
std::string_view to_text(Outcome outcome);

enum class Service : std::uint8_t { first_reply, next_reply, resolution };
inline constexpr std::size_t service_count = 3;
std::string_view to_text(Service service);

enum class Refusal : std::uint8_t {
  unknown,    // there is no such conversation or agent
  stale,      // decided under another epoch
  not_owner,  // it is somebody else's
  not_offered,
  no_code,      // a wrap-up code is missing, or there is no such one
  closed,       // that queue is closed
  full,         // no room, and not to be overfilled
  not_allowed,  // only a supervisor may
  nobody,       // nobody is on duty there
};
std::string_view to_word(Refusal refusal);  // as pages and chats know it: `not_owner`
std::string_view to_text(Refusal refusal);

enum class Ended : std::uint8_t { declined, missed, away, lost, gone, handed_on };
std::string_view to_text(Ended why);

struct Effect {
  enum class Kind : std::uint8_t {
    queued,      // tell the citizen: position, and the wait where it is known
    offered,     // to `agent`, until `at`
    withdrawn,   // that offer; `why`
    accepted,    // `agent` owns it now: machine::Event::handoff_accepted
    taken,       // it is no longer `agent`'s; `why`
    returned,    // the bot owns it now, `outcome`: machine::Event::handoff_ended
    refused,     // what `agent` wanted; `refusal`
    overloaded,  // conversations woke up: `agent` has `load`, more than the capacity
    overfilled,  // for the audit: `by` gave it to `agent`, who then has `load`
    breached,    // `service`: its time is up
    presence,    // of `agent`, which changed by itself
  };
  Kind kind = Kind::queued;
  Citizen citizen = 0;
  Epoch epoch = 0;  // the present one
  AgentId agent = 0;
  AgentId by = 0;
  std::uint32_t serial = 0;  // accepted, returned
  NameKey queue = 0;         // queued
  NameKey state = 0;         // returned: where to go on
  NameKey code = 0;          // returned: of the wrap-up
  std::size_t position = 0;  // queued: 1 is next
  std::optional<std::int64_t> wait_ms;
  std::optional<value::Instant> at;
  Units load = 0;
  Outcome outcome = Outcome::closed;
  Service service = Service::first_reply;
  Refusal refusal = Refusal::unknown;
  Ended why = Ended::declined;
  Presence now = Presence::offline;
};

using Effects = std::vector<Effect>;

// One line, for tests and logs: "offered 7 to 2, epoch 3".
std::string to_text(const Effect& effect);
std::string_view to_text(Presence presence);

}  // namespace alur::desk
