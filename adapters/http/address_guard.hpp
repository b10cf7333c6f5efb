// AddressGuard: which addresses a call out of this machine may go to. Everything that is not the
// public internet is refused, unless the operator names its range: so that nobody reaches what
// stands behind the service's own walls through it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace alur::adapters {

// Addresses whose first `bits` bits are these. IPv4 stands as ::ffff:a.b.c.d.
struct AddressRange {
  std::array<std::uint8_t, 16> bytes{};
  unsigned bits = 128;
};

// "10.20.0.0/16", "fd00::/8", or one address. Nothing for anything else.
std::optional<AddressRange> parse_range(std::string_view text);

class AddressGuard {
 public:
  AddressGuard() = default;
  explicit AddressGuard(std::vector<AddressRange> allowed) : allowed_(std::move(allowed)) {}

  // Of an address as text; what is no address is refused.
  bool allows(std::string_view address) const;

 private:
  std::vector<AddressRange> allowed_;  // though they are not public
};

// This machine: localhost, ::1, or an address in 127.0.0.0/8.
bool is_loopback(std::string_view host);
// For a client of this one host: loopback is let in where the host is there, and nowhere else.
AddressGuard guard_for(std::string_view host);

}  // namespace alur::adapters
