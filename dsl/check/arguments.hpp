// What a flow or a service is given: every parameter once, by name, with a value that fits.
#pragma once

#include <string_view>
#include <vector>

#include "dsl/check/scope.hpp"

namespace alur::dsl {

enum class TakerKind { flow, service };

// Who takes the arguments.
struct Taker {
  TakerKind kind;
  std::string_view name;
  const std::vector<VariableSymbol>& params;
  Span span;
  bool broken;  // some parameter could not be read
};

// `where` is the whole call, for what is missing.
void check_arguments(Scope& scope, std::vector<ast::Argument>& arguments, const Taker& taker,
                     Span where);
// Arguments of something unknown: each is only looked at by itself.
void check_stray_arguments(Scope& scope, std::vector<ast::Argument>& arguments);

}  // namespace alur::dsl
