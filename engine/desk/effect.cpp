// The words of effects.
#include "engine/desk/effect.hpp"

#include <fmt/format.h>

#include "engine/desk/conversation.hpp"

namespace alur::desk {

std::string_view to_text(Outcome outcome) {
  switch (outcome) {
    case Outcome::closed:
      return "closed";
    case Outcome::left:
      return "left";
    case Outcome::no_agent:
      return "no_agent";
    case Outcome::out_of_hours:
      return "out_of_hours";
    case Outcome::timed_out:
      return "timed_out";
  }
  return "?";
}

std::string_view to_text(Service service) {
  switch (service) {
    case Service::first_reply:
      return "first reply";
    case Service::next_reply:
      return "next reply";
    case Service::resolution:
      return "resolution";
  }
  return "?";
}

std::string_view to_word(Refusal refusal) {
  switch (refusal) {
    case Refusal::unknown:
      return "unknown";
    case Refusal::stale:
      return "stale";
    case Refusal::not_owner:
      return "not_owner";
    case Refusal::not_offered:
      return "not_offered";
    case Refusal::no_code:
      return "no_code";
    case Refusal::closed:
      return "closed";
    case Refusal::full:
      return "full";
    case Refusal::not_allowed:
      return "not_allowed";
    case Refusal::nobody:
      return "nobody";
  }
  return "unknown";
}

std::string_view to_text(Refusal refusal) {
  switch (refusal) {
    case Refusal::unknown:
      return "there is no such conversation or agent";
    case Refusal::stale:
      return "somebody else has it by now";
    case Refusal::not_owner:
      return "it is not theirs";
    case Refusal::not_offered:
      return "it is not offered to them";
    case Refusal::no_code:
      return "there is no such wrap-up code";
    case Refusal::closed:
      return "that queue is closed";
    case Refusal::full:
      return "there is no room for it";
    case Refusal::not_allowed:
      return "only a supervisor may";
    case Refusal::nobody:
      return "nobody is on duty there";
  }
  return "?";
}

std::string_view to_text(Ended why) {
  switch (why) {
    case Ended::declined:
      return "declined";
    case Ended::missed:
      return "not answered";
    case Ended::away:
      return "gone away";
    case Ended::lost:
      return "connection lost";
    case Ended::gone:
      return "no longer wanted";
    case Ended::handed_on:
      return "handed on";
  }
  return "?";
}

std::string_view to_text(Presence presence) {
  switch (presence) {
    case Presence::offline:
      return "offline";
    case Presence::online:
      return "online";
    case Presence::busy:
      return "busy";
    case Presence::away:
      return "away";
  }
  return "?";
}

std::string_view to_text(Owner owner) {
  switch (owner) {
    case Owner::bot:
      return "bot";
    case Owner::queue:
      return "queue";
    case Owner::agent:
      return "agent";
  }
  return "?";
}

namespace {

std::string units_text(Units units) {
  return units % one_unit == 0 ? fmt::format("{}", units / one_unit)
                               : fmt::format("{}.{:02}", units / one_unit, units % one_unit);
}

std::string queued_text(const Effect& effect) {
  const std::string wait =
      effect.wait_ms ? fmt::format(", about {}", value::to_string(value::Duration{*effect.wait_ms}))
                     : std::string();
  return fmt::format("queued {}, position {}{}", effect.citizen, effect.position, wait);
}

}  // namespace

std::string to_text(const Effect& effect) {
  using Kind = Effect::Kind;
  switch (effect.kind) {
    case Kind::queued:
      return queued_text(effect);
    case Kind::offered:
      return fmt::format("offered {} to {}", effect.citizen, effect.agent);
    case Kind::withdrawn:
      return fmt::format("withdrawn {} from {}: {}", effect.citizen, effect.agent,
                         to_text(effect.why));
    case Kind::accepted:
      return fmt::format("accepted {} by {}", effect.citizen, effect.agent);
    case Kind::taken:
      return fmt::format("taken {} from {}: {}", effect.citizen, effect.agent, to_text(effect.why));
    case Kind::returned:
      return fmt::format("returned {}: {}", effect.citizen, to_text(effect.outcome));
    case Kind::refused:
      return fmt::format("refused {} on {}: {}", effect.agent, effect.citizen,
                         to_text(effect.refusal));
    case Kind::overloaded:
      return fmt::format("overloaded {}: {}", effect.agent, units_text(effect.load));
    case Kind::overfilled:
      return fmt::format("overfilled {} with {} by {}: {}", effect.agent, effect.citizen, effect.by,
                         units_text(effect.load));
    case Kind::breached:
      return fmt::format("breached {}: {}", effect.citizen, to_text(effect.service));
    case Kind::presence:
      return fmt::format("presence of {}: {}", effect.agent, to_text(effect.now));
  }
  return "?";
}

}  // namespace alur::desk
