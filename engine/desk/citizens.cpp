// What citizens do: come, leave, write. And how a conversation gets into a queue and back to the
// bot, whoever sends it there.
#include <algorithm>

#include "engine/desk/desk.hpp"

namespace alur::desk {

using Kind = Effect::Kind;
using value::Duration;
using value::Instant;

void Desk::on(const Handed& handed) {
  auto found = conversations_.find(handed.citizen);
  const bool known = found != conversations_.end();
  if (known && found->second.is.owner != Owner::bot) {
    if (found->second.is.serial == handed.serial) return;  // told twice
    // The machine has gone on without us: what it says now is what holds.
    Entry& entry = found->second;
    if (entry.is.owner == Owner::agent) {
      Effect& taken = effect(Kind::taken, entry.is);
      taken.agent = entry.is.agent;
      taken.why = Ended::gone;
    } else {
      withdraw(entry, Ended::gone);
    }
  }
  if (!known) forget_oldest();
  Entry& entry = conversations_[handed.citizen];
  Conversation& is = entry.is;
  is.again = known && is.closed_at + Duration{settings_.reopen_ms} > counts_.now;
  is.citizen = handed.citizen;
  is.serial = handed.serial;
  is.queue = handed.queue;
  is.channel = handed.channel;
  is.for_supervisor = false;
  is.note.clear();
  is.pauses.clear();
  is.clocks = {};
  const Instant since = counts_.now - Duration{settings_.bounces_within_ms};
  std::erase_if(is.handoffs, [&](Instant at) { return at <= since; });
  if (const auto outcome = refusal_of(is)) return give_back(entry, *outcome, 0, 0);
  is.handoffs.push_back(counts_.now);
  is.handed_at = counts_.now;
  is.place = ++counts_.place;
  start(is, Service::first_reply);
  enqueue(entry);
  const Standing stands = standing(is, counts_.now);
  Effect& queued = effect(Kind::queued, is);
  queued.position = stands.position;
  queued.wait_ms = stands.wait_ms;
}

std::optional<Outcome> Desk::refusal_of(const Conversation& conversation) const {
  if (!is_open(conversation.queue)) return Outcome::out_of_hours;
  const bool full = waiting(conversation.queue) >= queue(conversation.queue).waiting_max ||
                    waiting_count_ >= waiting_max;
  const bool bounces =
      conversation.handoffs.size() >= static_cast<std::size_t>(settings_.bounces_max);
  if (full || bounces) return Outcome::no_agent;
  return std::nullopt;
}

// Into its queue, at its place.
void Desk::enqueue(Entry& entry) {
  Conversation& is = entry.is;
  is.epoch = ++counts_.epoch;
  is.owner = Owner::queue;
  is.agent = 0;
  is.offered_until.reset();
  is.passed_over = 0;
  is.awaited = is.silent = false;
  is.queued_at = counts_.now;
  start(is, Service::resolution);
  touch(entry);
}

// Ends the handoff: the bot goes on.
void Desk::give_back(Entry& entry, Outcome outcome, NameKey state, NameKey code) {
  Conversation& is = entry.is;
  check_clocks(is);  // what is up at this very moment
  is.epoch = ++counts_.epoch;
  is.owner = Owner::bot;
  is.agent = 0;
  is.offered_until.reset();
  is.awaited = is.silent = false;
  is.closed_at = counts_.now;
  is.outcome = outcome;
  is.state = state;
  is.code = code;
  for (std::size_t i = 0; i < service_count; ++i) {
    stop(is, static_cast<Service>(i));
    is.clocks[i].done = true;
  }
  touch(entry);
  Effect& returned = effect(Kind::returned, is);
  returned.outcome = outcome;
  returned.state = state;
  returned.code = code;
}

void Desk::on(const Left& left) {
  const auto found = conversations_.find(left.citizen);
  if (found == conversations_.end() || found->second.is.owner == Owner::bot) return;
  Entry& entry = found->second;
  if (entry.is.serial != left.serial) return;
  // Somebody may have accepted it at the same moment: the citizen has left all the same.
  if (entry.is.owner == Owner::agent) {
    Effect& taken = effect(Kind::taken, entry.is);
    taken.agent = entry.is.agent;
    taken.why = Ended::gone;
  }
  withdraw(entry, Ended::gone);
  give_back(entry, Outcome::left, 0, 0);
}

void Desk::on(const CitizenWrote& wrote) {
  const auto found = conversations_.find(wrote.citizen);
  if (found == conversations_.end() || found->second.is.owner == Owner::bot) return;
  Entry& entry = found->second;
  Conversation& is = entry.is;
  const bool woke = is.silent;
  is.awaited = is.silent = false;
  start(is, Service::resolution);
  if (is.clock(Service::first_reply).done) start(is, Service::next_reply);
  touch(entry);
  if (is.owner != Owner::agent) return;
  Person& person = agents_.at(is.agent);
  if (woke && person.load.units > capacity(person.is)) {
    Effect& over = effect(Kind::overloaded, is);
    over.agent = is.agent;
    over.load = person.load.units;
  }
  if (person.is.presence == Presence::offline) return_awaiting(person, false, Ended::lost);
}

// Room for one more conversation, at the cost of the one that has been at the bot for longest.
void Desk::forget_oldest() {
  if (conversations_.size() < conversations_max || at_bot_.empty()) return;
  const Citizen citizen = at_bot_.begin()->second;
  unlist(conversations_.at(citizen));
  conversations_.erase(citizen);
  changed_.insert({Row::Kind::conversation, citizen});
}

}  // namespace alur::desk
