#include "adapters/desk/access_fault.hpp"

namespace alur::adapters {
namespace {

struct FaultEntry {
  std::string_view name;
  int status;
  std::string_view meaning;
};

constexpr FaultEntry entries[] = {
#define ACCESS_FAULT(name, status, meaning) {#name, status, meaning},
#include "adapters/desk/access_fault.def"
#undef ACCESS_FAULT
};

const FaultEntry& entry_of(AccessFault fault) {
  return entries[static_cast<std::size_t>(fault)];
}

}  // namespace

std::string_view to_text(AccessFault fault) {
  return entry_of(fault).name;
}

int http_status(AccessFault fault) {
  return entry_of(fault).status;
}

std::string_view meaning_of(AccessFault fault) {
  return entry_of(fault).meaning;
}

AccessFault to_access_fault(ports::StaffFault fault) {
  switch (fault) {
    case ports::StaffFault::taken:
      return AccessFault::taken;
    case ports::StaffFault::changed:
      return AccessFault::changed;
    case ports::StaffFault::gone:
      return AccessFault::gone;
    case ports::StaffFault::last:
      return AccessFault::last;
    case ports::StaffFault::there_are_some:
      return AccessFault::there_are_some;
    case ports::StaffFault::full:
      return AccessFault::full;
    case ports::StaffFault::unavailable:
    case ports::StaffFault::unreadable:
    case ports::StaffFault::unsynced:
      break;
  }
  return AccessFault::unavailable;
}

AccessFault to_access_fault(PasswordFault fault) {
  switch (fault) {
    case PasswordFault::too_short:
      return AccessFault::too_short;
    case PasswordFault::too_long:
      return AccessFault::too_long;
    case PasswordFault::unreadable:
      return AccessFault::unreadable;
    case PasswordFault::own_name:
      return AccessFault::own_name;
    case PasswordFault::common:
      break;
  }
  return AccessFault::common;
}

}  // namespace alur::adapters
