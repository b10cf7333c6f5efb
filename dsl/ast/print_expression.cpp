// Expressions as text. What levels there are, and so where parentheses must stand, is
// operators.def's.
#include "dsl/ast/print_expression.hpp"

#include "dsl/ast/operators.hpp"
#include "dsl/ast/print.hpp"
#include "engine/value/civil_time.hpp"

namespace alur::dsl::ast {
namespace {

// In parentheses where it binds less tightly than its place asks for.
void append_at(const Expr& expr, int level_min, std::string& out) {
  const bool bare = level(expr.kind) >= level_min;
  if (!bare) out += '(';
  append(expr, out);
  if (!bare) out += ')';
}

void append_text_literal(const std::string& text, std::string& out) {
  out += '"';
  for (const char each : text) {
    if (each == '"' || each == '\\') out += '\\';
    if (each == '\n') {
      out += "\\n";
    } else {
      out += each;
    }
  }
  out += '"';
}

std::string duration_text(std::int64_t milliseconds) {
  return value::to_string(value::Duration{milliseconds});
}

void append_list(const std::vector<Expr>& items, std::string& out) {
  out += '(';
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += ", ";
    append(items[i], out);
  }
  out += ')';
}

void append_infix(const Expr& expr, std::string& out) {
  const Operator& op = *find_operator(expr.kind);
  const bool chains = op.level != level_comparison;
  append_at(expr.operands[0], chains ? op.level : op.level + 1, out);
  out += ' ';
  out += op.spelling;
  out += ' ';
  append_at(expr.operands[1], op.level + 1, out);
}

}  // namespace

void append(const Expr& expr, std::string& out) {
  switch (expr.kind) {
    case ExprKind::broken:
      out += broken_words;
      return;
    case ExprKind::number:
      expr.number.append_to(out);
      return;
    case ExprKind::text:
      return append_text_literal(expr.text, out);
    case ExprKind::duration:
      out += duration_text(expr.number.to_int64().value_or(0));
      return;
    case ExprKind::boolean:
    case ExprKind::date:
    case ExprKind::time:
      out += expr.text;
      return;
    case ExprKind::unset:
      out += "unset";
      return;
    case ExprKind::name:
      out += expr.name.text;
      return;
    case ExprKind::field:
      append_at(expr.operands[0], level_field, out);
      out += '.';
      out += expr.name.text;
      return;
    case ExprKind::list:
      return append_list(expr.operands, out);
    case ExprKind::call:
      out += expr.name.text;
      return append(expr.arguments, out);
    case ExprKind::negate:
      out += '-';
      return append_at(expr.operands[0], level_negate, out);
    case ExprKind::not_:
      out += "not ";
      return append_at(expr.operands[0], level_not, out);
    case ExprKind::is_set:
    case ExprKind::is_unset:
      append_at(expr.operands[0], level_comparison + 1, out);
      out += expr.kind == ExprKind::is_set ? " is set" : " is unset";
      return;
    default:
      return append_infix(expr, out);
  }
}

void append(const std::vector<Argument>& arguments, std::string& out) {
  out += '(';
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (i > 0) out += ", ";
    if (!arguments[i].name.empty()) out += arguments[i].name.text + " = ";
    append(arguments[i].value, out);
  }
  out += ')';
}

std::string to_text(const Expr& expr) {
  std::string out;
  append(expr, out);
  return out;
}

std::string to_text(const Argument& argument) {
  const std::string value = to_text(argument.value);
  return argument.name.empty() ? value : argument.name.text + " = " + value;
}

std::string to_text(const std::vector<Argument>& arguments) {
  std::string out;
  append(arguments, out);
  return out;
}

std::string to_text(const DurationExpr& duration) {
  return duration_text(duration.milliseconds);
}

}  // namespace alur::dsl::ast
