// SHA-256, which names a program by its sources.
#pragma once

#include <string>
#include <string_view>

namespace alur::dsl {

// Lower-case hex.
std::string sha256(std::string_view text);

}  // namespace alur::dsl
