// Agents come, go, are lost and are found again, and what that means for those they serve.
#include <algorithm>

#include "engine/desk/desk.hpp"

namespace alur::desk {

using Kind = Effect::Kind;

void Desk::on(const AgentSet& set) {
  if (set.agent == 0) return refuse(set.agent, 0, Refusal::unknown);
  const bool known = agents_.count(set.agent) > 0;
  if (!known && agents_.size() >= agents_max) return refuse(set.agent, 0, Refusal::full);
  Person& person = agents_[set.agent];
  person.is.id = set.agent;
  person.is.queues = set.queues;
  std::sort(person.is.queues.begin(), person.is.queues.end());
  person.is.queues.erase(std::unique(person.is.queues.begin(), person.is.queues.end()),
                         person.is.queues.end());
  person.is.queues.resize(std::min(person.is.queues.size(), skills_max));
  person.is.capacity = std::max(set.capacity, 0);
  person.is.supervisor = set.supervisor;
  touch(person);
}

void Desk::on(const AgentRemoved& removed) {
  const auto found = agents_.find(removed.agent);
  if (found == agents_.end()) return;
  Person& person = found->second;
  person.is.presence = Presence::offline;
  withdraw_offers(person, Ended::lost);
  return_awaiting(person, true, Ended::lost);
  agents_.erase(found);
  changed_.insert({Row::Kind::agent, removed.agent});
}

void Desk::on(const PresenceSet& set) {
  const auto found = agents_.find(set.agent);
  if (found == agents_.end()) return refuse(set.agent, 0, Refusal::unknown);
  Person& person = found->second;
  person.is.presence = set.presence;
  person.is.reason = set.presence == Presence::away ? set.reason : 0;
  person.is.lost_at.reset();
  person.is.missed = 0;
  touch(person);
  if (set.presence == Presence::offline) {
    go_offline(person);
  } else if (set.presence == Presence::away) {
    withdraw_offers(person, Ended::away);
  }
}

void Desk::on(const Restarted&) {
  for (auto& [id, person] : agents_) {
    if (person.is.presence == Presence::offline) continue;
    person.is.lost_at = counts_.now;
    touch(person);
    withdraw_offers(person, Ended::lost);
  }
}

void Desk::on(const ConnectionLost& lost) {
  const auto found = agents_.find(lost.agent);
  if (found == agents_.end() || found->second.is.lost_at) return;
  if (found->second.is.presence == Presence::offline) return;
  found->second.is.lost_at = counts_.now;
  touch(found->second);
}

void Desk::on(const ConnectionBack& back) {
  const auto found = agents_.find(back.agent);
  if (found == agents_.end()) return refuse(back.agent, 0, Refusal::unknown);
  found->second.is.lost_at.reset();
  touch(found->second);
}

void Desk::go_offline(Person& person) {
  person.is.presence = Presence::offline;
  person.is.reason = 0;
  person.is.lost_at.reset();
  touch(person);
  withdraw_offers(person, Ended::lost);
  return_awaiting(person, false, Ended::lost);
}

void Desk::withdraw_offers(Person& person, Ended why) {
  const std::set<Citizen> has = person.has;
  for (const Citizen citizen : has) withdraw(conversations_.at(citizen), why);
}

// Those who await an answer, or all, go back to their queues.
void Desk::return_awaiting(Person& person, bool all, Ended why) {
  const std::set<Citizen> has = person.has;
  for (const Citizen citizen : has) {
    Entry& entry = conversations_.at(citizen);
    if (entry.is.owner != Owner::agent || (entry.is.awaited && !all)) continue;
    Effect& taken = effect(Kind::taken, entry.is);
    taken.agent = person.is.id;
    taken.why = why;
    enqueue(entry);
  }
}

}  // namespace alur::desk
