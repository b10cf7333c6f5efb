// What a flow or a service is given: every parameter that it needs, with a value that fits. That
// each is named, and given once, is the grammar's.
#pragma once

#include <string_view>
#include <vector>

#include "dsl/check/scope.hpp"

namespace alur::dsl {

// The flow or service that takes the arguments.
struct Taker {
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
