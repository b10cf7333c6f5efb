// The smaller trees back in the language: one canonical spelling each, which the grammars read back
// to the same tree. For dumps and for the formatter.
#pragma once

#include <string>
#include <vector>

#include "dsl/ast/expression.hpp"

namespace alur::dsl::ast {

// With the fewest parentheses. Trees that no text gives (a negative number, a list elsewhere than
// after `in`, `in` before something in parentheses) print readably but do not read back the same.
std::string to_text(const Expr& expr);
std::string to_text(const Argument& argument);
// `(a, b = c)`, parentheses included.
std::string to_text(const std::vector<Argument>& arguments);
std::string to_text(const Filter& filter);
std::string to_text(const Template& text);
// From the parts, not from `source`: one blank between two of them.
std::string to_text(const Phrase& phrase);
std::string to_text(const TypeExpr& type);
std::string to_text(const Target& target);
std::string to_text(const CallExpr& call);
std::string to_text(const Binding& binding);
// In the largest unit that is exact: `90s`, `36h`, `2d`. As values are written everywhere.
std::string to_text(const DurationExpr& duration);
std::string to_text(const HoursExpr& hours);

}  // namespace alur::dsl::ast
