// One-time codes: TOTP (RFC 6238) with SHA-1, 30 seconds and 6 digits, which is what every
// authenticator app has.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/value/civil_time.hpp"

namespace alur::adapters {

inline constexpr std::size_t code_secret_bytes = 20;  // RFC 4226, section 4, R6
inline constexpr std::int64_t code_step_seconds = 30;
inline constexpr std::uint64_t code_slack_steps = 1;  // before and after, for clocks that differ

// Bytes of chance.
std::string make_code_secret();
// HOTP (RFC 4226) with `digits` of them, 6 to 8.
std::string code_at(std::string_view secret, std::uint64_t step, int digits = 6);
std::uint64_t code_step(value::Instant now);

// Of which step this is the code, within the slack. Nothing: of none, or of one not after
// `last_step`: a code is good once. Takes as long for every code of six digits.
std::optional<std::uint64_t> find_code_step(std::string_view secret, std::string_view code,
                                            value::Instant now, std::uint64_t last_step);

// RFC 4648, without `=`.
std::string to_base32(std::string_view bytes);
// Takes small letters and blanks too; nothing for what is none.
std::optional<std::string> from_base32(std::string_view text);

// What an authenticator app reads as a picture:
// "otpauth://totp/Kontak%20157:ani?secret=...&issuer=Kontak%20157".
std::string code_uri(std::string_view secret, std::string_view issuer, std::string_view name);

}  // namespace alur::adapters
