// What comes of itself as time passes: offers run out, waits end, citizens fall silent, clocks are
// up, agents stay lost, what is over is forgotten.
#include <algorithm>
#include <cassert>

#include "engine/desk/desk.hpp"

namespace alur::desk {

using value::Duration;
using value::Instant;

// The earliest of what may be due for a conversation. Whatever is named here run_due() does away
// with once its time has come.
std::optional<std::int64_t> Desk::due_of(const Conversation& is) const {
  std::optional<std::int64_t> due;
  const auto sooner = [&](Instant at) {
    due = due ? std::min(*due, at.milliseconds) : at.milliseconds;
  };
  for (const Clock& clock : is.clocks) {
    if (clock.due) sooner(*clock.due);
  }
  if (is.owner == Owner::bot) sooner(is.closed_at + Duration{settings_.reopen_ms});
  if (is.offered_until) sooner(*is.offered_until);
  if (is.waits()) {
    const std::int64_t wait_ms = queue(is.queue).wait_ms_max;
    if (wait_ms > 0) sooner(is.queued_at + Duration{wait_ms});
    for (const Pause& pause : is.pauses) sooner(pause.until);
  }
  if (falls_silent(is)) sooner(is.said_at + Duration{settings_.silent_after_ms});
  return due;
}

bool Desk::falls_silent(const Conversation& is) const {
  if (is.owner != Owner::agent || !is.awaited || is.silent) return false;
  const auto& weights = settings_.weights;
  return std::none_of(weights.begin(), weights.end(), [&](const ChannelWeight& known) {
    return known.channel == is.channel && !known.falls_silent;
  });
}

std::optional<Instant> Desk::next_due() const {
  std::optional<std::int64_t> next;
  const auto sooner = [&](std::int64_t at) { next = next ? std::min(*next, at) : at; };
  if (!due_.empty()) sooner(due_.begin()->first);
  for (const auto& [id, person] : agents_) {
    if (person.is.lost_at) sooner(person.is.lost_at->milliseconds + settings_.grace_ms);
  }
  for (const auto& [key, line] : lines_) {
    if (const auto at = line_due(line)) sooner(*at);
  }
  if (!next) return std::nullopt;
  return Instant{std::max(*next, counts_.now.milliseconds)};
}

void Desk::run_due(Instant until) {
  std::size_t at_once = 0;
  for (;;) {
    const auto next = next_due();
    if (!next || *next > until) return;
    // What is due is done with when its time has come; else this would never end.
    at_once = *next == counts_.now ? at_once + 1 : 0;
    assert(at_once <= 4 * (conversations_.size() + agents_.size() + lines_.size()) + 16);
    counts_.now = *next;
    while (!due_.empty() && due_.begin()->first <= next->milliseconds) {
      run_due(conversations_.at(due_.begin()->second));
    }
    for (auto& [id, person] : agents_) {
      if (!person.is.lost_at) continue;
      if (*person.is.lost_at + Duration{settings_.grace_ms} <= *next) lose(person);
    }
    check_lines();
    assign();
  }
}

void Desk::run_due(Entry& entry) {
  Conversation& is = entry.is;
  const Instant now = counts_.now;
  if (is.owner == Owner::bot) {
    const Citizen citizen = is.citizen;
    unlist(entry);
    conversations_.erase(citizen);
    changed_.insert({Row::Kind::conversation, citizen});
    return;
  }
  check_clocks(is);
  if (is.offered_until && *is.offered_until <= now) miss(entry);
  std::erase_if(is.pauses, [&](const Pause& pause) { return pause.until <= now; });
  const std::int64_t wait_ms = queue(is.queue).wait_ms_max;
  if (is.waits() && wait_ms > 0 && is.queued_at + Duration{wait_ms} <= now) {
    return give_back(entry, Outcome::timed_out, 0, 0);
  }
  if (falls_silent(is) && is.said_at + Duration{settings_.silent_after_ms} <= now) {
    is.silent = true;
  }
  touch(entry);
}

// The agent did not answer an offer. Twice in a row: they are not there.
void Desk::miss(Entry& entry) {
  Person& person = agents_.at(entry.is.agent);
  ++person.is.missed;
  pause(entry.is, person.is.id);
  withdraw(entry, Ended::missed);
  if (person.is.missed >= settings_.offers_missed_max && person.is.takes_more()) {
    person.is.presence = Presence::away;
    person.is.missed = 0;
    tell_presence(person);
    withdraw_offers(person, Ended::away);
  }
  touch(person);
}

void Desk::lose(Person& person) {
  go_offline(person);
  tell_presence(person);
}

void Desk::tell_presence(const Person& person) {
  Effect& made = effects_.emplace_back();
  made.kind = Effect::Kind::presence;
  made.agent = person.is.id;
  made.now = person.is.presence;
}

}  // namespace alur::desk
