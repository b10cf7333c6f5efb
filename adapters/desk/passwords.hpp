// Passwords: argon2id, and what a password has to be. Costly on purpose, so at most a few at a
// time, each by a thread that may wait.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <semaphore>
#include <string>
#include <string_view>

namespace alur::adapters {

// Why a text is no password for somebody.
enum class PasswordFault : std::uint8_t {
  too_short,
  too_long,
  unreadable,  // no UTF-8, or with control characters
  own_name,    // it is the name, with little else
  common       // what everybody tries first
};
std::string_view to_text(PasswordFault fault);

inline constexpr std::size_t password_length_min = 12;   // characters
inline constexpr std::size_t password_length_max = 128;  // characters

// Nothing: it is good. Composition rules are left out (NIST SP 800-63B, 5.1.1.2).
std::optional<PasswordFault> check_password(std::string_view password, std::string_view name,
                                            std::string_view full_name);

// The second choice of OWASP's Password Storage Cheat Sheet; parallelism is 1.
struct PasswordCost {
  std::uint64_t memory_bytes = std::uint64_t{19} << 20;
  std::uint64_t passes = 2;
};

// May be used from several threads.
class Passwords {
 public:
  // `at_once`: so many may be worked at, each with its memory; the others wait.
  explicit Passwords(PasswordCost cost = {}, int at_once = 2);

  // "$argon2id$v=19$m=19456,t=2,p=1$salt$hash" of the password in its normal form (NFC). Empty
  // where there is no memory for it.
  std::string hash(std::string_view password);
  // False also for a hash that is none. An empty hash, of somebody who is not there, takes as long
  // as any other.
  bool verify(std::string_view hash, std::string_view password);
  // Whether it was made at another cost than is asked for now.
  bool wants_rehash(std::string_view hash) const;

  // How often argon2id was computed, for tests.
  std::uint64_t computed() const { return computed_; }

 private:
  const PasswordCost cost_;
  std::string nobody_;  // the hash of a password that nobody knows
  std::counting_semaphore<> turns_;
  std::atomic<std::uint64_t> computed_ = 0;
};

}  // namespace alur::adapters
