// Keyed hashes of addresses and message ids, for stores: SipHash-2-4, so that nobody outside can
// choose two that collide.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace alur::ports {

using HashKey = std::array<std::uint64_t, 2>;

std::uint64_t keyed_hash(const HashKey& key, std::string_view text);

}  // namespace alur::ports
