#include "tools/replay/desk_twin.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "dsl/finding/near_miss.hpp"
#include "engine/desk/app_settings.hpp"
#include "engine/runtime/desk_events.hpp"
#include "engine/runtime/window_fault.hpp"

namespace alur::tools {

using desk::AgentId;
using desk::Citizen;
using desk::Effect;
using desk::Owner;
using dsl::AgentActs;
using value::Instant;

namespace {

constexpr Citizen the_citizen = 1;

bool is_other(Citizen citizen) {
  return citizen > the_citizen;
}

desk::Presence presence_of(std::string_view word) {
  for (const auto one : {desk::Presence::online, desk::Presence::busy, desk::Presence::away}) {
    if (desk::to_text(one) == word) return one;
  }
  return desk::Presence::offline;
}

template <class Why>
Denial denial_of(const AgentActs& acts, Why why) {
  return {std::string(to_word(why)),
          fmt::format("{} cannot do that: {}", acts.agent.text, to_text(why))};
}

std::string missing_words(std::string_view what, const std::string& name,
                          const std::vector<std::string>& names) {
  std::string words = fmt::format("the app has no {} `{}`", what, name);
  if (const auto near = dsl::near_miss(name, names)) words += "; " + dsl::did_you_mean(*near);
  return words;
}

}  // namespace

DeskTwin::DeskTwin(std::shared_ptr<const program::Program> program, program::Index channel)
    : program_(std::move(program)), channel_(channel), desk_(desk::settings_of(program_->app())) {}

template <class What>
std::optional<desk::Refusal> DeskTwin::apply(What what, Instant now) {
  std::optional<desk::Refusal> refusal;
  for (const Effect& effect : desk_.apply({now, std::move(what)})) {
    const bool own = effect.citizen == the_citizen;
    if (effect.kind == Effect::Kind::refused) {
      refusal = effect.refusal;
    } else if (effect.kind == Effect::Kind::offered && is_other(effect.citizen)) {
      apply(desk::Accepted{effect.agent, effect.citizen, effect.epoch}, now);
    } else if (own && effect.kind == Effect::Kind::queued) {
      queued_ = runtime::queued_event(effect.serial, effect.position, effect.wait_ms, now);
    }
  }
  return refusal;
}

desk::NameKey DeskTwin::channel_key() const {
  return value::name_key(program_->app().channels[channel_]);
}

void DeskTwin::wake(Instant now) {
  apply(desk::Ticked{}, now);
}

void DeskTwin::take(const machine::DeskRequest& request, Instant now) {
  using Kind = machine::DeskRequest::Kind;
  switch (request.kind) {
    case Kind::request: {
      const desk::NameKey queue = program_->app().queues[request.queue].key;
      apply(desk::Handed{the_citizen, request.serial, queue, channel_key()}, now);
      break;
    }
    case Kind::forward:
      apply(desk::CitizenWrote{the_citizen}, now);
      break;
    case Kind::cancel:
      apply(desk::Left{the_citizen, request.serial}, now);
      break;
  }
}

std::optional<Denial> DeskTwin::act(const AgentActs& acts, const machine::Session& session,
                                    Instant now) {
  Denial missing;
  for (const dsl::ast::Name& queue : acts.queues) {
    if (!has_queue(queue.text, missing.why)) return missing;
  }
  if (acts.kind == AgentActs::Kind::comes_online) {
    come(acts, now);
    return std::nullopt;
  }
  const auto agent = agents_.find(acts.agent.text);
  if (agent == agents_.end()) {
    missing.why = fmt::format("{} has not come online yet", acts.agent.text);
    return missing;
  }
  if (auto denial = unsayable(acts, session, now)) return denial;
  const auto refusal = deed(acts, agent->second, now);
  if (!refusal) return std::nullopt;
  return denial_of(acts, *refusal);
}

// What the service looks at before it asks its desk, in the same order.
std::optional<Denial> DeskTwin::unsayable(const AgentActs& acts, const machine::Session& session,
                                          Instant now) const {
  const bool is_template = acts.kind == AgentActs::Kind::sends_template;
  if (!is_template && acts.kind != AgentActs::Kind::says) return std::nullopt;
  const program::App& app = program_->app();
  std::vector<std::string> names;
  for (const program::Template& approved : app.templates) names.push_back(approved.name);
  const std::string& name = acts.object.text;
  if (is_template && std::find(names.begin(), names.end(), name) == names.end()) {
    return Denial{"no_template", missing_words("template", name, names)};
  }
  const program::Channel* known = program::find_channel(app.channels[channel_]);
  const auto fault = runtime::window_fault(is_template, session.wrote_at.milliseconds,
                                           known ? *known : program::Channel{}, now);
  if (!fault) return std::nullopt;
  return denial_of(acts, *fault);
}

std::optional<desk::Refusal> DeskTwin::deed(const AgentActs& acts, AgentId agent, Instant now) {
  const desk::Conversation* is = desk_.find(the_citizen);
  const desk::Epoch epoch = is ? is->epoch : 0;
  switch (acts.kind) {
    case AgentActs::Kind::comes_online:
      break;
    case AgentActs::Kind::is:
      return apply(desk::PresenceSet{agent, presence_of(acts.object.text), 0}, now);
    case AgentActs::Kind::is_lost:
      return apply(desk::ConnectionLost{agent}, now);
    case AgentActs::Kind::is_back:
      return apply(desk::ConnectionBack{agent}, now);
    case AgentActs::Kind::accepts:
      return apply(desk::Accepted{agent, the_citizen, epoch}, now);
    case AgentActs::Kind::declines:
      return apply(desk::Declined{agent, the_citizen, epoch}, now);
    case AgentActs::Kind::says:
    case AgentActs::Kind::sends_template:
      return apply(desk::AgentWrote{agent, the_citizen, epoch}, now);
    case AgentActs::Kind::transfers:
      return transfer(acts, agent, now);
    case AgentActs::Kind::returns:
      return apply(desk::Returned{agent, the_citizen, epoch,
                                  acts.object.empty() ? 0 : runtime::return_key(acts.object.text)},
                   now);
    case AgentActs::Kind::closes:
      return apply(desk::Closed{agent, the_citizen, epoch, value::name_key(acts.object.text)}, now);
  }
  return std::nullopt;
}

// An agent's name goes before a queue's.
std::optional<desk::Refusal> DeskTwin::transfer(const AgentActs& acts, AgentId agent, Instant now) {
  const desk::Conversation* is = desk_.find(the_citizen);
  desk::Transferred to{agent, the_citizen, is ? is->epoch : 0, 0, 0, acts.note};
  const auto target = agents_.find(acts.object.text);
  if (target != agents_.end()) {
    to.to_agent = target->second;
  } else if (acts.object.text != "supervisor") {
    to.to_queue = value::name_key(acts.object.text);
  }
  return apply(std::move(to), now);
}

void DeskTwin::come(const AgentActs& acts, Instant now) {
  const auto known = agents_.try_emplace(acts.agent.text, static_cast<AgentId>(agents_.size() + 1));
  const AgentId agent = known.first->second;
  desk::AgentSet set{
      agent, {}, static_cast<desk::Units>(acts.units) * desk::one_unit, acts.supervisor};
  for (const dsl::ast::Name& queue : acts.queues) {
    set.queues.push_back(value::name_key(queue.text));
  }
  if (acts.queues.empty() && !acts.supervisor) {
    for (const program::Queue& queue : program_->app().queues) set.queues.push_back(queue.key);
  }
  apply(std::move(set), now);
  apply(desk::PresenceSet{agent, desk::Presence::online, 0}, now);
}

bool DeskTwin::act(const dsl::OthersWait& others, Instant now, std::string& why) {
  if (!has_queue(others.queue.text, why)) return false;
  for (std::int64_t i = 0; i < others.count; ++i) {
    const Citizen other = the_citizen + ++others_;
    apply(desk::Handed{other, 1, value::name_key(others.queue.text), channel_key()}, now);
  }
  return true;
}

bool DeskTwin::has_queue(const std::string& name, std::string& why) const {
  std::vector<std::string> names;
  for (const program::Queue& queue : program_->app().queues) names.push_back(queue.name);
  if (std::find(names.begin(), names.end(), name) != names.end()) return true;
  why = missing_words("queue", name, names);
  return false;
}

// As the runtime has it: where the citizen stands, unless more has happened at once.
std::optional<machine::Event> DeskTwin::take_event(const machine::Session& session, Instant now) {
  const auto queued = std::exchange(queued_, std::nullopt);
  auto due = runtime::due_event(desk_, the_citizen, session, now, [this](AgentId agent) {
    const auto named = std::find_if(agents_.begin(), agents_.end(),
                                    [&](const auto& one) { return one.second == agent; });
    return named == agents_.end() ? std::string() : named->first;
  });
  if (due) return due;
  const bool waits = session.rest == machine::Rest::handoff;
  return queued && waits && queued->serial == session.serial ? queued : std::nullopt;
}

// --- what is

std::string DeskTwin::owner() const {
  const desk::Conversation* is = desk_.find(the_citizen);
  if (!is || is->owner == Owner::bot) return "bot";
  if (is->owner == Owner::queue) return "queue";
  const auto agent = std::find_if(agents_.begin(), agents_.end(),
                                  [&](const auto& one) { return one.second == is->agent; });
  return agent->first;
}

std::optional<std::string> DeskTwin::queue() const {
  const desk::Conversation* is = desk_.find(the_citizen);
  if (!is || is->owner != Owner::queue) return std::nullopt;
  for (const program::Queue& queue : program_->app().queues) {
    if (queue.key == is->queue) return queue.name;
  }
  return std::nullopt;
}

std::size_t DeskTwin::position(Instant now) const {
  const desk::Conversation* is = desk_.find(the_citizen);
  return is ? desk_.standing(*is, now).position : 0;
}

std::optional<desk::Units> DeskTwin::load(const std::string& agent) const {
  const auto found = agents_.find(agent);
  if (found == agents_.end()) return std::nullopt;
  return desk_.load(found->second).units;
}

}  // namespace alur::tools
