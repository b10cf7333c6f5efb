// MostAsked: the names that are asked most often, in bounded memory: Metwally, Agrawal, El Abbadi,
// "Efficient computation of frequent and top-k elements in data streams" (2005). A name that is
// asked more often than one time in `capacity` is never missed; a count may be too high by what is
// said.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace alur::registry {

struct AskedName {
  std::string name;
  std::uint64_t times = 0;
  std::uint64_t too_high_by = 0;  // at most
};

// May be used from several threads.
class MostAsked {
 public:
  explicit MostAsked(std::size_t capacity = 1'000);

  void count(std::string_view name);
  // Most often first; names asked equally often in their order.
  std::vector<AskedName> top(std::size_t wanted) const;

 private:
  const std::size_t capacity_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, AskedName> counts_;
};

}  // namespace alur::registry
