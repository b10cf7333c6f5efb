// Delivery: what is known of a message on its way to a citizen. Knowledge only grows: receipts come
// late, doubled and in any order, and the most that was ever known stands.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

namespace alur::ports {

// In the order in which a later one outdoes an earlier one; the numbers are stored.
enum class Delivery : std::uint8_t {
  pending = 0,    // not accepted by the channel yet
  unknown = 1,    // the channel may have accepted it: no answer came
  accepted = 2,   // the channel has it
  failed = 3,     // it will not arrive: a dead letter
  delivered = 4,  // it arrived, whatever was said before
  read = 5
};
std::string_view to_text(Delivery delivery);
std::optional<Delivery> to_delivery(std::string_view text);

constexpr Delivery later_of(Delivery a, Delivery b) {
  return std::max(a, b);
}

}  // namespace alur::ports
