// turn(): one committed step of a conversation. Pure: the same program, session and event give the
// same turn, byte for byte; no clock, chance or outside world.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/machine/event.hpp"
#include "engine/machine/message.hpp"
#include "engine/machine/session.hpp"
#include "engine/machine/trace.hpp"

namespace alur::machine {

// Arms the session's timer of this kind, in place of the one before, or cancels it.
struct TimerChange {
  TimerKind kind = TimerKind::silence;
  bool armed = false;
  std::uint32_t serial = 0;
  value::Instant at;
};

struct NamedValue {
  value::NameKey key = 0;
  std::string name;
  value::Value value;
};

// A service is asked; the answer is an event with this serial.
struct CallRequest {
  Index service = 0;
  std::uint32_t serial = 0;
  value::Instant until;  // then the call timer fires
  std::vector<NamedValue> arguments;
};

// What the desk is told.
struct DeskRequest {
  enum class Kind : std::uint8_t { request, forward, cancel };
  Kind kind = Kind::request;
  std::uint32_t serial = 0;
  Index queue = 0;                 // request
  std::string summary;             // request
  std::vector<NamedValue> fields;  // request
  Input input;                     // forward
};

// What a turn did, for the journal and for counting. `unit` and `index` say where.
struct JournalEntry {
  enum class Kind : std::uint8_t {
    started,   // a conversation; unit: the flow
    entered,   // index: state
    answered,  // index: question; value: the answer, unset if private
    missed,    // index: question: an attempt failed
    silent,    // index: question: a rung of no_input
    called,    // index: call
    returned,  // index: outcome (of the unit's table)
    handed,    // index: handoff
    tracked,   // index: track; value: its fields as a record
    left,      // a flow ended; index: declared outcome
    ended,     // the conversation
    failed,    // something that should never happen
  };
  Kind kind = Kind::entered;
  Index unit = 0;
  Index index = program::none;
  value::Value value;
};
std::string_view to_text(JournalEntry::Kind kind);

struct Turn {
  Session session;
  std::vector<Message> messages;
  std::vector<TimerChange> timers;
  std::vector<CallRequest> calls;  // at most one
  std::vector<DeskRequest> desk;
  std::vector<JournalEntry> journal;
  Trace trace;
};

// Bounds that hold for every turn, whatever the program (verified programs never meet them).
inline constexpr int instructions_max = 10'000;
inline constexpr std::size_t messages_max = 200;

Turn turn(const program::Program& program, Session session, const Event& event,
          Tracing tracing = Tracing::off);

}  // namespace alur::machine
