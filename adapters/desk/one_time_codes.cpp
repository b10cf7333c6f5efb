#include "adapters/desk/one_time_codes.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <cassert>

#include "adapters/desk/hashing.hpp"

namespace alur::adapters {
namespace {

constexpr std::string_view base32_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::array<std::uint32_t, 9> powers_of_ten = {
    1, 10, 100, 1'000, 10'000, 100'000, 1'000'000, 10'000'000, 100'000'000};

std::string to_uri_part(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

}  // namespace

std::string make_code_secret() {
  std::array<unsigned char, code_secret_bytes> bytes{};
  const int filled = RAND_bytes(bytes.data(), static_cast<int>(bytes.size()));
  assert(filled == 1);
  return std::string(bytes.begin(), bytes.end());
}

std::string code_at(std::string_view secret, std::uint64_t step, int digits) {
  assert(digits >= 6 && digits <= 8);
  std::array<unsigned char, 8> counter{};
  for (std::size_t i = 0; i < counter.size(); ++i) {
    counter[i] = static_cast<unsigned char>(step >> (56 - 8 * i));
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned length = 0;
  const unsigned char* done = HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()),
                                   counter.data(), counter.size(), mac.data(), &length);
  assert(done && length == 20);
  // Dynamic truncation: RFC 4226, section 5.3.
  const std::size_t offset = mac[length - 1] & 15;
  const std::uint32_t number = (static_cast<std::uint32_t>(mac[offset] & 0x7f) << 24) |
                               (static_cast<std::uint32_t>(mac[offset + 1]) << 16) |
                               (static_cast<std::uint32_t>(mac[offset + 2]) << 8) | mac[offset + 3];
  return fmt::format("{:0{}}", number % powers_of_ten[static_cast<std::size_t>(digits)], digits);
}

std::uint64_t code_step(value::Instant now) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(now.milliseconds, 0) / 1'000 /
                                    code_step_seconds);
}

std::optional<std::uint64_t> find_code_step(std::string_view secret, std::string_view code,
                                            value::Instant now, std::uint64_t last_step) {
  const std::uint64_t present = code_step(now);
  const std::uint64_t first = present < code_slack_steps ? 0 : present - code_slack_steps;
  std::optional<std::uint64_t> found;
  for (std::uint64_t step = first; step <= present + code_slack_steps; ++step) {
    if (same_bytes(code_at(secret, step), code) && step > last_step) found = step;
  }
  return found;
}

std::string to_base32(std::string_view bytes) {
  std::string out;
  unsigned held = 0;
  int bits = 0;
  for (const char c : bytes) {
    held = (held << 8) | static_cast<unsigned char>(c);
    bits += 8;
    for (; bits >= 5; bits -= 5) out += base32_letters[(held >> (bits - 5)) & 31];
    held &= 0xff;
  }
  if (bits > 0) out += base32_letters[(held << (5 - bits)) & 31];
  return out;
}

std::optional<std::string> from_base32(std::string_view text) {
  std::string out;
  std::size_t letters = 0;
  unsigned held = 0;
  int bits = 0;
  for (const char c : text) {
    if (c == ' ') continue;
    const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    const std::size_t number = base32_letters.find(upper);
    if (number == std::string_view::npos) return std::nullopt;
    ++letters;
    held = ((held << 5) | static_cast<unsigned>(number)) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    out += static_cast<char>((held >> bits) & 0xff);
  }
  // No whole byte is begun by one, three or six letters, and what is left over is zero.
  const std::size_t rest = letters % 8;
  if (rest == 1 || rest == 3 || rest == 6) return std::nullopt;
  if ((held & ((1U << bits) - 1)) != 0) return std::nullopt;
  return out;
}

std::string code_uri(std::string_view secret, std::string_view issuer, std::string_view name) {
  return fmt::format("otpauth://totp/{0}:{1}?secret={2}&issuer={0}", to_uri_part(issuer),
                     to_uri_part(name), to_base32(secret));
}

}  // namespace alur::adapters
