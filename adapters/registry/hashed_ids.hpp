// HashedIds: ids by a hash, with open addressing: under 9 bytes an id. Who asks compares what the
// ids stand for.
#pragma once

#include <bit>
#include <cassert>
#include <cstdint>
#include <string_view>
#include <vector>

namespace alur::registry {

inline std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 14'695'981'039'346'656'037u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211u;
  return hash ^ hash >> 29;
}

class HashedIds {
 public:
  static constexpr std::uint32_t id_max = (1u << 24) - 2;

  // Drops what was there.
  void reserve(std::size_t ids) { slots_.assign(std::bit_ceil(ids + ids / 4 + 2), empty); }

  // No more than were reserved.
  void insert(std::uint64_t hash, std::uint32_t id) {
    assert(id <= id_max);
    std::size_t at = start(hash);
    while (slots_[at] != empty) at = next(at);
    slots_[at] = tag(hash) | id;
  }

  // Calls `take(id)` for each id that may have the hash until it says true; in the order in which
  // they were inserted.
  template <class Take>
  void find(std::uint64_t hash, const Take& take) const {
    if (slots_.empty()) return;
    for (std::size_t at = start(hash); slots_[at] != empty; at = next(at)) {
      if ((slots_[at] & tag_mask) == tag(hash) && take(slots_[at] & ~tag_mask)) return;
    }
  }

  std::size_t bytes() const { return slots_.size() * sizeof slots_[0]; }

 private:
  static constexpr std::uint32_t empty = 0xffff'ffff;
  static constexpr std::uint32_t tag_mask = 0xff00'0000;

  static std::uint32_t tag(std::uint64_t hash) {
    return static_cast<std::uint32_t>(hash >> 32) & tag_mask;
  }
  std::size_t start(std::uint64_t hash) const { return hash & (slots_.size() - 1); }
  std::size_t next(std::size_t at) const { return (at + 1) & (slots_.size() - 1); }

  std::vector<std::uint32_t> slots_;  // a tag of the hash above 24 bits of id
};

}  // namespace alur::registry
