#include "adapters/registry/most_asked.hpp"

#include <algorithm>

namespace alur::registry {

MostAsked::MostAsked(std::size_t capacity) : capacity_(std::max<std::size_t>(capacity, 1)) {}

void MostAsked::count(std::string_view name) {
  const std::scoped_lock lock(mutex_);
  std::string key(name);
  const auto known = counts_.find(key);
  if (known != counts_.end()) {
    ++known->second.times;
    return;
  }
  AskedName fresh{key, 1, 0};
  if (counts_.size() == capacity_) {
    const auto least = std::min_element(
        counts_.begin(), counts_.end(),
        [](const auto& a, const auto& b) { return a.second.times < b.second.times; });
    fresh.too_high_by = least->second.times;
    fresh.times += least->second.times;
    counts_.erase(least);
  }
  counts_.emplace(std::move(key), std::move(fresh));
}

std::vector<AskedName> MostAsked::top(std::size_t wanted) const {
  std::vector<AskedName> all;
  {
    const std::scoped_lock lock(mutex_);
    for (const auto& [key, asked] : counts_) all.push_back(asked);
  }
  std::sort(all.begin(), all.end(), [](const AskedName& a, const AskedName& b) {
    return a.times != b.times ? a.times > b.times : a.name < b.name;
  });
  if (all.size() > wanted) all.resize(wanted);
  return all;
}

}  // namespace alur::registry
