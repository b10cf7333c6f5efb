// Tries: how soon somebody may try again to sign in. Delays grow with failures and are forgotten
// after a quiet while; none is for good, and whoever signed in before from the same address is not
// kept out by others who try their name. A fixed amount of memory, whatever comes.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/ports/citizen_hash.hpp"
#include "engine/value/civil_time.hpp"

namespace alur::adapters {

struct TryLimits {
  std::uint32_t free = 0;     // so many failures cost nothing
  std::int64_t first_ms = 0;  // then this, then double that for each
  std::int64_t most_ms = 0;   // and never more
};

struct TriesSettings {
  TryLimits of_pair{3, 1'000, 60'000};      // one name from one address
  TryLimits of_name{10, 1'000, 30'000};     // one name, from wherever; not where it is known
  TryLimits of_address{50, 1'000, 60'000};  // one address, whatever the name
  TryLimits of_codes{5, 30'000, 900'000};   // one-time codes of one name, after a right password
  std::int64_t quiet_ms = 3'600'000;        // then failures are forgotten
  std::int64_t known_ms = std::int64_t{30} * 86'400'000;  // an address is known for a name so long
};

// May be used from several threads.
class Tries {
 public:
  explicit Tries(TriesSettings settings = {});

  // A try begins, and counts as failed until succeeded() is called, so that many at once are no
  // way round. Nothing: go on. Else how many milliseconds to wait; then it has not been counted.
  // `address`: as counted (one /64 of IPv6 is one).
  std::optional<std::int64_t> begin(std::string_view name, std::string_view address,
                                    value::Instant now);
  void succeeded(std::string_view name, std::string_view address, value::Instant now);
  // How often in a row this name was tried in vain.
  std::uint32_t failures(std::string_view name, value::Instant now);

  // The same of a one-time code.
  std::optional<std::int64_t> begin_code(std::string_view name, value::Instant now);
  void code_succeeded(std::string_view name);

 private:
  // Names that fall into one slot share its delays: once in 16,384.
  struct Slot {
    std::uint32_t failures = 0;  // in a row
    std::int64_t last_ms = 0;
    std::int64_t not_before_ms = 0;
  };
  using Slots = std::vector<Slot>;
  // A name that signed in from an address. Told by the whole hash: one that only falls into the
  // same slot takes its place.
  struct Known {
    std::uint64_t hash = 0;
    std::int64_t at_ms = 0;
  };

  Slot& slot(Slots& slots, std::string_view of) const;
  bool is_known(std::string_view pair, value::Instant now) const;
  void forget_if_quiet(Slot& slot, value::Instant now) const;
  void count(Slot& slot, const TryLimits& limits, value::Instant now) const;

  const TriesSettings settings_;
  const ports::HashKey key_;  // so that nobody can choose who shares a slot
  std::mutex mutex_;
  Slots pairs_, names_, addresses_, codes_;
  std::vector<Known> known_;
};

}  // namespace alur::adapters
