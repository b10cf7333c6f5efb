// AccessFault: why somebody is not let in, or an account is not changed.
#pragma once

#include <boost/system/result.hpp>
#include <cstdint>
#include <string_view>

#include "adapters/desk/passwords.hpp"
#include "engine/ports/staff.hpp"

namespace alur::adapters {

enum class AccessFault : std::uint8_t {
#define ACCESS_FAULT(name, status, meaning) name,
#include "adapters/desk/access_fault.def"
#undef ACCESS_FAULT
};

// As the page is told.
std::string_view to_text(AccessFault fault);
int http_status(AccessFault fault);
// In plain words.
std::string_view meaning_of(AccessFault fault);

AccessFault to_access_fault(ports::StaffFault fault);
AccessFault to_access_fault(PasswordFault fault);

template <class T>
using AccessResult = boost::system::result<T, AccessFault>;

}  // namespace alur::adapters
