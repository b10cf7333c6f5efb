// Expressions, argument lists, targets, calls and `each` clauses: from text to tree. The stages:
// bounds, expression_grammar.cpp, expression_tree.cpp; expression_mistakes.cpp when the grammar
// halts.
#include "dsl/grammar/expression.hpp"

#include <algorithm>
#include <utility>

#include "dsl/grammar/expression_mistakes.hpp"
#include "dsl/grammar/expression_syntax.hpp"
#include "dsl/grammar/expression_tree.hpp"
#include "dsl/grammar/grammar.hpp"
#include "dsl/grammar/mistakes.hpp"
#include "dsl/grammar/name.hpp"

namespace alur::dsl {
namespace {

// Checks what must be bounded before recursing, then lets the grammar read. False after a finding.
template <typename Read, typename Tree>
bool read_bounded(Reading& reading, const Read& read, Tree& tree, std::string_view reference = {}) {
  if (!check_length(reading, expression_bytes_max, "an expression")) return false;
  if (refuse_depth(reading, Nesting::of_expression, brackets_depth_max)) return false;
  const std::optional<Halt> halt = read(reading.text(), tree);
  if (halt) explain_expression(reading, *halt, reference);
  return !halt;
}

// Each word of a dotted name.
bool check_path(Reading& reading, Slice path) {
  for (const char* at = path.first;; ++at) {
    const char* dot = std::find(at, path.last, '.');
    if (!check_name(reading, {at, dot})) return false;
    if (dot == path.last) return true;
    at = dot;
  }
}

// Targets and calls name all their arguments.
bool check_named(Reading& reading, const std::vector<syntax::Argument>& arguments) {
  for (const syntax::Argument& argument : arguments) {
    if (!argument.name.empty()) continue;
    const syntax::Chain& value = argument.value;
    const bool compares = !value.rest.empty() && value.rest[0].op.view() == "==";
    if (compares && value.first.head.kind == syntax::HeadKind::name &&
        !value.first.head.is_call()) {
      reading.refuse_with_fix(Code::bad_argument, value.rest[0].op,
                              "an argument is given with a single `=`", "=");
    } else {
      reading.refuse(Code::bad_argument, value.first.head.extent, "this argument has no name",
                     "arguments are written `name = value`");
    }
    return false;
  }
  return true;
}

std::optional<std::vector<ast::Argument>> build_named(Reading& reading,
                                                      const syntax::Reference& tree) {
  if (!check_named(reading, tree.arguments)) return std::nullopt;
  return build_arguments(reading, tree.arguments);
}

// The one argument, if it is nothing but a name.
std::optional<Slice> sole_name(const std::vector<syntax::Argument>& arguments) {
  if (arguments.size() != 1 || !arguments[0].name.empty()) return std::nullopt;
  const syntax::Chain& value = arguments[0].value;
  const syntax::Term& term = value.first;
  const bool bare = value.rest.empty() && term.prefixes.empty() && term.fields.empty();
  const bool name = term.head.kind == syntax::HeadKind::name && !term.head.is_call();
  if (!bare || !name) return std::nullopt;
  return term.head.word;
}

}  // namespace

bool read_filling_into(Reading& reading, ast::TemplatePart& part) {
  syntax::Filling tree;
  if (!read_bounded(reading, syntax::read_filling, tree)) return false;
  part.expression = build_expression(reading, tree.value);
  if (!part.expression) return false;
  auto filters = build_filters(reading, tree.filters);
  if (!filters) return false;
  part.filters = std::move(*filters);
  return true;
}

std::optional<ast::Expr> parse_expression(const Fragment& fragment, Findings& findings) {
  Reading reading(fragment, findings);
  syntax::Chain tree;
  if (!read_bounded(reading, syntax::read_expression, tree)) return std::nullopt;
  return build_expression(reading, tree);
}

std::optional<std::vector<ast::Argument>> parse_argument_list(const Fragment& fragment,
                                                              Findings& findings) {
  Reading reading(fragment, findings);
  if (refuse_blank(reading, "`( )` with arguments")) return std::nullopt;
  std::vector<syntax::Argument> tree;
  if (!read_bounded(reading, syntax::read_arguments, tree)) return std::nullopt;
  return build_arguments(reading, tree);
}

std::optional<ast::Target> parse_target(const Fragment& fragment, Findings& findings) {
  Reading reading(fragment, findings);
  if (refuse_blank(reading, "the name of a state or flow")) return std::nullopt;
  syntax::Reference tree;
  if (!read_bounded(reading, syntax::read_target, tree, "a state or a flow")) return std::nullopt;
  if (!check_name(reading, tree.name)) return std::nullopt;
  auto arguments = build_named(reading, tree);
  if (!arguments) return std::nullopt;
  ast::Target target;
  target.name = reading.name(tree.name);
  target.has_arguments = tree.has_arguments;
  target.arguments = std::move(*arguments);
  target.span = reading.span(trimmed(reading.text()));
  return target;
}

std::optional<ast::CallExpr> parse_call(const Fragment& fragment, Findings& findings) {
  Reading reading(fragment, findings);
  if (refuse_blank(reading, "the name of a service")) return std::nullopt;
  syntax::Reference tree;
  if (!read_bounded(reading, syntax::read_call, tree, "a service")) return std::nullopt;
  if (!check_path(reading, tree.name)) return std::nullopt;
  auto arguments = build_named(reading, tree);
  if (!arguments) return std::nullopt;
  return ast::CallExpr{reading.name(tree.name), std::move(*arguments),
                       reading.span(trimmed(reading.text()))};
}

std::optional<ast::Binding> parse_binding(const Fragment& fragment, Findings& findings) {
  Reading reading(fragment, findings);
  if (refuse_blank(reading, "the name of an outcome")) return std::nullopt;
  syntax::Reference tree;
  if (!read_bounded(reading, syntax::read_target, tree, "an outcome")) return std::nullopt;
  if (!check_name(reading, tree.name)) return std::nullopt;
  ast::Binding binding;
  binding.outcome = reading.name(tree.name);
  binding.span = reading.span(trimmed(reading.text()));
  if (!tree.has_arguments) return binding;
  const Slice inside{tree.name.last, trimmed(reading.text()).last};
  const auto variable = sole_name(tree.arguments);
  if (!variable) {
    return reading.refuse(Code::bad_reference, trimmed(inside),
                          "an outcome carries its value into one variable",
                          "write " + quoted(binding.outcome.text + "(variable)"));
  }
  if (!check_name(reading, *variable)) return std::nullopt;
  binding.variable = reading.name(*variable);
  return binding;
}

std::optional<EachClause> parse_each(const Fragment& fragment, Findings& findings) {
  Reading reading(fragment, findings);
  if (refuse_blank(reading, "`item in list`")) return std::nullopt;
  auto expr = parse_expression(fragment, findings);
  if (!expr) return std::nullopt;
  const bool fits = expr->kind == ast::ExprKind::in &&
                    expr->operands[0].kind == ast::ExprKind::name &&
                    expr->operands[1].kind != ast::ExprKind::list;
  if (!fits) {
    return reading.refuse(Code::bad_value, trimmed(reading.text()),
                          "this does not say which item of which list",
                          "write `item in list`, like `other in others`");
  }
  return EachClause{std::move(expr->operands[0].name), std::move(expr->operands[1])};
}

}  // namespace alur::dsl
