#include "tools/mutate/mutation.hpp"

#include <array>

namespace alur::tools {

namespace {

struct Row {
  std::string_view name;
  std::string_view words;
};
constexpr std::array<Row, operator_count> rows{{
#define MUTATION(name, words) {#name, words},
#include "tools/mutate/operators.def"
#undef MUTATION
}};

}  // namespace

std::string_view to_text(Operator op) {
  return rows.at(static_cast<std::size_t>(op)).name;
}

std::string_view meaning(Operator op) {
  return rows.at(static_cast<std::size_t>(op)).words;
}

std::optional<Operator> parse_operator(std::string_view name) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].name == name) return static_cast<Operator>(i);
  }
  return std::nullopt;
}

}  // namespace alur::tools
