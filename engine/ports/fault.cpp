#include "engine/ports/fault.hpp"

namespace alur::ports {

std::string_view to_text(Fault fault) {
  switch (fault) {
    case Fault::unavailable:
      return "unavailable";
    case Fault::full:
      return "full";
    case Fault::unsynced:
      return "unsynced";
    case Fault::unreadable:
      return "unreadable";
    case Fault::timed_out:
      return "timed out";
    case Fault::refused:
      return "refused";
  }
  return "?";
}

}  // namespace alur::ports
