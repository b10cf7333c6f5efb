#include "engine/ports/staff.hpp"

namespace alur::ports {

std::string_view to_text(Role role) {
  switch (role) {
    case Role::agent:
      return "agent";
    case Role::supervisor:
      return "supervisor";
    case Role::content:
      return "content";
    case Role::administrator:
      return "administrator";
    case Role::auditor:
      return "auditor";
  }
  return "?";
}

std::optional<Role> to_role(std::string_view text) {
  for (const Role role : all_roles) {
    if (to_text(role) == text) return role;
  }
  return std::nullopt;
}

std::string_view to_text(StaffFault fault) {
  switch (fault) {
    case StaffFault::unavailable:
      return "unavailable";
    case StaffFault::unreadable:
      return "unreadable";
    case StaffFault::unsynced:
      return "unsynced";
    case StaffFault::taken:
      return "taken";
    case StaffFault::changed:
      return "changed";
    case StaffFault::gone:
      return "gone";
    case StaffFault::last:
      return "last";
    case StaffFault::there_are_some:
      return "there are some";
    case StaffFault::full:
      return "full";
  }
  return "?";
}

}  // namespace alur::ports
