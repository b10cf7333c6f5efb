#include "adapters/http/places.hpp"

#include <boost/asio/ip/address.hpp>

namespace alur::adapters {

namespace ip = boost::asio::ip;

std::string counted_as(std::string_view address) {
  boost::system::error_code error;
  const ip::address read = ip::make_address(std::string(address), error);
  if (error) return {};
  if (read.is_v4()) return read.to_string();
  const ip::address_v6 six = read.to_v6();
  if (six.is_v4_mapped()) return ip::make_address_v4(ip::v4_mapped, six).to_string();
  ip::address_v6::bytes_type bytes = six.to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
  return ip::address_v6(bytes).to_string() + "/64";
}

std::string_view last_forwarded(std::string_view header) {
  const std::size_t comma = header.rfind(',');
  if (comma != std::string_view::npos) header.remove_prefix(comma + 1);
  const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!header.empty() && is_blank(header.front())) header.remove_prefix(1);
  while (!header.empty() && is_blank(header.back())) header.remove_suffix(1);
  return header;
}

bool Places::take(const std::string& counted, std::size_t most) {
  const std::lock_guard lock(mutex_);
  std::size_t& count = counts_[counted];
  if (count >= most) return false;
  ++count;
  return true;
}

void Places::give_back(const std::string& counted) {
  const std::lock_guard lock(mutex_);
  const auto found = counts_.find(counted);
  if (found != counts_.end() && --found->second == 0) counts_.erase(found);
}

}  // namespace alur::adapters
