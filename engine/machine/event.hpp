// Event: what happened outside and begins a turn. All chance, time and outside answers come in so.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/machine/tap.hpp"
#include "engine/value/civil_time.hpp"
#include "engine/value/value.hpp"
#include "engine/value/value_bytes.hpp"

namespace alur::machine {

// What a citizen did. Media may bear words of its own in `text`.
struct Input {
  enum class Kind : std::uint8_t { text, tap, media, reaction, edited, deleted, unsupported };
  Kind kind = Kind::text;
  std::string text;  // typed words, a caption, or a tapped button's label
  Tap tap;           // serial 0: a tap that names nothing we sent
  std::shared_ptr<const value::Media> media;
};

// At most one timer of each kind is armed for a session.
enum class TimerKind : std::uint8_t {
  silence,  // no_input
  session,  // the conversation ends
  pause,    // `wait`
  call,     // a service's time is up
  gather,   // `gather`: the pieces are complete
};
inline constexpr std::size_t timer_kind_count = 5;
std::string_view to_text(TimerKind kind);

struct Event {
  enum class Kind : std::uint8_t {
    heard,
    timer_fired,
    answered,
    handoff_accepted,  // a person has come
    handoff_ended,
    handoff_queued,  // nobody has come yet, or nobody is there any more
  };
  Kind kind = Kind::heard;
  value::Instant at;
  Input input;                           // heard
  TimerKind timer = TimerKind::silence;  // timer_fired
  std::uint32_t serial = 0;              // of the rest that the timer, call or handoff belongs to
  value::NameKey outcome = 0;            // answered, handoff_ended
  // answered; handoff_accepted: the person's name, a text, where the citizen is to be told
  value::Value payload;
  std::uint64_t person = 0;    // handoff_accepted: who it is; 0: not told
  std::uint32_t position = 0;  // handoff_queued: 1 is next; 0: the citizen is told nothing
  std::int64_t wait_ms = 0;    // handoff_queued: the expected one; 0: not known
};

Event heard_text(value::Instant at, std::string_view text);
Event heard_tap(value::Instant at, const Tap& tap, std::string_view label);

void encode_input(const Input& input, std::string& out);
Input decode_input(value::ByteReader& reader);

// The journal's form of an event; decode gives nothing for bytes that are not one.
void encode_event(const Event& event, std::string& out);
std::optional<Event> decode_event(std::string_view bytes);

}  // namespace alur::machine
