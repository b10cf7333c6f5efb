// Random trees that a text can give: what the grammars must read back from what the printer writes.
#pragma once

#include <rapidcheck.h>

#include "dsl/ast/expression.hpp"

namespace alur::dsl {

rc::Gen<ast::Expr> random_expr();
rc::Gen<ast::Template> random_template();
rc::Gen<ast::Phrase> random_phrase();
rc::Gen<ast::TypeExpr> random_type();
rc::Gen<ast::Target> random_target();
rc::Gen<ast::CallExpr> random_call();
rc::Gen<ast::Binding> random_binding();
rc::Gen<ast::DurationExpr> random_duration();
rc::Gen<ast::HoursExpr> random_hours();

}  // namespace alur::dsl
