// SHA-256 and its keyed form, of texts. Internal to the folder.
#pragma once

#include <string>
#include <string_view>

namespace alur::adapters {

// 32 bytes.
std::string sha256(std::string_view text);
std::string hmac_sha256(std::string_view key, std::string_view text);

// Small letters.
std::string to_hex(std::string_view bytes);
// In time that tells nothing but whether the lengths differ.
bool same_bytes(std::string_view a, std::string_view b);

}  // namespace alur::adapters
