// Conversation, Agent, Line: what a desk knows of each, as it is kept. All of it is a desk's state;
// what is made again from it (queues in order, loads, what is due) is desk.hpp's.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/desk/effect.hpp"
#include "engine/desk/event.hpp"

namespace alur::desk {

enum class Owner : std::uint8_t { bot, queue, agent };
std::string_view to_text(Owner owner);

// Of a service level. Counts open time of the conversation's queue.
struct Clock {
  std::optional<value::Instant> since;  // it runs
  std::int64_t used_ms = 0;             // before that
  std::optional<value::Instant> due;    // while it runs: when its time is up, if ever
  bool breached = false;
  bool done = false;  // stands for good
  bool operator==(const Clock&) const = default;
};

// An agent who is not offered this conversation again before then.
struct Pause {
  AgentId agent = 0;
  value::Instant until;
  bool operator==(const Pause&) const = default;
};

struct Conversation {
  Citizen citizen = 0;
  Epoch epoch = 0;
  Owner owner = Owner::bot;
  std::uint32_t serial = 0;
  NameKey queue = 0;
  NameKey channel = 0;
  std::uint64_t place = 0;  // lower is earlier; for the whole desk
  AgentId agent = 0;        // who owns it, or whom it is offered to while a queue does
  std::optional<value::Instant> offered_until;
  bool for_supervisor = false;
  bool again = false;  // was closed a while ago
  std::uint8_t passed_over = 0;
  bool awaited = false;  // the agent has written, and waits for the citizen
  bool silent = false;   // for long enough to weigh less
  value::Instant handed_at;
  value::Instant queued_at;  // when it came to the queue, or came back
  value::Instant said_at;    // the agent's first message since the citizen's last
  value::Instant closed_at;
  std::vector<value::Instant> handoffs;  // recent ones
  std::vector<Pause> pauses;
  std::string note;       // of the last transfer
  Epoch owned_since = 0;  // the epoch in which an agent last came to own it; 0: none has
  // How the last handoff ended, where the bot went on and the code of the wrap-up; while the bot
  // owns it.
  Outcome outcome = Outcome::closed;
  NameKey state = 0;
  NameKey code = 0;
  std::array<Clock, service_count> clocks;

  bool waits() const { return owner == Owner::queue && agent == 0; }
  Clock& clock(Service service) { return clocks[static_cast<std::size_t>(service)]; }
  const Clock& clock(Service service) const { return clocks[static_cast<std::size_t>(service)]; }
  bool operator==(const Conversation&) const = default;
};

struct Agent {
  AgentId id = 0;
  std::vector<NameKey> queues;  // sorted
  Units capacity = 0;           // 0: the desk's
  bool supervisor = false;
  Presence presence = Presence::offline;
  NameKey reason = 0;
  std::optional<value::Instant> lost_at;  // the connection; the grace minute runs
  std::uint64_t assigned = 0;             // counts assignments of the desk; the last to this agent
  std::uint8_t missed = 0;                // offers in a row
  bool operator==(const Agent&) const = default;

  bool serves(NameKey queue) const;
  bool takes_more() const { return presence == Presence::online && !lost_at; }
  bool on_duty() const { return presence == Presence::online || presence == Presence::busy; }
};

// A queue's own state. Which conversations wait in it is theirs to say.
struct Line {
  NameKey queue = 0;
  std::vector<value::Instant> departures;         // to agents; the latest last
  std::optional<value::Instant> unstaffed_since;  // somebody waits, and nobody is on duty
  bool operator==(const Line&) const = default;
};

// Counts of the whole desk.
struct Counts {
  Epoch epoch = 0;
  std::uint64_t place = 0;
  std::uint64_t assigned = 0;
  value::Instant now;  // of the last event
  bool operator==(const Counts&) const = default;
};

// A piece of a desk's state for a store, which does not look into the bytes. No bytes: it is gone.
struct Row {
  enum class Kind : std::uint8_t { counts, agent, line, conversation };
  Kind kind = Kind::counts;
  std::uint64_t key = 0;  // the agent, queue or citizen
  std::string bytes;
  bool operator==(const Row&) const = default;
};

std::string to_bytes(const Counts& counts);
std::string to_bytes(const Agent& agent);
std::string to_bytes(const Line& line);
std::string to_bytes(const Conversation& conversation);
// False for bytes that are none.
bool from_bytes(std::string_view bytes, Counts& counts);
bool from_bytes(std::string_view bytes, Agent& agent);
bool from_bytes(std::string_view bytes, Line& line);
bool from_bytes(std::string_view bytes, Conversation& conversation);

}  // namespace alur::desk
