// Timers: which are armed after the turn, and what each does when it fires. At most one of a kind
// is armed, so a later one replaces it; a late firing is recognised and ignored.
#include "engine/machine/walk.hpp"
#include "engine/program/channel.hpp"

namespace alur::machine {

using program::none;

void Walk::arm(TimerKind kind, std::int64_t after_ms) {
  timers_[static_cast<std::size_t>(kind)] = {true, true, session_.serial,
                                             now_ + value::Duration{after_ms}};
}

void Walk::cancel(TimerKind kind) {
  timers_[static_cast<std::size_t>(kind)] = {true, false, 0, {}};
}

void Walk::flush_timers() {
  for (std::size_t i = 0; i < timer_kind_count; ++i) {
    const Pending& timer = timers_[i];
    const auto bit = static_cast<std::uint8_t>(1u << i);
    const bool was_armed = (session_.timers & bit) != 0;
    if (!timer.touched || (!timer.armed && !was_armed)) continue;
    session_.timers =
        static_cast<std::uint8_t>(timer.armed ? session_.timers | bit : session_.timers & ~bit);
    turn_.timers.push_back({static_cast<TimerKind>(i), timer.armed, timer.serial, timer.at});
  }
}

void Walk::fire(const Event& event) {
  const auto bit = static_cast<std::uint8_t>(1u << static_cast<unsigned>(event.timer));
  const bool armed = (session_.timers & bit) != 0;
  const bool current = event.timer == TimerKind::session || event.serial == session_.serial;
  note(TraceKind::timer, 0, 0, 0, static_cast<std::uint8_t>(event.timer));
  if (!armed || !current || !session_.active()) {
    note(TraceKind::late, 0, 0, 0, static_cast<std::uint8_t>(event.kind));
    return;
  }
  const Position at = top().position;
  const bool is_silence = event.timer == TimerKind::session || event.timer == TimerKind::silence;
  if (is_silence) session_.answered_serial = 0;  // the same tap from now on is a new one
  switch (event.timer) {
    case TimerKind::session:
      if (now_ < session_.active_at + value::Duration{program_.app().session_ends_ms}) {
        note(TraceKind::late, 0, 0, 0, static_cast<std::uint8_t>(event.kind));
        return;
      }
      return end_conversation();
    case TimerKind::silence:
      session_.timers = static_cast<std::uint8_t>(session_.timers & ~bit);
      if (session_.rest == Rest::question) fall_silent();
      return;
    case TimerKind::pause:
      session_.timers = static_cast<std::uint8_t>(session_.timers & ~bit);
      if (session_.rest == Rest::pause) end_pause();
      return;
    case TimerKind::call:
      session_.timers = static_cast<std::uint8_t>(session_.timers & ~bit);
      if (session_.rest != Rest::call) return;
      branch(at.unit, unit(at.unit).calls[code(at).c].outcomes, value::name_key("unavailable"), {});
      return go(next_);
    case TimerKind::gather: {
      session_.timers = static_cast<std::uint8_t>(session_.timers & ~bit);
      if (session_.rest != Rest::question || session_.gathered.empty()) return;
      const std::string gathered = std::move(session_.gathered);
      session_.gathered.clear();
      mismatch_ = value::Mismatch::wrong_kind;
      if (!take_typed(gathered)) miss(mismatch_);
      return;
    }
  }
}

// Where the channel's window is shut by now, and something else is to be done then.
bool Walk::is_outside(Index outside) const {
  if (outside == none) return false;
  const program::Channel* channel =
      program::find_channel(program_.app().channels[session_.channel]);
  return channel != nullptr && channel->window_ms > 0 &&
         (now_ - session_.wrote_at).milliseconds >= channel->window_ms;
}

// A template is sent and the citizen waited for as before; or it goes on elsewhere.
void Walk::go_outside(Index unit_index, Index index) {
  const program::Outside& outside = unit(unit_index).outsides[index];
  note(TraceKind::outside, unit_index, index);
  if (outside.address != none) return go({unit_index, outside.address});
  const program::Template& approved = program_.app().templates[outside.template_index];
  Message words;
  words.kind = Message::Kind::retry;
  words.unit = unit_index;
  words.place = outside.place;
  words.text = approved.wordings[session_.language];
  words.attachment = std::make_unique<Attachment>();
  words.attachment->template_name = approved.name;
  words.attachment->template_language = program_.app().languages[session_.language];
  turn_.messages.push_back(std::move(words));
}

// After a template the time is over, and whatever the citizen writes lets the flow go on: it would
// say nothing that reaches them before.
void Walk::end_pause() {
  const Position at = top().position;
  const Index outside = code(at).d;
  const bool shut = is_outside(outside);
  if (shut && unit(at.unit).outsides[outside].address == none) {
    session_.answered_serial = 0;  // a tap on what was said before is no repeated one any more
    return go_outside(at.unit, outside);
  }
  session_.rest = Rest::nothing;
  if (shut) return go_outside(at.unit, outside);
  go({at.unit, at.address + 1});
}

// Silence at the question is counted from now, from its first rung.
void Walk::await_silence() {
  session_.silences = 0;
  const program::Ladder& ladder = question().ladder;
  const program::Unit& owner = unit(ladder.own_silences ? top().position.unit : 0);
  const program::Range silences =
      ladder.own_silences ? ladder.silences : program_.app().defaults.silences;
  if (!silences.empty()) arm(TimerKind::silence, owner.silences[silences.begin].after_ms);
}

// The next rung of no_input.
void Walk::fall_silent() {
  const Position at = top().position;
  const program::Ladder& ladder = question().ladder;
  const Index owner = ladder.own_silences ? at.unit : 0;
  const program::Range silences =
      ladder.own_silences ? ladder.silences : program_.app().defaults.silences;
  if (session_.silences >= silences.size()) return;
  const Index index = silences.begin + session_.silences;
  const program::Silence& rung = unit(owner).silences[index];
  ++session_.silences;
  note(TraceKind::silence, owner, index);
  journal(JournalEntry::Kind::silent, at.unit, code(at).c);
  const bool shut = is_outside(rung.outside);
  if (rung.text != none && !shut) {
    Message words;
    words.kind = Message::Kind::retry;
    words.overflow = unit(at.unit).messages[question().message].overflow;
    words.unit = owner;
    words.place = rung.place;
    render(owner, rung.text, words.text);
    if (!rung.leaves) add_choices(words, at);
    turn_.messages.push_back(std::move(words));
  }
  if (session_.silences < silences.size()) {
    arm(TimerKind::silence, unit(owner).silences[index + 1].after_ms);
  }
  if (shut) return go_outside(owner, rung.outside);
  if (rung.address != none) go({owner, rung.address});
}

}  // namespace alur::machine
