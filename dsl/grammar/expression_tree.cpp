#include "dsl/grammar/expression_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "dsl/ast/operators.hpp"
#include "dsl/grammar/grammar.hpp"
#include "dsl/grammar/literal.hpp"
#include "dsl/grammar/name.hpp"

namespace alur::dsl {
namespace {

using ast::ExprKind;
using ast::Level;
using syntax::HeadKind;

struct Built {
  ast::Expr expr;
  Slice extent;  // with the parentheses around it, if there are any
  int depth = 1;
};

struct Infix {
  ExprKind kind;
  Level level;
};

Infix infix_of(Slice op) {
  const std::string_view text = op.view();
  if (text.starts_with("is")) {
    return {text.ends_with("unset") ? ExprKind::is_unset : ExprKind::is_set, ast::level_comparison};
  }
  const ast::Operator& found = *ast::find_operator(text);
  return {found.kind, found.level};
}

class TreeBuilder {
 public:
  explicit TreeBuilder(Reading& reading) : reading_(reading) {}

  bool build(const syntax::Chain& chain, Built& out);
  bool build(const std::vector<syntax::Argument>& arguments, std::vector<ast::Argument>& out);

 private:
  // How far the operators of one chain have been taken.
  struct Cursor {
    const syntax::Chain& chain;
    std::size_t next = 0;
  };

  bool climb(Cursor& cursor, const syntax::Term& term, std::size_t prefix, Level level_min,
             Built& out);
  bool add_link(Cursor& cursor, Infix op, Built& left);
  bool operand(Cursor& cursor, const syntax::Term& term, std::size_t prefix, Level level_min,
               Built& out);
  bool negated(Cursor& cursor, const syntax::Term& term, std::size_t prefix, Built& out);
  bool fields(const syntax::Term& term, Built& out);
  bool head(const syntax::Head& head, Built& out);
  bool named(const syntax::Head& head, Built& out);
  bool literal(const syntax::Head& head, ast::Expr& out);
  bool list(const syntax::Head& head, Built& out);
  bool check_argument(const std::vector<ast::Argument>& before, const syntax::Argument& argument);
  bool finish(Built& out, ExprKind kind, Slice extent);
  bool refuse(Code code, Slice slice, std::string message, std::string suggestion = {}) {
    reading_.refuse(code, slice, std::move(message), std::move(suggestion));
    return false;
  }

  Reading& reading_;
  int deepest_ = 0;  // of the lists and arguments built since somebody asked
};

// Sets what every node has; the operands are there already.
bool TreeBuilder::finish(Built& out, ExprKind kind, Slice extent) {
  out.expr.kind = kind;
  out.expr.span = reading_.span(extent);
  out.extent = extent;
  ++out.depth;
  if (out.depth <= static_cast<int>(expression_depth_max)) return true;
  return refuse(Code::brackets_too_deep, extent,
                "too many operators one after the other: more than an expression can have",
                "set a variable to a part of it first, or use `in`");
}

bool TreeBuilder::build(const syntax::Chain& chain, Built& out) {
  Cursor cursor{chain};
  return climb(cursor, chain.first, 0, ast::level_or, out);
}

// Takes the operators that bind at least as tightly as level_min.
bool TreeBuilder::climb(Cursor& cursor, const syntax::Term& term, std::size_t prefix,
                        Level level_min, Built& out) {
  if (!operand(cursor, term, prefix, level_min, out)) return false;
  bool compared = false;
  while (cursor.next < cursor.chain.rest.size()) {
    const Slice op = cursor.chain.rest[cursor.next].op;
    const Infix infix = infix_of(op);
    if (infix.level < level_min) return true;
    if (compared && infix.level >= ast::level_comparison) {
      return infix.level == ast::level_comparison
                 ? refuse(Code::needs_parentheses, op, "a second comparison right after the first",
                          "join two comparisons with `and`, or put one in parentheses")
                 : refuse(Code::needs_parentheses, op,
                          quoted(op.view()) + " cannot go on after a comparison",
                          "put the comparison in parentheses");
    }
    if (!add_link(cursor, infix, out)) return false;
    compared = infix.level == ast::level_comparison;
  }
  return true;
}

// `left op right`, or `left is set`.
bool TreeBuilder::add_link(Cursor& cursor, Infix op, Built& left) {
  const syntax::Link& link = cursor.chain.rest[cursor.next++];
  const bool one_sided = op.kind == ExprKind::is_set || op.kind == ExprKind::is_unset;
  Built node;
  node.expr.operands.reserve(one_sided ? 1 : 2);
  node.expr.operands.push_back(std::move(left.expr));
  node.depth = left.depth;
  Slice extent{left.extent.first, link.op.last};
  if (!one_sided) {
    Built right;
    const auto above = static_cast<Level>(op.level + 1);
    // A list ends at its `)`: nothing binds it to what follows.
    const bool built = link.right.head.kind == HeadKind::list
                           ? list(link.right.head, right)
                           : climb(cursor, link.right, 0, above, right);
    if (!built) return false;
    extent.last = right.extent.last;
    node.expr.operands.push_back(std::move(right.expr));
    node.depth = std::max(node.depth, right.depth);
  }
  left = std::move(node);
  return finish(left, op.kind, extent);
}

bool TreeBuilder::operand(Cursor& cursor, const syntax::Term& term, std::size_t prefix,
                          Level level_min, Built& out) {
  if (prefix == term.prefixes.size()) return head(term.head, out) && fields(term, out);
  if (prefix == brackets_depth_max) {
    return refuse(Code::brackets_too_deep, term.prefixes[prefix],
                  fmt::format("more than {} signs before one value", brackets_depth_max));
  }
  const bool is_not = *term.prefixes[prefix].first == 'n';
  if (is_not && level_min > ast::level_not) {
    return refuse(Code::needs_parentheses, term.prefixes[prefix],
                  "`not` after another operator needs parentheses", "write `(not ...)`");
  }
  return negated(cursor, term, prefix, out);
}

// `not` takes all that binds more tightly than itself, `-` just one value.
bool TreeBuilder::negated(Cursor& cursor, const syntax::Term& term, std::size_t prefix,
                          Built& out) {
  const Slice sign = term.prefixes[prefix];
  const bool is_not = *sign.first == 'n';
  Built inner;
  const bool built = is_not ? climb(cursor, term, prefix + 1, ast::level_not, inner)
                            : operand(cursor, term, prefix + 1, ast::level_negate, inner);
  if (!built) return false;
  out.expr.operands.push_back(std::move(inner.expr));
  out.depth = inner.depth;
  return finish(out, is_not ? ExprKind::not_ : ExprKind::negate, {sign.first, inner.extent.last});
}

bool TreeBuilder::fields(const syntax::Term& term, Built& out) {
  for (const Slice field : term.fields) {
    if (!check_spelling(reading_, field)) return false;
    Built node;
    node.expr.name = reading_.name(field);
    node.expr.operands.push_back(std::move(out.expr));
    node.depth = out.depth;
    const Slice extent{out.extent.first, field.last};
    out = std::move(node);
    if (!finish(out, ExprKind::field, extent)) return false;
  }
  return true;
}

bool TreeBuilder::head(const syntax::Head& head, Built& out) {
  switch (head.kind) {
    case HeadKind::name:
      return named(head, out);
    case HeadKind::group:
      if (!build(head.arguments[0].value, out)) return false;
      out.extent = head.extent;
      return true;
    default:
      out.extent = head.extent;
      out.expr.span = reading_.span(head.extent);
      return literal(head, out.expr);
  }
}

// A name, or a call.
bool TreeBuilder::named(const syntax::Head& head, Built& out) {
  if (!check_spelling(reading_, head.word)) return false;
  out.expr.name = reading_.name(head.word);
  if (!head.is_call()) {
    out.expr.kind = ExprKind::name;
    out.expr.span = out.expr.name.span;
    out.extent = head.extent;
    return true;
  }
  if (!build(head.arguments, out.expr.arguments)) return false;
  out.depth = deepest_;
  return finish(out, ExprKind::call, head.extent);
}

bool TreeBuilder::literal(const syntax::Head& head, ast::Expr& out) {
  const auto keep = [&out](ExprKind kind, auto&& read, auto& place) {
    out.kind = kind;
    if (!read) return false;
    place = std::move(*read);
    return true;
  };
  switch (head.kind) {
    case HeadKind::number:
      return keep(ExprKind::number, read_number(reading_, head.word), out.number);
    case HeadKind::text:
      return keep(ExprKind::text, read_text(reading_, head.word), out.text);
    case HeadKind::date:
      return keep(ExprKind::date, read_date(reading_, head.word), out.text);
    case HeadKind::time:
      return keep(ExprKind::time, read_time(reading_, head.word), out.text);
    case HeadKind::duration: {
      auto milliseconds = read_duration(reading_, head.word);
      if (!milliseconds) return false;
      out.kind = ExprKind::duration;
      out.number = value::Decimal::from_integer(*milliseconds);
      return true;
    }
    default:
      break;
  }
  out.kind = head.word.view() == "unset" ? ExprKind::unset : ExprKind::boolean;
  if (out.kind == ExprKind::boolean) out.text = head.word.view();
  return true;
}

bool TreeBuilder::list(const syntax::Head& head, Built& out) {
  out.expr.operands.reserve(head.arguments.size());
  for (const syntax::Argument& argument : head.arguments) {
    Built item;
    if (!build(argument.value, item)) return false;
    out.expr.operands.push_back(std::move(item.expr));
    out.depth = std::max(out.depth, item.depth);
  }
  return finish(out, ExprKind::list, head.extent);
}

bool TreeBuilder::check_argument(const std::vector<ast::Argument>& before,
                                 const syntax::Argument& argument) {
  if (argument.name.empty()) {
    if (before.empty() || before.back().name.empty()) return true;
    return refuse(Code::bad_argument, argument.value.first.head.extent,
                  "an argument without a name after one with a name",
                  "those without a name come first");
  }
  if (!check_spelling(reading_, argument.name)) return false;
  for (const ast::Argument& other : before) {
    if (other.name.text != argument.name.view()) continue;
    return refuse(Code::bad_argument, argument.name,
                  fmt::format("the argument `{}` is given twice", other.name.text));
  }
  return true;
}

bool TreeBuilder::build(const std::vector<syntax::Argument>& arguments,
                        std::vector<ast::Argument>& out) {
  int deepest = 0;
  out.reserve(arguments.size());
  for (const syntax::Argument& argument : arguments) {
    if (!check_argument(out, argument)) return false;
    Built value;
    if (!build(argument.value, value)) return false;
    deepest = std::max(deepest, value.depth);
    ast::Argument& added = out.emplace_back();
    if (!argument.name.empty()) added.name = reading_.name(argument.name);
    added.value = std::move(value.expr);
  }
  deepest_ = deepest;
  return true;
}

}  // namespace

std::optional<ast::Expr> build_expression(Reading& reading, const syntax::Chain& chain) {
  Built built;
  if (!TreeBuilder(reading).build(chain, built)) return std::nullopt;
  return std::move(built.expr);
}

std::optional<std::vector<ast::Argument>> build_arguments(
    Reading& reading, const std::vector<syntax::Argument>& arguments) {
  std::vector<ast::Argument> out;
  if (!TreeBuilder(reading).build(arguments, out)) return std::nullopt;
  return out;
}

std::optional<std::vector<ast::Filter>> build_filters(Reading& reading,
                                                      const std::vector<syntax::Filter>& filters) {
  std::vector<ast::Filter> out;
  out.reserve(filters.size());
  for (const syntax::Filter& filter : filters) {
    if (!check_spelling(reading, filter.name)) return std::nullopt;
    auto arguments = build_arguments(reading, filter.arguments);
    if (!arguments) return std::nullopt;
    out.push_back({reading.name(filter.name), std::move(*arguments), reading.span(filter.extent)});
  }
  return out;
}

}  // namespace alur::dsl
