#include "adapters/http/address_guard.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <charconv>
#include <string>

namespace alur::adapters {
namespace {

namespace ip = boost::asio::ip;

using Bytes = std::array<std::uint8_t, 16>;

constexpr unsigned mapped_bits = 96;

// The registries of special addresses that IANA keeps (RFC 6890 and its updates), multicast, and
// the ways of writing an IPv4 address within an IPv6 one.
constexpr const char* never_public[] = {
    "0.0.0.0/8",     "10.0.0.0/8",      "100.64.0.0/10",  "127.0.0.0/8",    "169.254.0.0/16",
    "172.16.0.0/12", "192.0.0.0/24",    "192.0.2.0/24",   "192.88.99.0/24", "192.168.0.0/16",
    "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",    "240.0.0.0/4",
    "::/96",         "64:ff9b::/96",    "64:ff9b:1::/48", "100::/64",       "2001::/23",
    "2001:db8::/32", "2002::/16",       "fc00::/7",       "fe80::/10",      "fec0::/10",
    "ff00::/8"};

struct Written {
  Bytes bytes{};
  bool four = false;
};

std::optional<Written> read_address(std::string_view text) {
  boost::system::error_code error;
  const ip::address address = ip::make_address(std::string(text), error);
  if (error) return std::nullopt;
  if (address.is_v6()) return Written{address.to_v6().to_bytes(), false};
  return Written{ip::make_address_v6(ip::v4_mapped, address.to_v4()).to_bytes(), true};
}

bool within(const Bytes& address, const AddressRange& range) {
  for (unsigned bit = 0; bit < range.bits; ++bit) {
    const unsigned mask = 0x80u >> (bit % 8);
    if (((address[bit / 8] ^ range.bytes[bit / 8]) & mask) != 0) return false;
  }
  return true;
}

std::vector<AddressRange> make_never_public() {
  std::vector<AddressRange> ranges;
  for (const char* text : never_public) ranges.push_back(*parse_range(text));
  return ranges;
}

bool contains(const std::vector<AddressRange>& ranges, const Bytes& address) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const AddressRange& range) { return within(address, range); });
}

AddressGuard loopback() {
  return AddressGuard({*parse_range("127.0.0.0/8"), *parse_range("::1")});
}

bool is_mapped(const Bytes& bytes) {
  static const AddressRange mapped{read_address("0.0.0.0")->bytes, mapped_bits};
  return within(bytes, mapped);
}

}  // namespace

std::optional<AddressRange> parse_range(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto address = read_address(text.substr(0, slash));
  if (!address) return std::nullopt;
  AddressRange range{address->bytes, 128};
  if (slash == text.npos) return range;
  const std::string_view digits = text.substr(slash + 1);
  unsigned bits = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
  const unsigned most = address->four ? 32 : 128;
  if (digits.empty() || read.ec != std::errc() || read.ptr != digits.data() + digits.size() ||
      bits > most) {
    return std::nullopt;
  }
  range.bits = address->four ? mapped_bits + bits : bits;
  return range;
}

bool AddressGuard::allows(std::string_view text) const {
  static const std::vector<AddressRange> closed = make_never_public();
  const auto address = read_address(text);
  if (!address) return false;
  // An IPv4 address in IPv6's clothes has no business on a wire, whatever is allowed.
  if (!address->four && is_mapped(address->bytes)) return false;
  return contains(allowed_, address->bytes) || !contains(closed, address->bytes);
}

bool is_loopback(std::string_view host) {
  return host == "localhost" || (!AddressGuard().allows(host) && loopback().allows(host));
}

AddressGuard guard_for(std::string_view host) {
  return is_loopback(host) ? loopback() : AddressGuard();
}

}  // namespace alur::adapters
