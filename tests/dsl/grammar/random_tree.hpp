// Random trees that a text can give: what the grammars must read back from what the printer writes.
// To be called inside of a property: RapidCheck does the choosing. Plain trees, since its
// generators of each type cost seconds to compile.
#pragma once

#include "dsl/ast/expression.hpp"

namespace alur::dsl {

ast::Expr random_expr();
ast::Template random_template();
ast::Phrase random_phrase();
ast::TypeExpr random_type();
ast::Target random_target();
ast::CallExpr random_call();
ast::Binding random_binding();
ast::DurationExpr random_duration();
ast::HoursExpr random_hours();

}  // namespace alur::dsl
