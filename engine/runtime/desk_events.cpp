#include "engine/runtime/desk_events.hpp"

#include "engine/program/return_outcome.hpp"

namespace alur::runtime {

using desk::Effect;
using desk::Owner;
using machine::Event;
using value::Instant;

value::NameKey return_key(std::string_view state) {
  return value::name_key(std::string(program::return_prefix) + std::string(state));
}

Event queued_event(std::uint32_t serial, std::size_t position, std::optional<std::int64_t> wait_ms,
                   Instant now) {
  Event event;
  event.kind = Event::Kind::handoff_queued;
  event.at = now;
  event.serial = serial;
  event.position = static_cast<std::uint32_t>(position);
  event.wait_ms = wait_ms.value_or(0);
  return event;
}

namespace {

Event ended_event(std::uint32_t serial, value::NameKey outcome, Instant now) {
  Event event;
  event.kind = Event::Kind::handoff_ended;
  event.at = now;
  event.serial = serial;
  event.outcome = outcome;
  return event;
}

}  // namespace

std::optional<Event> due_event(const desk::Desk& desk, desk::Citizen citizen,
                               const machine::Session& session, Instant now,
                               const NameOf& name_of) {
  if (session.rest != machine::Rest::handoff) return std::nullopt;
  const desk::Conversation* is = desk.find(citizen);
  if (!is || is->serial != session.serial) {
    return ended_event(session.serial, value::name_key("unavailable"), now);
  }
  switch (is->owner) {
    case Owner::bot: {
      const value::NameKey outcome =
          is->state != 0 ? is->state : value::name_key(desk::to_text(is->outcome));
      return ended_event(session.serial, outcome, now);
    }
    case Owner::queue: {
      if (!session.accepted) return std::nullopt;
      const desk::Standing stands = desk.standing(*is, now);
      return queued_event(session.serial, stands.position, stands.wait_ms, now);
    }
    case Owner::agent: {
      // Handed on from one person to the next, the citizen is told so, too.
      if (session.accepted && session.person == is->agent) return std::nullopt;
      Event event;
      event.kind = Event::Kind::handoff_accepted;
      event.at = now;
      event.serial = session.serial;
      event.person = is->agent;
      std::string name = name_of(is->agent);
      if (!name.empty()) event.payload = value::Value(std::move(name));
      return event;
    }
  }
  return std::nullopt;
}

std::optional<std::uint32_t> left_serial(const desk::Desk& desk, desk::Citizen citizen,
                                         const machine::Session* session) {
  const desk::Conversation* is = desk.find(citizen);
  if (!is || is->owner == Owner::bot) return std::nullopt;
  const bool waits = session && session->rest == machine::Rest::handoff;
  if (waits && session->serial == is->serial) return std::nullopt;
  return is->serial;
}

// --- marks

namespace {

DeskMark::Kind kind_of(desk::Outcome outcome) {
  switch (outcome) {
    case desk::Outcome::closed:
      return DeskMark::Kind::closed;
    case desk::Outcome::left:
      return DeskMark::Kind::left;
    case desk::Outcome::no_agent:
      return DeskMark::Kind::no_agent;
    case desk::Outcome::out_of_hours:
      return DeskMark::Kind::out_of_hours;
    case desk::Outcome::timed_out:
      return DeskMark::Kind::timed_out;
  }
  return DeskMark::Kind::closed;
}

// What brought an effect about, where it is an event of this kind and of the same citizen: others
// were only due at the same time.
template <class Cause>
const Cause* cause_of(const desk::What& what, const Effect& effect) {
  const Cause* cause = std::get_if<Cause>(&what);
  return cause && cause->citizen == effect.citizen ? cause : nullptr;
}

DeskMark returned_mark(const desk::What& what, const Effect& effect) {
  DeskMark mark;
  mark.kind = kind_of(effect.outcome);
  if (const auto* returned = cause_of<desk::Returned>(what, effect)) {
    mark.kind = DeskMark::Kind::returned;
    mark.by = returned->agent;
    mark.state = returned->state;
  } else if (const auto* closed = cause_of<desk::Closed>(what, effect)) {
    mark.by = closed->agent;
    mark.code = closed->code;
  }
  return mark;
}

std::optional<DeskMark> mark_of(const desk::What& what, const Effect& effect) {
  DeskMark mark;
  switch (effect.kind) {
    case Effect::Kind::queued:
      mark.kind = DeskMark::Kind::handed;
      mark.queue = effect.queue;
      return mark;
    case Effect::Kind::accepted:
      mark.kind = DeskMark::Kind::accepted;
      mark.by = effect.agent;
      if (const auto* assigned = cause_of<desk::Assigned>(what, effect)) {
        mark.kind = DeskMark::Kind::assigned;
        mark.by = assigned->by;
        mark.to = assigned->to_agent;
      }
      return mark;
    case Effect::Kind::taken:
      mark.kind = DeskMark::Kind::taken;
      mark.by = effect.agent;
      if (const auto* transferred = cause_of<desk::Transferred>(what, effect)) {
        mark.kind = DeskMark::Kind::transferred;
        mark.to = transferred->to_agent;
        mark.queue = transferred->to_queue;
        mark.note = transferred->note;
      } else if (effect.why != desk::Ended::lost) {
        return std::nullopt;  // what comes of it is told next
      }
      return mark;
    case Effect::Kind::returned:
      return returned_mark(what, effect);
    default:
      return std::nullopt;
  }
}

}  // namespace

std::optional<DeskMark> mark_of(const desk::Conversation& is, const Event& event) {
  DeskMark mark;
  mark.at = event.at;
  if (event.kind == Event::Kind::handoff_accepted) {
    mark.kind = DeskMark::Kind::accepted;
    mark.by = is.agent;
    return mark;
  }
  if (event.kind != Event::Kind::handoff_ended || is.owner != Owner::bot) return std::nullopt;
  mark.kind = is.state != 0 ? DeskMark::Kind::returned : kind_of(is.outcome);
  mark.state = is.state;
  mark.code = is.code;
  return mark;
}

std::vector<MarkOf> marks_of(const desk::What& what, const desk::Effects& effects, Instant now) {
  std::vector<MarkOf> marks;
  for (const Effect& effect : effects) {
    auto mark = mark_of(what, effect);
    if (!mark) continue;
    mark->at = now;
    marks.push_back({effect.citizen, std::move(*mark)});
  }
  return marks;
}

}  // namespace alur::runtime
