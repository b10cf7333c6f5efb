#include "tools/explore/situation.hpp"

#include <algorithm>
#include <cassert>

#include "tools/replay/run_chat.hpp"
#include "tools/replay/to_input.hpp"

namespace alur::tools {

using machine::Event;
using machine::Input;
using machine::TimerChange;

namespace {

constexpr std::size_t seen_max = 32;

const machine::Choice* find_choice(const Situation& situation, std::string_view label) {
  const std::vector<machine::Choice>& seen = situation.choices();
  for (auto choice = seen.rbegin(); choice != seen.rend(); ++choice) {
    if (choice->label == label) return &*choice;
  }
  return nullptr;
}

std::optional<Input> to_input(const Situation& situation, const Move& move) {
  Input input;
  input.text = move.words;
  switch (move.kind) {
    case Move::Kind::tap: {
      const machine::Choice* choice = find_choice(situation, move.words);
      if (!choice) return std::nullopt;
      return tap_input(*choice);
    }
    case Move::Kind::media:
      return sample_media(move.media, move.words);
    case Move::Kind::reaction:
      input.kind = Input::Kind::reaction;
      return input;
    case Move::Kind::edited:
      input.kind = Input::Kind::edited;
      return input;
    case Move::Kind::deleted:
      input.kind = Input::Kind::deleted;
      return input;
    case Move::Kind::unsupported:
      input.kind = Input::Kind::unsupported;
      return input;
    default:
      return input;
  }
}

machine::Position top_position(const machine::Session& session) {
  assert(session.active());
  return session.frames.back().position;
}

// The labels of a message are now on the citizen's screen.
void show(Situation& situation, const machine::Message& message) {
  if (message.choices.empty()) return;
  std::vector<machine::Choice> seen = situation.choices();
  for (const machine::Choice& choice : message.choices) {
    std::erase_if(seen, [&](const machine::Choice& old) { return old.label == choice.label; });
  }
  // Of two choices with one label the first is found.
  for (auto choice = message.choices.rbegin(); choice != message.choices.rend(); ++choice) {
    seen.insert(seen.end(), *choice);
  }
  if (seen.size() > seen_max) {
    seen.erase(seen.begin(), seen.end() - static_cast<std::ptrdiff_t>(seen_max));
  }
  situation.seen = std::make_shared<const std::vector<machine::Choice>>(std::move(seen));
}

}  // namespace

bool is_heard(Move::Kind kind) {
  return kind <= Move::Kind::unsupported;
}

const std::vector<machine::Choice>& Situation::choices() const {
  static const std::vector<machine::Choice> nothing;
  return seen ? *seen : nothing;
}

bool Situation::is_current(const machine::Choice& choice) const {
  return session.rest == machine::Rest::question && choice.tap.serial == session.serial;
}

const TimerChange* Situation::next_timer() const {
  const TimerChange* next = nullptr;
  for (const std::optional<TimerChange>& timer : timers) {
    if (timer && (!next || timer->at < next->at)) next = &*timer;
  }
  return next;
}

value::Instant Situation::time_of(const Move& move) const {
  const TimerChange* next = next_timer();
  if (move.kind == Move::Kind::timer) return next ? std::max(next->at, now) : now;
  if (!is_heard(move.kind)) return now;
  std::int64_t passed = line_pause_ms;
  if (next && (next->at - now).milliseconds <= passed) {
    const std::int64_t half = std::max<std::int64_t>((next->at - now).milliseconds / 2, 0);
    passed = half - half % value::second_milliseconds;
  }
  return now + value::Duration{passed};
}

Situation begin_situation(const program::Program& program, Index channel, Index language,
                          value::Instant now) {
  Situation situation;
  situation.session = machine::new_session(program, channel, language);
  situation.now = now;
  return situation;
}

const program::Service& asked_service(const program::Program& program,
                                      const machine::Session& session) {
  const machine::Position at = top_position(session);
  const program::Unit& unit = program.unit(at.unit);
  return program.app().services[unit.calls[unit.code[at.address].c].service];
}

const program::Handoff& handoff_at(const program::Program& program,
                                   const machine::Session& session) {
  const machine::Position at = top_position(session);
  const program::Unit& unit = program.unit(at.unit);
  return unit.handoffs[unit.code[at.address].c];
}

const program::Question& question_at(const program::Program& program,
                                     const machine::Session& session) {
  const machine::Position at = top_position(session);
  const program::Unit& unit = program.unit(at.unit);
  return unit.questions[unit.code[at.address].c];
}

std::optional<Event> to_event(const program::Program& program, const Situation& situation,
                              const Move& move) {
  const machine::Session& session = situation.session;
  Event event;
  event.at = situation.time_of(move);
  event.serial = session.serial;
  switch (move.kind) {
    case Move::Kind::timer: {
      const TimerChange* timer = situation.next_timer();
      if (!timer) return std::nullopt;
      event.kind = Event::Kind::timer_fired;
      event.timer = timer->kind;
      event.serial = timer->serial;
      return event;
    }
    case Move::Kind::answer: {
      if (session.rest != machine::Rest::call) return std::nullopt;
      const auto& outcomes = asked_service(program, session).outcomes;
      if (move.outcome >= outcomes.size()) return std::nullopt;
      event.kind = Event::Kind::answered;
      event.outcome = outcomes[move.outcome].key;
      event.payload = move.payload;
      return event;
    }
    case Move::Kind::handed_back:
    case Move::Kind::accepted:
      if (session.rest != machine::Rest::handoff) return std::nullopt;
      event.kind = move.kind == Move::Kind::accepted ? Event::Kind::handoff_accepted
                                                     : Event::Kind::handoff_ended;
      event.outcome = value::name_key(move.words);
      return event;
    default: {
      auto input = to_input(situation, move);
      if (!input) return std::nullopt;
      event.input = std::move(*input);
      return event;
    }
  }
}

machine::Turn take_turn(const program::Program& program, Situation& situation, const Event& event) {
  if (event.kind == Event::Kind::timer_fired) {
    situation.timers[static_cast<std::size_t>(event.timer)].reset();
  }
  machine::Turn turn =
      machine::turn(program, std::move(situation.session), event, machine::Tracing::on);
  situation.session = std::move(turn.session);
  situation.now = event.at;
  for (const TimerChange& change : turn.timers) {
    std::optional<TimerChange>& timer = situation.timers[static_cast<std::size_t>(change.kind)];
    if (change.armed) {
      timer = change;
    } else {
      timer.reset();
    }
  }
  for (const machine::Message& message : turn.messages) show(situation, message);
  situation.burst.take(turn, situation.session);
  return turn;
}

}  // namespace alur::tools
