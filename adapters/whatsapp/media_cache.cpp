#include "adapters/whatsapp/media_cache.hpp"

#include <algorithm>

namespace alur::adapters {

MediaCache::Found MediaCache::find(const Key& key, std::int64_t now_ms, std::string& id,
                                   Waiter waiter) {
  const auto found = entries_.find(key);
  if (found != entries_.end() && (found->second.id.empty() || found->second.until > now_ms)) {
    if (found->second.id.empty()) {
      found->second.waiters.push_back(std::move(waiter));
      return Found::coming;
    }
    id = found->second.id;
    return Found::here;
  }
  make_room(now_ms);
  Entry& entry = entries_[key];
  entry = {};
  entry.waiters.push_back(std::move(waiter));
  return Found::absent;
}

std::vector<MediaCache::Waiter> MediaCache::finish(const Key& key,
                                                   const std::optional<std::string>& id,
                                                   std::int64_t now_ms) {
  auto node = entries_.extract(key);
  if (node.empty()) return {};
  std::vector<Waiter> waiters = std::move(node.mapped().waiters);
  if (id) entries_[key] = {*id, now_ms + kept_ms, {}};
  return waiters;
}

// The one that would be uploaded again first.
void MediaCache::make_room(std::int64_t now_ms) {
  if (entries_.size() < entries_max) return;
  std::erase_if(entries_, [now_ms](const auto& one) {
    return !one.second.id.empty() && one.second.until <= now_ms;
  });
  const auto oldest = std::min_element(entries_.begin(), entries_.end(), [](auto& a, auto& b) {
    return std::pair(a.second.id.empty(), a.second.until) <
           std::pair(b.second.id.empty(), b.second.until);
  });
  if (entries_.size() >= entries_max && !oldest->second.id.empty()) entries_.erase(oldest);
}

}  // namespace alur::adapters
