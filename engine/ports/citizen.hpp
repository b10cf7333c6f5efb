// How a store names a citizen, and the names that a citizen goes by.
#pragma once

#include <cstdint>
#include <string>

namespace alur::ports {

// Names a citizen within one store: Store::key_of(address). An address is the channel's name, a
// colon, and whatever the channel knows the citizen by.
using CitizenKey = std::uint64_t;

// A name by which a channel knows a citizen, beside the address of their session: whoever is known
// by it has their session under `address`.
struct NameRow {
  CitizenKey key = 0;      // key_of(name)
  CitizenKey citizen = 0;  // with whose session it goes: key_of(address), as a rule
  std::string name;        // has the form of an address; may be `address` itself
  std::string address;
  // Messages go to the name with the latest of these, in milliseconds; 0: they never went to this
  // one. Without any they go to `address`.
  std::int64_t reached_ms = 0;
  bool operator==(const NameRow&) const = default;
};

}  // namespace alur::ports
