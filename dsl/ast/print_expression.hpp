// The appending forms that the printers share. Everybody else takes print.hpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dsl/ast/expression.hpp"

namespace alur::dsl::ast {

// Stands for what could not be read.
inline constexpr std::string_view broken_words = "<?>";

void append(const Expr& expr, std::string& out);
void append(const std::vector<Argument>& arguments, std::string& out);

}  // namespace alur::dsl::ast
