// Secret: 256 bits of chance that somebody carries: a cookie's token, a link's end. Only its hash
// is ever kept.
#pragma once

#include <string>
#include <string_view>

#include "engine/ports/staff.hpp"

namespace alur::adapters {

inline constexpr std::size_t secret_length = 43;  // of A-Z, a-z, 0-9, - and _

std::string make_secret();
// Empty for what cannot be one, so that no other length is ever hashed.
ports::Hash hash_of_secret(std::string_view secret);

}  // namespace alur::adapters
