#include "adapters/desk/tries.hpp"

#include <openssl/rand.h>

#include <algorithm>
#include <cassert>
#include <string>

namespace alur::adapters {
namespace {

constexpr std::size_t slot_count = 16'384;

ports::HashKey make_hash_key() {
  ports::HashKey key{};
  const int filled = RAND_bytes(reinterpret_cast<unsigned char*>(key.data()), sizeof key);
  assert(filled == 1);
  return key;
}

std::string both(std::string_view name, std::string_view address) {
  return std::string(name).append("\n").append(address);
}

}  // namespace

Tries::Tries(TriesSettings settings)
    : settings_(settings),
      key_(make_hash_key()),
      pairs_(slot_count),
      names_(slot_count),
      addresses_(slot_count),
      codes_(slot_count),
      known_(slot_count) {}

Tries::Slot& Tries::slot(Slots& slots, std::string_view of) const {
  return slots[ports::keyed_hash(key_, of) % slot_count];
}

bool Tries::is_known(std::string_view pair, value::Instant now) const {
  const std::uint64_t hash = ports::keyed_hash(key_, pair);
  const Known& known = known_[hash % slot_count];
  return known.hash == hash && now.milliseconds - known.at_ms < settings_.known_ms;
}

void Tries::forget_if_quiet(Slot& slot, value::Instant now) const {
  if (now.milliseconds - slot.last_ms >= settings_.quiet_ms) slot = {};
}

void Tries::count(Slot& slot, const TryLimits& limits, value::Instant now) const {
  forget_if_quiet(slot, now);
  slot.last_ms = now.milliseconds;
  ++slot.failures;
  if (slot.failures <= limits.free) return;
  std::int64_t wait = limits.first_ms;
  for (std::uint32_t i = limits.free + 1; i < slot.failures && wait < limits.most_ms; ++i)
    wait *= 2;
  slot.not_before_ms = now.milliseconds + std::min(wait, limits.most_ms);
}

std::optional<std::int64_t> Tries::begin(std::string_view name, std::string_view address,
                                         value::Instant now) {
  const std::lock_guard lock(mutex_);
  const std::string pair = both(name, address);
  Slot& of_pair = slot(pairs_, pair);
  Slot& of_name = slot(names_, name);
  Slot& of_address = slot(addresses_, address);
  std::int64_t until = std::max(of_pair.not_before_ms, of_address.not_before_ms);
  if (!is_known(pair, now)) until = std::max(until, of_name.not_before_ms);
  if (until > now.milliseconds) return until - now.milliseconds;
  count(of_pair, settings_.of_pair, now);
  count(of_name, settings_.of_name, now);
  count(of_address, settings_.of_address, now);
  return std::nullopt;
}

void Tries::succeeded(std::string_view name, std::string_view address, value::Instant now) {
  const std::lock_guard lock(mutex_);
  const std::string pair = both(name, address);
  slot(pairs_, pair) = {};
  slot(names_, name) = {};
  // Only this try: whoever has one account must not thereby get more tries at those of others.
  Slot& of_address = slot(addresses_, address);
  if (of_address.failures > 0) --of_address.failures;
  if (of_address.failures <= settings_.of_address.free) of_address.not_before_ms = 0;
  const std::uint64_t hash = ports::keyed_hash(key_, pair);
  known_[hash % slot_count] = {hash, now.milliseconds};
}

std::uint32_t Tries::failures(std::string_view name, value::Instant now) {
  const std::lock_guard lock(mutex_);
  Slot& of_name = slot(names_, name);
  forget_if_quiet(of_name, now);
  return of_name.failures;
}

std::optional<std::int64_t> Tries::begin_code(std::string_view name, value::Instant now) {
  const std::lock_guard lock(mutex_);
  Slot& of_name = slot(codes_, name);
  if (of_name.not_before_ms > now.milliseconds) return of_name.not_before_ms - now.milliseconds;
  count(of_name, settings_.of_codes, now);
  return std::nullopt;
}

void Tries::code_succeeded(std::string_view name) {
  const std::lock_guard lock(mutex_);
  slot(codes_, name) = {};
}

}  // namespace alur::adapters
