#include "adapters/whatsapp/signature.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

namespace alur::adapters {
namespace {

constexpr std::string_view scheme = "sha256=";
constexpr std::size_t mac_bytes = 32;

// Empty where OpenSSL could not make it.
std::string hex_mac(std::string_view body, const std::string& secret) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned int size = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(body.data());
  if (!HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), bytes, body.size(),
            mac.data(), &size) ||
      size != mac_bytes) {
    return {};
  }
  constexpr const char* digits = "0123456789abcdef";
  std::string hex;
  for (unsigned int i = 0; i < size; ++i) {
    hex += digits[mac[i] >> 4];
    hex += digits[mac[i] & 15];
  }
  return hex;
}

}  // namespace

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

bool is_signed(std::string_view body, std::string_view header,
               std::span<const std::string> secrets) {
  const bool formed = header.size() == scheme.size() + 2 * mac_bytes && header.starts_with(scheme);
  const std::string_view given = formed ? header.substr(scheme.size()) : std::string_view();
  bool right = false;
  for (const std::string& secret : secrets) {
    if (secret.empty()) continue;
    const std::string mac = hex_mac(body, secret);
    // All are tried: which one it was is nobody's business.
    right = (!mac.empty() && equal_in_constant_time(mac, given)) || right;
  }
  return right;
}

}  // namespace alur::adapters
