#include "engine/runtime/desk_mark.hpp"

namespace alur::runtime {

std::string_view to_text(DeskMark::Kind kind) {
  switch (kind) {
    case DeskMark::Kind::handed:
      return "handed";
    case DeskMark::Kind::accepted:
      return "accepted";
    case DeskMark::Kind::transferred:
      return "transferred";
    case DeskMark::Kind::assigned:
      return "assigned";
    case DeskMark::Kind::taken:
      return "taken";
    case DeskMark::Kind::returned:
      return "returned";
    case DeskMark::Kind::closed:
      return "closed";
    case DeskMark::Kind::left:
      return "left";
    case DeskMark::Kind::timed_out:
      return "timed_out";
    case DeskMark::Kind::no_agent:
      return "no_agent";
    case DeskMark::Kind::out_of_hours:
      return "out_of_hours";
  }
  return "?";
}

}  // namespace alur::runtime
