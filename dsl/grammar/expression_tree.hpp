// From operands and operators in a row to the tree: precedence, literals and the rules that a
// grammar cannot say in one breath. Tells the first thing that is wrong and gives nothing then.
#pragma once

#include <optional>
#include <vector>

#include "dsl/ast/expression.hpp"
#include "dsl/grammar/expression_syntax.hpp"
#include "dsl/grammar/reading.hpp"

namespace alur::dsl {

std::optional<ast::Expr> build_expression(Reading& reading, const syntax::Chain& chain);
std::optional<std::vector<ast::Argument>> build_arguments(
    Reading& reading, const std::vector<syntax::Argument>& arguments);
std::optional<std::vector<ast::Filter>> build_filters(Reading& reading,
                                                      const std::vector<syntax::Filter>& filters);

}  // namespace alur::dsl
