// What one text of the tree says: an expression, a phrase, a number, one word of a few. The small
// grammars are dsl/grammar's; here they meet the tree.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "dsl/ast/expression.hpp"
#include "dsl/parse/pass.hpp"

namespace alur::dsl {

// Of the kind `broken` where it could not be read.
ast::Expr expression_at(Pass& pass, const Place& place);
ast::TypeExpr type_at(Pass& pass, const Place& place);
// With an empty name where it could not be read.
ast::Target target_at(Pass& pass, const Place& place);
// The same, and `next` is refused.
ast::Target goto_at(Pass& pass, const Place& place);
ast::CallExpr call_at(Pass& pass, const Place& place);
ast::Binding binding_of(Pass& pass, const Node& key);

std::optional<ast::Template> template_at(Pass& pass, const Place& place);
std::optional<ast::DurationExpr> duration_at(Pass& pass, const Place& place);
// Of so many milliseconds; else it is refused.
std::optional<ast::DurationExpr> bounded_duration_at(Pass& pass, const Place& place,
                                                     std::int64_t low, std::int64_t high);
ast::HoursExpr hours_at(Pass& pass, const Place& place);
// One phrase or a list of them.
std::vector<ast::Phrase> phrases_at(Pass& pass, const Place& place);

// `true` or `false`; false where it could not be read.
bool truth_at(Pass& pass, const Place& place);
// Nothing but `true`.
void only_true_at(Pass& pass, const Place& place);
// A whole number in these bounds.
std::optional<std::int32_t> whole_at(Pass& pass, const Place& place, std::int32_t low,
                                     std::int32_t high);
// One of these words; empty where it is another.
ast::Name word_at(Pass& pass, const Place& place, std::span<const std::string_view> words);

}  // namespace alur::dsl
