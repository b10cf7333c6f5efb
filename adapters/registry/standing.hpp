// Standing: how far a licence goes, or how it ended.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace alur::registry {

enum class Standing : std::uint8_t {
#define STANDING(name, told_as, serves) name,
#include "adapters/registry/standing.def"
#undef STANDING
};

// As lists write it. An empty word is `full`: most lists are of those that may serve.
std::optional<Standing> parse_standing(std::string_view word);
std::string_view to_text(Standing standing);
// The word of it that flows match.
std::string_view told_as(Standing standing);
bool may_serve(Standing standing);

}  // namespace alur::registry
