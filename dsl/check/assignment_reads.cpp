// What an expression reads. In the second round each variable and field gets its type as it is at
// this place; the right side of `and` and `or` knows what the left side tells.
#include "dsl/check/assignment_walk.hpp"
#include "dsl/check/conditions.hpp"

namespace alur::dsl {

using ast::Expr;
using ast::ExprKind;

void AssignmentWalk::read(Expr& expr, const Facts& known) {
  if (writes_) write(expr, known);
}

void AssignmentWalk::read(std::vector<ast::Argument>& arguments, const Facts& known) {
  for (ast::Argument& argument : arguments) read(argument.value, known);
}

void AssignmentWalk::read(ast::Template& words, const Facts& known) {
  if (!writes_) return;
  for (ast::TemplatePart& part : words.parts) {
    if (part.expression) read(*part.expression, known);
    for (ast::Filter& filter : part.filters) read(filter.arguments, known);
  }
}

void AssignmentWalk::read(ast::Text& text, const Facts& known) {
  for (ast::LocalText& wording : text.languages) read(wording.text, known);
}

void AssignmentWalk::read(ast::Extras& extras, const Facts& known) {
  if (extras.image) read(*extras.image, known);
  if (extras.document) read(*extras.document, known);
  if (extras.location) {
    read(extras.location->latitude, known);
    read(extras.location->longitude, known);
    read(extras.location->name, known);
    read(extras.location->address, known);
  }
  if (extras.link) {
    read(extras.link->label, known);
    read(extras.link->url, known);
  }
}

void AssignmentWalk::write(Expr& expr, const Facts& known) {
  if (const VariableSymbol* symbol = variable(scope_, expr.resolved)) {
    write_variable(expr, *symbol, known);
    return;
  }
  for (std::size_t i = 0; i < expr.operands.size(); ++i) {
    const bool right = i == 1 && (expr.kind == ExprKind::and_ || expr.kind == ExprKind::or_);
    if (!right) {
      write(expr.operands[i], known);
      continue;
    }
    Facts there = known;
    assume(paths_, expr.operands[0], expr.kind == ExprKind::and_, there);
    write(expr.operands[i], there);
  }
  read(expr.arguments, known);
  if (expr.kind == ExprKind::field) write_field(expr, known);
}

void AssignmentWalk::write_variable(Expr& expr, const VariableSymbol& symbol, const Facts& known) {
  const auto path = paths_.find(expr.resolved);
  const bool lacks = path && !known.knows(*path);
  expr.resolved.type = with_optional(symbol.type, lacks);
  if (lacks) scope_.lacks.emplace_back(&expr, known.lack(*path));
}

void AssignmentWalk::write_field(Expr& expr, const Facts& known) {
  const TypeRef declared = declared_type(scope_, expr);
  if (!declared) return;
  const auto path = paths_.find(expr);
  const bool lacks = declared->optional && !(path && known.knows(*path));
  const TypeRef& outer = expr.operands.front().resolved.type;
  expr.resolved.type = with_optional(declared, lacks || (outer && outer->optional));
  if (lacks) scope_.lacks.emplace_back(&expr, path ? known.lack(*path) : Lack{});
}

}  // namespace alur::dsl
