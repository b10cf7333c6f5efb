#include "engine/machine/turn.hpp"

#include <cassert>

#include "engine/machine/walk.hpp"
#include "engine/program/return_outcome.hpp"

namespace alur::machine {

std::string_view to_text(JournalEntry::Kind kind) {
  switch (kind) {
    case JournalEntry::Kind::started:
      return "started";
    case JournalEntry::Kind::entered:
      return "entered";
    case JournalEntry::Kind::answered:
      return "answered";
    case JournalEntry::Kind::missed:
      return "missed";
    case JournalEntry::Kind::silent:
      return "silent";
    case JournalEntry::Kind::called:
      return "called";
    case JournalEntry::Kind::returned:
      return "returned";
    case JournalEntry::Kind::handed:
      return "handed";
    case JournalEntry::Kind::tracked:
      return "tracked";
    case JournalEntry::Kind::left:
      return "left";
    case JournalEntry::Kind::ended:
      return "ended";
    case JournalEntry::Kind::failed:
      return "failed";
  }
  return "?";
}

std::string_view to_text(Rule rule) {
  switch (rule) {
    case Rule::tap:
      return "a tap";
    case Rule::anytime:
      return "an anytime phrase";
    case Rule::option:
      return "an option's words";
    case Rule::position:
      return "an option's number";
    case Rule::typo:
      return "an option's words, misspelt";
    case Rule::hear:
      return "the question's own phrases";
    case Rule::typed:
      return "the typed value";
    case Rule::trigger:
      return "another flow's trigger";
    case Rule::no_match:
      return "no_match";
    case Rule::start:
      return "the start of a conversation";
  }
  return "?";
}

namespace {

// How people gave a conversation back; a word that is none of ours means that the desk failed.
value::NameKey known_outcome(const program::Unit& unit, const program::Handoff& handoff,
                             value::NameKey outcome) {
  for (program::Index i = handoff.outcomes.begin; i < handoff.outcomes.end; ++i) {
    if (unit.outcomes[i].key == outcome && program::is_return(unit.outcomes[i].name)) {
      return outcome;
    }
  }
  for (const std::string_view name : {"closed", "left", "no_agent", "out_of_hours", "timed_out"}) {
    if (value::name_key(name) == outcome) return outcome;
  }
  return value::name_key("unavailable");
}

}  // namespace

void Walk::handle(const Event& event) {
  switch (event.kind) {
    case Event::Kind::heard:
      session_.active_at = now_;
      if (counts(event.input.kind)) session_.wrote_at = now_;
      hear(event.input);
      if (session_.active() && session_.rest != Rest::handoff) {
        arm(TimerKind::session, program_.app().session_ends_ms);
      }
      break;
    case Event::Kind::timer_fired:
      fire(event);
      break;
    case Event::Kind::answered:
      returned(event);
      break;
    case Event::Kind::handoff_accepted:
      person_came(event);
      break;
    case Event::Kind::handoff_queued:
      queued(event);
      break;
    case Event::Kind::handoff_ended:
      handed_back(event);
      break;
  }
  drain();
  flush_timers();
}

// What came while a call was pending, now that there is something else to hear it.
void Walk::drain() {
  const auto hears = [&] { return session_.active() && session_.rest != Rest::call; };
  std::size_t next = 0;
  while (next < session_.queued.size() && hears()) {
    const Input input = std::move(session_.queued[next++]);
    hear(input);
  }
  if (session_.queued.empty()) return;
  if (!session_.active()) next = session_.queued.size();
  next = std::min(next, session_.queued.size());
  session_.queued.erase(session_.queued.begin(),
                        session_.queued.begin() + static_cast<std::ptrdiff_t>(next));
}

// A service's answer. One that its declaration does not allow is `unavailable`.
void Walk::returned(const Event& event) {
  if (session_.rest != Rest::call || event.serial != session_.serial) {
    note(TraceKind::late, 0, 0, 0, static_cast<std::uint8_t>(event.kind));
    return;
  }
  const Position at = top().position;
  const program::Call& call = unit(at.unit).calls[code(at).c];
  const program::Service& service = program_.app().services[call.service];
  value::NameKey outcome = value::name_key("unavailable");
  value::Value payload;
  for (const program::ServiceOutcome& declared : service.outcomes) {
    if (declared.key != event.outcome) continue;
    const bool fits = declared.payload ? !value::conforms(event.payload, *declared.payload)
                                       : !event.payload.is_set();
    if (!fits) break;
    outcome = declared.key;
    payload = value::with_normal_texts(event.payload);
  }
  cancel(TimerKind::call);
  branch(at.unit, call.outcomes, outcome, std::move(payload));
  go(next_);
}

// Whether it is about the handoff at which the session rests.
bool Walk::is_of_handoff(const Event& event) {
  if (session_.rest == Rest::handoff && event.serial == session_.serial) return true;
  note(TraceKind::late, 0, 0, 0, static_cast<std::uint8_t>(event.kind));
  return false;
}

void Walk::person_came(const Event& event) {
  if (!is_of_handoff(event)) return;
  session_.accepted = true;
  session_.person = event.person;
  if (!event.payload.is(value::Kind::text) || event.payload.text().empty()) return;
  Message words;
  words.kind = Message::Kind::system;
  words.text = program_.system_text(program::SystemText::person_came, session_.language) + " " +
               event.payload.text() + ".";
  turn_.messages.push_back(std::move(words));
}

// Where the citizen stands, and for how long as far as that is known.
void Walk::queued(const Event& event) {
  if (!is_of_handoff(event)) return;
  session_.accepted = false;
  session_.person = 0;
  if (event.position == 0) return;
  const auto own = [this](program::SystemText text) {
    return program_.system_text(text, session_.language);
  };
  Message words;
  words.kind = Message::Kind::system;
  words.text = event.position == 1
                   ? own(program::SystemText::queue_next)
                   : own(program::SystemText::queue_place) + " " + std::to_string(event.position);
  if (event.wait_ms > 0) {
    words.text += "\n" + own(program::SystemText::queue_wait) + " ";
    show(value::Value(value::Duration{event.wait_ms}), words.text);
  }
  turn_.messages.push_back(std::move(words));
}

void Walk::handed_back(const Event& event) {
  if (!is_of_handoff(event)) return;
  session_.active_at = now_;
  const Position at = top().position;
  const program::Handoff& handoff = unit(at.unit).handoffs[code(at).c];
  branch(at.unit, handoff.outcomes, known_outcome(unit(at.unit), handoff, event.outcome), {});
  go(next_);
  if (session_.active() && session_.rest != Rest::handoff) {
    arm(TimerKind::session, program_.app().session_ends_ms);
  }
}

Turn turn(const program::Program& program, Session session, const Event& event, Tracing tracing) {
  Turn result;
  result.session = std::move(session);
  result.session.program = program.short_hash();
  // What a turn mostly needs, so that each list is allocated once.
  result.messages.reserve(2);
  result.timers.reserve(timer_kind_count);
  result.journal.reserve(6);
  if (tracing == Tracing::on) result.trace.entries.reserve(32);
  Walk(program, result, event.at, tracing == Tracing::on).handle(event);
  return result;
}

}  // namespace alur::machine
