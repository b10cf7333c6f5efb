// Mutation: one small change made to an app on purpose, as authors make them by mistake. A chat
// that fails for it would notice the mistake.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dsl/finding/source.hpp"

namespace alur::tools {

enum class Operator : std::uint8_t {
#define MUTATION(name, words) name,
#include "tools/mutate/operators.def"
#undef MUTATION
};
inline constexpr std::size_t operator_count = 0
#define MUTATION(name, words) +1
#include "tools/mutate/operators.def"
#undef MUTATION
    ;
std::string_view to_text(Operator op);
std::string_view meaning(Operator op);
std::optional<Operator> parse_operator(std::string_view name);

// A place that an operator can change, and how.
struct Mutation {
  Operator op = Operator::drop_message;
  std::size_t flow = none;   // of the app's flows in file order; none: app.yaml
  std::size_t state = none;  // in which state; none: outside of all
  std::size_t number = 0;    // counts the places of its file
  dsl::Span span;
  std::string detail;  // "`full` leads where `restricted` should", may be empty

  static constexpr std::size_t none = static_cast<std::size_t>(-1);
};

}  // namespace alur::tools
