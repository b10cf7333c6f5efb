#include "engine/ports/channel.hpp"

namespace alur::ports {

std::string_view to_text(Verdict verdict) {
  switch (verdict) {
    case Verdict::accepted:
      return "accepted";
    case Verdict::duplicate:
      return "duplicate";
    case Verdict::overloaded:
      return "overloaded";
    case Verdict::unavailable:
      return "unavailable";
    case Verdict::refused:
      return "refused";
  }
  return "?";
}

std::string_view to_text(SendResult::Kind kind) {
  switch (kind) {
    case SendResult::Kind::accepted:
      return "accepted";
    case SendResult::Kind::retry:
      return "retry";
    case SendResult::Kind::wait_pair:
      return "wait_pair";
    case SendResult::Kind::wait_number:
      return "wait_number";
    case SendResult::Kind::wait_account:
      return "wait_account";
    case SendResult::Kind::dropped:
      return "dropped";
    case SendResult::Kind::paused:
      return "paused";
    case SendResult::Kind::unknown:
      return "unknown";
    case SendResult::Kind::hold:
      return "hold";
  }
  return "?";
}

}  // namespace alur::ports
