// Texts that a pattern in RE2 syntax matches, made from the pattern.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace alur::tools {

// Some text that the whole pattern matches; nothing where none is found, which says nothing about
// whether there is one.
std::optional<std::string> pattern_sample(std::string_view pattern);

}  // namespace alur::tools
