// What everything else at a desk stands on: one event after another, the lists that are made again
// from the state, and what may be asked.
#include "engine/desk/desk.hpp"

#include <algorithm>
#include <cassert>

namespace alur::desk {

using value::Instant;

bool Agent::serves(NameKey queue) const {
  return std::binary_search(queues.begin(), queues.end(), queue);
}

Desk::Desk(Settings settings) : settings_(std::move(settings)) {}

void Desk::set_settings(Settings settings) {
  settings_ = std::move(settings);
  for (auto& [citizen, entry] : conversations_) {
    unlist(entry);
    list(entry);
  }
}

Effects Desk::apply(const Event& event) {
  effects_.clear();
  const Instant at = std::max(event.at, counts_.now);
  changed_.insert({Row::Kind::counts, 0});
  // While it was away no time has passed for it.
  const bool restarted = std::holds_alternative<Restarted>(event.what);
  if (!restarted) run_due(at);
  counts_.now = at;
  std::visit([this](const auto& what) { on(what); }, event.what);
  if (restarted) run_due(at);
  check_lines();
  assign();
  return std::move(effects_);
}

// --- the lists

void Desk::unlist(Entry& entry) {
  const Citizen citizen = entry.is.citizen;
  const Indexed at = std::exchange(entry.at, {});
  if (at.waits) {
    waiting_[at.line].erase(at.place);
    if (at.first) first_.erase(at.place);
    --waiting_count_;
  }
  if (at.due) due_.erase({*at.due, citizen});
  if (at.closed) at_bot_.erase({*at.closed, citizen});
  if (at.agent != 0) {
    agents_.at(at.agent).has.erase(citizen);
    recount(at.agent);
  }
}

void Desk::list(Entry& entry) {
  const Conversation& is = entry.is;
  Indexed& at = entry.at;
  at.waits = is.waits();
  at.first = is.passed_over >= settings_.passed_over_max;
  at.line = line_of(is);
  at.place = is.place;
  at.agent = is.agent;
  at.due = due_of(is);
  if (is.owner == Owner::bot) at.closed = is.closed_at.milliseconds;
  if (at.waits) {
    waiting_[at.line].emplace(at.place, is.citizen);
    if (at.first) first_.emplace(at.place, is.citizen);
    ++waiting_count_;
    if (lines_.try_emplace(at.line, Line{at.line, {}, {}}).second) {
      changed_.insert({Row::Kind::line, at.line});
    }
  }
  if (at.due) due_.emplace(*at.due, is.citizen);
  if (at.closed) at_bot_.emplace(*at.closed, is.citizen);
  if (at.agent != 0) {
    agents_.at(at.agent).has.insert(is.citizen);
    recount(at.agent);
  }
}

// After whatever has changed in it.
void Desk::touch(Entry& entry) {
  unlist(entry);
  list(entry);
  changed_.insert({Row::Kind::conversation, entry.is.citizen});
}

void Desk::recount(AgentId agent) {
  Person& person = agents_.at(agent);
  person.load = {};
  for (const Citizen citizen : person.has) {
    person.load.units += weight(conversations_.at(citizen).is);
    ++person.load.open;
  }
}

void Desk::touch(Person& person) {
  changed_.insert({Row::Kind::agent, person.is.id});
}

Effect& Desk::effect(Effect::Kind kind, const Conversation& conversation) {
  Effect& made = effects_.emplace_back();
  made.kind = kind;
  made.citizen = conversation.citizen;
  made.epoch = conversation.epoch;
  made.serial = conversation.serial;
  made.queue = conversation.queue;
  return made;
}

void Desk::refuse(AgentId agent, Citizen citizen, Refusal refusal) {
  Effect& made = effects_.emplace_back();
  made.kind = Effect::Kind::refused;
  made.agent = agent;
  made.citizen = citizen;
  made.refusal = refusal;
}

// --- what may be asked

// A queue that is no longer there is served to its end, as one without hours and limits.
const QueueSettings& Desk::queue(NameKey key) const {
  static const QueueSettings gone;
  const auto found = std::find_if(settings_.queues.begin(), settings_.queues.end(),
                                  [&](const QueueSettings& known) { return known.key == key; });
  return found == settings_.queues.end() ? gone : *found;
}

bool Desk::is_open(NameKey key) const {
  const value::LocalTime local = settings_.zone.to_local(counts_.now);
  return queue(key).hours.is_open(local.date, local.time);
}

bool Desk::may_send(Citizen citizen, Epoch epoch, AgentId agent) const {
  const Conversation* conversation = find(citizen);
  if (!conversation) return agent == 0;
  const bool owned = conversation->owner == Owner::agent;
  const Epoch since = conversation->owned_since;
  if (agent == 0) return !owned && (since == 0 || epoch > since);
  return owned && agent == conversation->agent && epoch == conversation->epoch;
}

const Conversation* Desk::find(Citizen citizen) const {
  const auto found = conversations_.find(citizen);
  return found == conversations_.end() ? nullptr : &found->second.is;
}

const Agent* Desk::find_agent(AgentId agent) const {
  const auto found = agents_.find(agent);
  return found == agents_.end() ? nullptr : &found->second.is;
}

Load Desk::load(AgentId agent) const {
  const auto found = agents_.find(agent);
  return found == agents_.end() ? Load{} : found->second.load;
}

Units Desk::capacity(const Agent& agent) const {
  return agent.capacity > 0 ? agent.capacity : settings_.capacity;
}

Units Desk::weight(const Conversation& conversation) const {
  const auto found = std::find_if(
      settings_.weights.begin(), settings_.weights.end(),
      [&](const ChannelWeight& known) { return known.channel == conversation.channel; });
  const Units full = found == settings_.weights.end() ? one_unit : found->units;
  return conversation.silent ? full * settings_.silent_percent / 100 : full;
}

}  // namespace alur::desk
