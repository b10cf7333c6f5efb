// Event: what happens to a desk. `epoch` is the one that whoever acts has seen: what was decided
// under another one is refused.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "engine/desk/settings.hpp"
#include "engine/value/civil_time.hpp"

namespace alur::desk {

using Citizen = std::uint64_t;  // names a conversation: a citizen has one
using AgentId = std::uint32_t;  // from 1 on; 0 is nobody
using Epoch = std::uint64_t;

enum class Presence : std::uint8_t { offline, online, busy, away };

// --- citizens

// A flow hands over. `serial` names the handoff in the machine's events.
struct Handed {
  Citizen citizen = 0;
  std::uint32_t serial = 0;
  NameKey queue = 0;
  NameKey channel = 0;
};
// Says that they no longer wait; the machine has gone on already.
struct Left {
  Citizen citizen = 0;
  std::uint32_t serial = 0;
};
struct CitizenWrote {
  Citizen citizen = 0;
};

// --- agents

// There is such an agent, or what they may do has changed. Keeps presence and load.
struct AgentSet {
  AgentId agent = 0;
  std::vector<NameKey> queues;  // that they serve
  Units capacity = 0;           // 0: the desk's
  bool supervisor = false;
};
struct AgentRemoved {
  AgentId agent = 0;
};
// Also says that they are connected.
struct PresenceSet {
  AgentId agent = 0;
  Presence presence = Presence::online;
  NameKey reason = 0;  // of being away
};
struct ConnectionLost {
  AgentId agent = 0;
};
// Of a lost agent; the presence is what it was before.
struct ConnectionBack {
  AgentId agent = 0;
};

struct Accepted {
  AgentId agent = 0;
  Citizen citizen = 0;
  Epoch epoch = 0;
};
struct Declined {
  AgentId agent = 0;
  Citizen citizen = 0;
  Epoch epoch = 0;
};
struct AgentWrote {
  AgentId agent = 0;
  Citizen citizen = 0;
  Epoch epoch = 0;
};
// To an agent, to a queue, or, when neither is named, to a supervisor.
struct Transferred {
  AgentId agent = 0;
  Citizen citizen = 0;
  Epoch epoch = 0;
  AgentId to_agent = 0;
  NameKey to_queue = 0;
  std::string note;  // cut at note_length_max
};
// Back to the bot, which goes on at this state of its flow; 0: after the handoff.
struct Returned {
  AgentId agent = 0;
  Citizen citizen = 0;
  Epoch epoch = 0;
  NameKey state = 0;
};
struct Closed {
  AgentId agent = 0;
  Citizen citizen = 0;
  Epoch epoch = 0;
  NameKey code = 0;
};
// By a supervisor, whoever owns it now. `overfill`: even beyond the capacity.
struct Assigned {
  AgentId by = 0;
  Citizen citizen = 0;
  Epoch epoch = 0;
  AgentId to_agent = 0;
  bool overfill = false;
};

// Nothing happens but that time passes.
struct Ticked {};
// The desk was away, and is made from its rows: what was due meanwhile is due now, offers are gone,
// and whoever was there is lost until they connect again.
struct Restarted {};

using What = std::variant<Ticked, Handed, Left, CitizenWrote, AgentSet, AgentRemoved, PresenceSet,
                          ConnectionLost, ConnectionBack, Accepted, Declined, AgentWrote,
                          Transferred, Returned, Closed, Assigned, Restarted>;

struct Event {
  value::Instant at;  // not before that of the event before
  What what;
};

}  // namespace alur::desk
