// `plural(one = "# day", other = "# days")`: all the forms that the language has, and no others.
#pragma once

#include <optional>

#include "dsl/check/scope.hpp"

namespace alur::dsl {

// `language`: the text's, as a position in Symbols::languages; nothing for a text meant for all.
void check_plural(Scope& scope, const ast::Filter& filter, std::optional<std::size_t> language);

}  // namespace alur::dsl
