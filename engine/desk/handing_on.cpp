// What agents and supervisors do with a conversation. Whatever they saw an older epoch of is
// refused: somebody else was faster.
#include <algorithm>

#include "engine/desk/desk.hpp"
#include "engine/value/text.hpp"

namespace alur::desk {

using Kind = Effect::Kind;
using value::Duration;

Desk::Entry* Desk::owned(AgentId agent, Citizen citizen, Epoch epoch) {
  const auto found = conversations_.find(citizen);
  const auto refused = [&]() -> std::optional<Refusal> {
    if (found == conversations_.end() || agents_.count(agent) == 0) return Refusal::unknown;
    const Conversation& is = found->second.is;
    if (is.epoch != epoch) return Refusal::stale;
    if (is.owner != Owner::agent || is.agent != agent) return Refusal::not_owner;
    return std::nullopt;
  }();
  if (!refused) return &found->second;
  refuse(agent, citizen, *refused);
  return nullptr;
}

Desk::Entry* Desk::offered(AgentId agent, Citizen citizen, Epoch epoch) {
  const auto found = conversations_.find(citizen);
  const auto refused = [&]() -> std::optional<Refusal> {
    if (found == conversations_.end() || agents_.count(agent) == 0) return Refusal::unknown;
    const Conversation& is = found->second.is;
    if (is.epoch != epoch) return Refusal::stale;
    if (is.owner != Owner::queue || is.agent != agent) return Refusal::not_offered;
    return std::nullopt;
  }();
  if (!refused) return &found->second;
  refuse(agent, citizen, *refused);
  return nullptr;
}

// --- offers

void Desk::offer(Entry& entry, Person& person) {
  Conversation& is = entry.is;
  is.agent = person.is.id;
  is.offered_until = counts_.now + Duration{settings_.offer_ms};
  person.is.assigned = ++counts_.assigned;
  touch(person);
  touch(entry);
  Effect& made = effect(Kind::offered, is);
  made.agent = is.agent;
  made.at = is.offered_until;
  made.load = person.load.units;
}

// Back to where it waited; without an offer nothing happens.
void Desk::withdraw(Entry& entry, Ended why) {
  Conversation& is = entry.is;
  if (is.owner != Owner::queue || is.agent == 0) return;
  Effect& made = effect(Kind::withdrawn, is);
  made.agent = is.agent;
  made.why = why;
  is.agent = 0;
  is.offered_until.reset();
  touch(entry);
}

void Desk::own(Entry& entry, Person& person) {
  Conversation& is = entry.is;
  note_departure(is.queue);
  is.epoch = is.owned_since = ++counts_.epoch;
  is.owner = Owner::agent;
  is.agent = person.is.id;
  is.offered_until.reset();
  is.for_supervisor = false;
  is.passed_over = 0;
  is.pauses.clear();
  touch(entry);
  Effect& made = effect(Kind::accepted, is);
  made.agent = is.agent;
  made.load = person.load.units;
}

// The agent is not offered it again for a while.
void Desk::pause(Conversation& conversation, AgentId agent) {
  std::vector<Pause>& pauses = conversation.pauses;
  std::erase_if(pauses, [&](const Pause& one) { return one.agent == agent; });
  if (pauses.size() == declined_max) pauses.erase(pauses.begin());
  pauses.push_back({agent, counts_.now + Duration{settings_.decline_pause_ms}});
}

void Desk::on(const Accepted& accepted) {
  Entry* entry = offered(accepted.agent, accepted.citizen, accepted.epoch);
  if (!entry) return;
  Person& person = agents_.at(accepted.agent);
  person.is.missed = 0;
  touch(person);
  own(*entry, person);
}

void Desk::on(const Declined& declined) {
  Entry* entry = offered(declined.agent, declined.citizen, declined.epoch);
  if (!entry) return;
  agents_.at(declined.agent).is.missed = 0;
  touch(agents_.at(declined.agent));
  pause(entry->is, declined.agent);
  withdraw(*entry, Ended::declined);
}

// --- conversations

void Desk::on(const AgentWrote& wrote) {
  Entry* entry = owned(wrote.agent, wrote.citizen, wrote.epoch);
  if (!entry) return;
  Conversation& is = entry->is;
  stop(is, Service::first_reply);
  is.clock(Service::first_reply).done = true;
  stop(is, Service::next_reply);
  is.clock(Service::next_reply) = {};
  stop(is, Service::resolution);
  if (!is.awaited) is.said_at = counts_.now;
  is.awaited = true;
  touch(*entry);
}

std::optional<Refusal> Desk::refusal_of(const Transferred& transferred) const {
  if (transferred.to_agent != 0) {
    const bool known = agents_.count(transferred.to_agent) > 0;
    if (!known || transferred.to_agent == transferred.agent) return Refusal::unknown;
    return std::nullopt;
  }
  if (transferred.to_queue == 0) {
    return supervisor_on_duty() ? std::nullopt : std::optional(Refusal::nobody);
  }
  const bool known =
      std::any_of(settings_.queues.begin(), settings_.queues.end(),
                  [&](const QueueSettings& one) { return one.key == transferred.to_queue; });
  if (!known) return Refusal::unknown;
  if (!is_open(transferred.to_queue)) return Refusal::closed;
  const bool full = waiting(transferred.to_queue) >= queue(transferred.to_queue).waiting_max;
  return full ? std::optional(Refusal::full) : std::nullopt;
}

// An agent without room: it waits in its queue, for whoever is free first.
void Desk::on(const Transferred& transferred) {
  Entry* entry = owned(transferred.agent, transferred.citizen, transferred.epoch);
  if (!entry) return;
  if (const auto refusal = refusal_of(transferred)) {
    return refuse(transferred.agent, transferred.citizen, *refusal);
  }
  Conversation& is = entry->is;
  is.note = value::grapheme_prefix(transferred.note, note_length_max);
  is.for_supervisor = transferred.to_agent == 0 && transferred.to_queue == 0;
  Effect& taken = effect(Kind::taken, is);
  taken.agent = transferred.agent;
  taken.why = Ended::handed_on;
  if (transferred.to_queue != 0 && transferred.to_queue != is.queue) {
    count_in(is, transferred.to_queue);
  }
  pause(is, transferred.agent);
  enqueue(*entry);
  if (transferred.to_agent == 0) return;
  Person& target = agents_.at(transferred.to_agent);
  if (target.is.takes_more() && has_room(target, weight(is))) offer(*entry, target);
}

void Desk::on(const Returned& returned) {
  Entry* entry = owned(returned.agent, returned.citizen, returned.epoch);
  if (entry) give_back(*entry, Outcome::closed, returned.state, 0);
}

void Desk::on(const Closed& closed) {
  Entry* entry = owned(closed.agent, closed.citizen, closed.epoch);
  if (!entry) return;
  const std::vector<NameKey>& codes = settings_.codes;
  const bool known =
      codes.empty() || std::find(codes.begin(), codes.end(), closed.code) != codes.end();
  if (closed.code == 0 || !known) return refuse(closed.agent, closed.citizen, Refusal::no_code);
  give_back(*entry, Outcome::closed, 0, closed.code);
}

// --- supervisors

std::optional<Refusal> Desk::refusal_of(const Assigned& assigned) const {
  const Agent* by = find_agent(assigned.by);
  if (!by || !by->supervisor) return Refusal::not_allowed;
  const Conversation* is = find(assigned.citizen);
  const auto target = agents_.find(assigned.to_agent);
  if (!is || target == agents_.end()) return Refusal::unknown;
  if (is->epoch != assigned.epoch) return Refusal::stale;
  if (is->owner == Owner::bot) return Refusal::not_owner;
  const Person& person = target->second;
  if (person.is.presence == Presence::offline || person.is.lost_at) return Refusal::nobody;
  if (is->agent == assigned.to_agent) return std::nullopt;  // what is offered counts already
  if (person.load.open >= settings_.open_max) return Refusal::full;
  if (!has_room(person, weight(*is)) && !assigned.overfill) return Refusal::full;
  return std::nullopt;
}

void Desk::on(const Assigned& assigned) {
  if (const auto refusal = refusal_of(assigned)) {
    return refuse(assigned.by, assigned.citizen, *refusal);
  }
  Entry& entry = conversations_.at(assigned.citizen);
  Person& person = agents_.at(assigned.to_agent);
  const bool fits = entry.is.agent == assigned.to_agent || has_room(person, weight(entry.is));
  if (entry.is.owner == Owner::agent) {
    if (entry.is.agent == assigned.to_agent) return;
    Effect& taken = effect(Kind::taken, entry.is);
    taken.agent = entry.is.agent;
    taken.why = Ended::handed_on;
  } else if (entry.is.agent != assigned.to_agent) {
    withdraw(entry, Ended::handed_on);
  }
  person.is.assigned = ++counts_.assigned;
  touch(person);
  own(entry, person);
  if (fits) return;
  Effect& over = effect(Kind::overfilled, entry.is);
  over.agent = assigned.to_agent;
  over.by = assigned.by;
  over.load = person.load.units;
}

}  // namespace alur::desk
