#include "engine/ports/delivery.hpp"

namespace alur::ports {

std::string_view to_text(Delivery delivery) {
  switch (delivery) {
    case Delivery::pending:
      return "pending";
    case Delivery::unknown:
      return "unknown";
    case Delivery::accepted:
      return "accepted";
    case Delivery::failed:
      return "failed";
    case Delivery::delivered:
      return "delivered";
    case Delivery::read:
      return "read";
  }
  return "?";
}

std::optional<Delivery> to_delivery(std::string_view text) {
  for (const Delivery delivery : {Delivery::pending, Delivery::unknown, Delivery::accepted,
                                  Delivery::failed, Delivery::delivered, Delivery::read}) {
    if (to_text(delivery) == text) return delivery;
  }
  return std::nullopt;
}

}  // namespace alur::ports
