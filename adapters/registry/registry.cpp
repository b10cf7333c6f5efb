#include "adapters/registry/registry.hpp"

#include <algorithm>
#include <cassert>

namespace alur::registry {

Registry::Registry(SnapshotRef lists, RegistrySettings settings) : settings_(std::move(settings)) {
  assert(lists);
  snapshots_.push_back(std::move(lists));
}

void Registry::publish(SnapshotRef lists) {
  assert(lists);
  const std::scoped_lock lock(mutex_);
  snapshots_.push_back(std::move(lists));
  if (snapshots_.size() <= settings_.snapshots_max) return;
  const SnapshotRef oldest = std::move(snapshots_.front());
  snapshots_.erase(snapshots_.begin());
  for (auto& [conversation, pin] : pins_) {
    if (pin.lists == oldest) pin.lists = snapshots_.back();
  }
}

SnapshotRef Registry::current() const {
  const std::scoped_lock lock(mutex_);
  return snapshots_.back();
}

SnapshotRef Registry::pinned(std::string_view conversation, value::Instant now) {
  const std::scoped_lock lock(mutex_);
  if (conversation.empty()) return snapshots_.back();
  const auto found = pins_.find(conversation);
  if (found != pins_.end() && now - found->second.used <= settings_.pin_idle_max) {
    found->second.used = std::max(found->second.used, now);
    return found->second.lists;
  }
  if (found == pins_.end() && pins_.size() >= settings_.pins_max) drop_idle(now);
  pins_.insert_or_assign(std::string(conversation), Pin{snapshots_.back(), now});
  return snapshots_.back();
}

// Those that ended; where none has, the one that has been silent longest.
void Registry::drop_idle(value::Instant now) {
  std::erase_if(
      pins_, [&](const auto& entry) { return now - entry.second.used > settings_.pin_idle_max; });
  if (pins_.size() < settings_.pins_max) return;
  pins_.erase(std::min_element(pins_.begin(), pins_.end(), [](const auto& a, const auto& b) {
    return a.second.used < b.second.used;
  }));
}

void Registry::end(std::string_view conversation) {
  const std::scoped_lock lock(mutex_);
  const auto found = pins_.find(conversation);
  if (found != pins_.end()) pins_.erase(found);
}

ServiceAnswer Registry::lookup(const RegistryCall& call, std::string_view name) {
  const SnapshotRef lists = pinned(call.conversation, call.now);
  return told(call, *lists, name, false, look_up(*lists, name, call.today));
}

ServiceAnswer Registry::confirm(const RegistryCall& call, std::string_view key,
                                std::string_view typed) {
  const SnapshotRef lists = pinned(call.conversation, call.now);
  return told(call, *lists, typed, true, registry::confirm(*lists, key, call.today));
}

ServiceAnswer Registry::told(const RegistryCall& call, const Snapshot& lists,
                             std::string_view typed, bool confirmed, const Answer& answer) {
  AuditEntry entry = to_audit_entry(lists, typed, answer);
  entry.at = call.now;
  entry.citizen = MaskedCitizen(call.citizen);
  entry.confirmed = confirmed;
  if (!confirmed && !entry.form.empty()) {
    asked_.count(entry.form);
    if (is_unanswered(answer.outcome)) unanswered_.count(entry.form);
  }
  if (settings_.audit) settings_.audit(entry);
  return to_service_answer(call.service, lists, answer);
}

}  // namespace alur::registry
