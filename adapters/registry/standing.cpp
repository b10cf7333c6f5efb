#include "adapters/registry/standing.hpp"

#include <array>

namespace alur::registry {
namespace {

struct Row {
  std::string_view name;
  std::string_view told_as;
  bool serves;
};

constexpr std::array rows{
#define STANDING(name, told_as, serves) Row{#name, told_as, serves},
#include "adapters/registry/standing.def"
#undef STANDING
};

const Row& row_of(Standing standing) {
  return rows.at(static_cast<std::size_t>(standing));
}

}  // namespace

std::optional<Standing> parse_standing(std::string_view word) {
  if (word.empty()) return Standing::full;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].name == word) return static_cast<Standing>(i);
  }
  return std::nullopt;
}

std::string_view to_text(Standing standing) {
  return row_of(standing).name;
}

std::string_view told_as(Standing standing) {
  return row_of(standing).told_as;
}

bool may_serve(Standing standing) {
  return row_of(standing).serves;
}

}  // namespace alur::registry
