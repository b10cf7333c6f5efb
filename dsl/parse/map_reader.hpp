// Maps by table: which keys a map may have, which it must have, and what takes the value of each. A
// key that is a near miss is told and then read as what was meant, so that nothing seems to be
// missing.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "dsl/parse/pass.hpp"

namespace alur::dsl {

enum class Need : std::uint8_t { optional, required };

template <class Owner>
struct Key {
  std::string_view name;
  Need need;
  void (*parse)(Pass&, const Place&, Owner&);
};

// For a Key: the member takes what `parse(pass, place)` gives.
template <auto member, auto parse>
inline constexpr auto into =
    [](Pass& pass, const Place& place, auto& owner) { owner.*member = parse(pass, place); };

// For a Key: `parse(pass, place, member)` fills the member, and says whether all of it was kept.
template <auto member, auto parse>
inline constexpr auto fill = [](Pass& pass, const Place& place, auto& owner) {
  owner.broken |= !parse(pass, place, owner.*member);
};

// For a Key whose value is needed together with those of others: the member points at its entry's
// value.
struct Kept {
  const Node* node = nullptr;
  Span key;

  explicit operator bool() const { return node != nullptr; }
  Place place(std::string_view name) const { return {name, key, *node}; }
};

template <auto member>
inline constexpr auto keep =
    [](Pass&, const Place& place, auto& owner) { owner.*member = Kept{&place.node, place.key}; };

using KeyNames = std::vector<std::string_view>;

// The keys of all parts of a map.
struct KeyLists {
  KeyNames taken;
  KeyNames free;
  KeyNames missing;  // of the free ones
};

// One table of keys and the thing that they fill. Each key is taken once.
template <class Owner>
class Part {
 public:
  Part(std::span<const Key<Owner>> keys, Owner& owner) : keys_(keys), owner_(owner) {}

  bool take(Pass& pass, std::string_view name, const Entry& entry) {
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      if (keys_[i].name != name || is_taken(i)) continue;
      taken_ |= bit(i);
      keys_[i].parse(pass, {keys_[i].name, entry.key.span(), entry.value}, owner_);
      return true;
    }
    return false;
  }
  // As if the key had been there: somebody else took it.
  void assume(std::string_view name) {
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      if (keys_[i].name == name) taken_ |= bit(i);
    }
  }
  bool any_taken() const { return taken_ != 0; }
  void list(KeyLists& lists) const {
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      (is_taken(i) ? lists.taken : lists.free).push_back(keys_[i].name);
      if (!is_taken(i) && keys_[i].need == Need::required) lists.missing.push_back(keys_[i].name);
    }
  }

 private:
  static constexpr std::uint32_t bit(std::size_t i) { return std::uint32_t{1} << i; }
  bool is_taken(std::size_t i) const { return (taken_ & bit(i)) != 0; }

  std::span<const Key<Owner>> keys_;
  Owner& owner_;
  std::uint32_t taken_ = 0;
};

template <class Owner, std::size_t count>
Part<Owner> part(const Key<Owner> (&keys)[count], Owner& owner) {
  static_assert(count <= 32, "one bit a key");
  return {keys, owner};
}

// A map that is being read.
struct Map {
  std::string_view what;  // "an option"
  std::span<const Entry> entries;
  Span span;                       // where to point at when a key is missing
  const Entry* skipped = nullptr;  // one of the entries, read by somebody else
};

Map map_of(std::string_view what, std::span<const Entry> entries);

// Tells of a key of the language that does not belong here, if it is one; `what` as in Map.
bool report_misplaced(Pass& pass, std::string_view what, const Entry& entry);
// Tells of a key that is a misspelling of a free one, and gives that; empty for other keys.
std::string_view tell_misspelt(Pass& pass, const Map& map, const Entry& entry,
                               const KeyLists& keys);
// Tells of keys that nobody takes and of those that are missing; one of each kind is told as one.
void report_lost(Pass& pass, const Map& map, const std::vector<const Entry*>& lost,
                 const KeyLists& keys);
// Tells of missing keys.
void report_missing(Pass& pass, const Map& map, const KeyNames& missing);

// Gives every entry to the part that knows its key. True if nothing was lost and nothing is
// missing.
template <class... Parts>
bool read_map(Pass& pass, const Map& map, Parts&&... parts) {
  std::vector<const Entry*> strangers;
  for (const Entry& entry : map.entries) {
    if (&entry == map.skipped) continue;
    if (!(parts.take(pass, entry.key.text(), entry) || ...)) strangers.push_back(&entry);
  }
  const auto list = [&] {
    KeyLists keys;
    (parts.list(keys), ...);
    return keys;
  };
  std::erase_if(strangers, [&](const Entry* entry) {
    const std::string_view meant = tell_misspelt(pass, map, *entry, list());
    return !meant.empty() && (parts.take(pass, meant, *entry) || ...);
  });
  const KeyLists keys = list();
  report_lost(pass, map, strangers, keys);
  return strangers.empty() && keys.missing.empty();
}

}  // namespace alur::dsl
