// MediaCache: what was uploaded to Meta, by number and link, so that what a thousand citizens are
// shown goes there once. Pure: time is an argument; one thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace alur::adapters {

class MediaCache {
 public:
  // Meta keeps an upload for 30 days (media page, 2025-12); a message may wait for one before it
  // leaves.
  static constexpr std::int64_t kept_ms = std::int64_t{28} * 24 * 3'600'000;
  static constexpr std::size_t entries_max = 10'000;

  using Key = std::pair<std::string, std::string>;  // number, link
  // Called with the id once it is there; nothing: there will be none now.
  using Waiter = std::function<void(std::optional<std::string> id)>;

  enum class Found : std::uint8_t { here, coming, absent };
  // here: `waiter` is left alone, and `id` filled in. coming: somebody uploads it, and finish()
  // will give `waiter`. absent: the caller is to upload it, and then to call finish().
  Found find(const Key& key, std::int64_t now_ms, std::string& id, Waiter waiter);
  // Whom to tell.
  std::vector<Waiter> finish(const Key& key, const std::optional<std::string>& id,
                             std::int64_t now_ms);
  // Meta does not know it any more.
  void forget(const Key& key) { entries_.erase(key); }

 private:
  struct Entry {
    std::string id;  // empty: it is being uploaded
    std::int64_t until = 0;
    std::vector<Waiter> waiters;
  };
  void make_room(std::int64_t now_ms);

  std::map<Key, Entry> entries_;
};

}  // namespace alur::adapters
