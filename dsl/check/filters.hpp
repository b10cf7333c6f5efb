// The filters of engine/program/filter.def: what each may stand after, and what it needs in
// brackets.
#pragma once

#include <vector>

#include "dsl/check/expressions.hpp"

namespace alur::dsl {

// The filters of one `{...}`, from left to right. `type` is the expression's; null stays silent.
// `language` is the text's, as a position in Symbols::languages, or nothing for a text meant for
// all. Gives the type of what is shown.
TypeRef check_filters(Scope& scope, std::vector<ast::Filter>& filters, const ast::Expr& expr,
                      TypeRef type, std::optional<std::size_t> language);

}  // namespace alur::dsl
