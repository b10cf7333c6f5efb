// The outcomes of a call, run or handoff, and the cases of a match: each possible one exactly once,
// none that cannot happen, and values bound to variables that take them.
#pragma once

#include "dsl/check/expressions.hpp"

namespace alur::dsl {

// Who ends in these outcomes.
struct Ender {
  std::string words;  // "`registry.lookup`", "a handoff"
  const std::vector<OutcomeSymbol>& outcomes;
  Span span{};          // where it is declared; empty for what the language brings
  Span where{};         // the call, for what is missing
  bool broken = false;  // some outcome, declared or handled, could not be read
  // All must be handled; otherwise what is not handled asks the question again.
  bool all_needed = true;
};

// What the branches hold is not looked at.
void check_outcomes(Scope& scope, std::vector<ast::Outcome>& outcomes, const Ender& ender);

void check_cases(Scope& scope, ast::Match& match);

// Of a flow's `end`: whether it is a declared outcome and carries what that carries.
void check_end(Scope& scope, ast::End& end);

}  // namespace alur::dsl
