// Situation: a session with all that a conversation around it would know (the clock, the armed
// timers, the choices on the citizen's screen), and the moves that can happen next. What happens is
// the machine's turn; nothing here knows what it means.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/machine/turn.hpp"
#include "tools/explore/burst.hpp"
#include "tools/explore/observed.hpp"

namespace alur::tools {

// One thing that happens to a conversation, in words that hold in any run of it.
struct Move {
  enum class Kind : std::uint8_t {
    text,      // words
    tap,       // words: the label, on the last message that shows it
    media,     // media
    reaction,  // words: the emoji
    edited,    // words
    deleted,
    unsupported,
    timer,        // the next one fires
    answer,       // outcome, payload: of the service that is asked
    handed_back,  // words: how people ended it
    accepted,
  };
  Kind kind = Kind::text;
  std::string words;
  value::MediaKind media = value::MediaKind::image;
  Index outcome = 0;
  value::Value payload;
};

// The citizen acts.
bool is_heard(Move::Kind kind);

struct Situation {
  machine::Session session;
  value::Instant now;
  std::array<std::optional<machine::TimerChange>, machine::timer_kind_count> timers;
  // What was shown to choose from: the latest of each label, oldest first. Null: nothing yet.
  std::shared_ptr<const std::vector<machine::Choice>> seen;
  Burst burst;

  const std::vector<machine::Choice>& choices() const;
  bool is_current(const machine::Choice& choice) const;

  // The earliest; null when none is armed.
  const machine::TimerChange* next_timer() const;
  // When a move happens: a citizen takes five seconds, less where a timer would come before.
  value::Instant time_of(const Move& move) const;
};

Situation begin_situation(const program::Program& program, Index channel, Index language,
                          value::Instant now);

// Nothing where the move is not possible: no such choice, nobody asked, no timer armed.
std::optional<machine::Event> to_event(const program::Program& program, const Situation& situation,
                                       const Move& move);

// Takes one turn. The turn's session is moved into the situation.
machine::Turn take_turn(const program::Program& program, Situation& situation,
                        const machine::Event& event);

// The service that a session waits for, or the handoff.
const program::Service& asked_service(const program::Program& program,
                                      const machine::Session& session);
const program::Handoff& handoff_at(const program::Program& program,
                                   const machine::Session& session);
const program::Question& question_at(const program::Program& program,
                                     const machine::Session& session);

}  // namespace alur::tools
