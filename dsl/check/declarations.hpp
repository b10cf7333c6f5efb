// What is declared: variables with their types, and names that must differ.
#pragma once

#include <string_view>
#include <vector>

#include "dsl/check/resolve_type.hpp"

namespace alur::dsl {

// In file order; a faulty type is null.
std::vector<VariableSymbol> declare_variables(const std::vector<ast::Variable>& variables,
                                              const Records& records, bool broken,
                                              Findings& findings);
std::vector<OutcomeSymbol> declare_outcomes(const std::vector<ast::OutcomeDecl>& outcomes,
                                            const Records& records, bool broken,
                                            Findings& findings);

// A name of one scope and where it stands.
struct DeclaredName {
  std::string_view name;
  Span span;
};

// Stored values are found again by a 32-bit key of their name; two names of one scope with the same
// key (one pair in four thousand million) must not be.
void check_keys(std::vector<DeclaredName> names, Findings& findings);

}  // namespace alur::dsl
