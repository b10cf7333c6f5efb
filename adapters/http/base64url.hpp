// base64url without padding (RFC 4648, section 5): what goes into cookies and addresses as it is.
#pragma once

#include <span>
#include <string>

namespace alur::adapters {

std::string to_base64url(std::span<const unsigned char> bytes);

}  // namespace alur::adapters
