// base64url without padding (RFC 4648, section 5): what goes into cookies and addresses as it is.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace alur::adapters {

std::string to_base64url(std::span<const unsigned char> bytes);
// Whether it has nothing but its letters: A-Z, a-z, 0-9, - and _. So has an empty one.
bool is_base64url(std::string_view text);

}  // namespace alur::adapters
