// Session: one citizen's walk through a program, as it rests between turns. Its bytes name things
// by keys, not positions, so that they outlive a version; they do not grow with the number of
// turns.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/machine/event.hpp"
#include "engine/program/program.hpp"
#include "engine/program/stack.hpp"

namespace alur::machine {

using program::Index;

using program::stack_max;
inline constexpr std::size_t queued_max = 32;

// A place in the code where a session may rest: an ask, call, run, handoff or pause.
struct Position {
  Index unit = program::none;
  Index address = program::none;
  bool operator==(const Position&) const = default;
  bool known() const { return unit != program::none; }
};

struct Frame {
  Index unit = 0;     // the flow
  Index base = 0;     // of its variables in Session::slots
  Position position;  // where it rests; below the top: the run, or the question that was left
  Position asked;     // its last question, to ask again
  bool digression = false;
};

// What a session waits for.
enum class Rest : std::uint8_t { nothing, question, call, handoff, pause };
std::string_view to_text(Rest rest);

// An item of `each` as it was shown.
struct Offer {
  value::Value item;
  std::string label;
};

struct Session {
  std::uint64_t program = 0;  // Program::short_hash it was last walked with
  Index language = 0;
  Index channel = 0;          // of App::channels
  std::vector<Frame> frames;  // bottom first; empty: no conversation under way
  std::vector<value::Value> slots;
  std::vector<value::Value> contact;
  std::vector<value::Value> shared;  // the `session` variables

  Rest rest = Rest::nothing;
  std::uint32_t serial = 0;            // counts rests; names the present one
  std::uint8_t attempts = 0;           // failed ones at this question
  std::uint8_t silences = 0;           // rungs of no_input gone by
  bool accepted = false;               // handoff: a person has come
  std::uint64_t person = 0;            // ... who it is, as Event::person
  std::uint8_t timers = 0;             // armed ones, a bit for each TimerKind
  value::Instant active_at;            // the citizen's last message, or when people gave it back
  value::Instant wrote_at;             // the citizen's last message: what opens a channel's window
  value::Instant mismatch_at;          // the last one that fitted nothing
  std::vector<Offer> offers;           // of the question's `each`
  std::uint16_t page = 0;              // of the question's choices, as last shown
  std::string gathered;                // pieces of an answer so far
  std::uint32_t answered_serial = 0;   // the question just answered by a tap ...
  value::NameKey answered_option = 0;  // ... and how
  std::vector<Input> queued;           // what came while a call was pending

  bool active() const { return !frames.empty(); }
};

// A citizen never heard of before.
Session new_session(const program::Program& program, Index channel, Index language = 0);

void encode_session(const program::Program& program, const Session& session, std::string& out);
// Against any version of the app: what that version no longer has is left out. Nothing if the
// bytes are no session, or if it rests at a place that this version does not have.
std::optional<Session> decode_session(const program::Program& program, std::string_view bytes);

}  // namespace alur::machine
