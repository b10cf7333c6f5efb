// Expressions -> nodes, children before parents.
#include "dsl/check/type_rules.hpp"
#include "dsl/emit/unit_builder.hpp"

namespace alur::dsl {

using ast::Expr;
using ast::ExprKind;
using program::NodeKind;
using value::Value;
using Use = ast::Resolved::Use;

namespace {

NodeKind binary_kind(ExprKind kind) {
  switch (kind) {
    case ExprKind::and_:
      return NodeKind::and_;
    case ExprKind::equal:
      return NodeKind::equal;
    case ExprKind::not_equal:
      return NodeKind::not_equal;
    case ExprKind::less:
      return NodeKind::less;
    case ExprKind::less_equal:
      return NodeKind::less_equal;
    case ExprKind::greater:
      return NodeKind::greater;
    case ExprKind::greater_equal:
      return NodeKind::greater_equal;
    case ExprKind::add:
      return NodeKind::add;
    case ExprKind::subtract:
      return NodeKind::subtract;
    case ExprKind::multiply:
      return NodeKind::multiply;
    default:
      return NodeKind::divide;
  }
}

// `x or y` is a choice of truths only where the left is one for sure.
bool is_truth(const Expr& expr) {
  return expr.resolved.type && expr.resolved.type->kind == value::TypeKind::boolean &&
         !expr.resolved.type->optional;
}

Value literal(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::number:
      return Value(expr.number);
    case ExprKind::text:
      return Value(expr.text);
    case ExprKind::boolean:
      return Value(expr.text == "true");
    case ExprKind::duration:
      return Value(value::Duration{expr.number.to_int64().value_or(0)});
    case ExprKind::date: {
      const auto date = value::parse_date(expr.text);
      return date ? Value(*date) : Value();
    }
    case ExprKind::time: {
      const auto time = value::parse_time(expr.text);
      return time ? Value(*time) : Value();
    }
    default:
      return Value();
  }
}

}  // namespace

Index UnitBuilder::add_constant(Value value) {
  unit_.constants.push_back(std::move(value));
  return static_cast<Index>(unit_.constants.size() - 1);
}

Index UnitBuilder::add_node(NodeKind kind, Index b, Index c, std::uint8_t a, std::uint16_t n) {
  unit_.nodes.push_back({kind, a, n, b, c});
  return static_cast<Index>(unit_.nodes.size() - 1);
}

// `a in (x, y)`: the items stand in `argument_nodes`.
Index UnitBuilder::emit_items(const Expr& expr) {
  const Index left = emit_expression(expr.operands[0]);
  const Expr& list = expr.operands[1];
  if (list.kind != ExprKind::list) {
    return add_node(NodeKind::in_list, left, emit_expression(list));
  }
  std::vector<Index> items;
  for (const Expr& item : list.operands) items.push_back(emit_expression(item));
  const auto first = static_cast<Index>(unit_.argument_nodes.size());
  unit_.argument_nodes.insert(unit_.argument_nodes.end(), items.begin(), items.end());
  return add_node(NodeKind::in_items, left, first, 0, static_cast<std::uint16_t>(items.size()));
}

Index UnitBuilder::emit_call(const Expr& expr) {
  std::vector<Index> arguments;
  for (const ast::Argument& argument : expr.arguments) {
    arguments.push_back(emit_expression(argument.value));
  }
  const auto first = static_cast<Index>(unit_.argument_nodes.size());
  unit_.argument_nodes.insert(unit_.argument_nodes.end(), arguments.begin(), arguments.end());
  return add_node(NodeKind::call, 0, first, static_cast<std::uint8_t>(expr.resolved.index),
                  static_cast<std::uint16_t>(arguments.size()));
}

Index UnitBuilder::emit_expression(const Expr& expr) {
  switch (expr.resolved.use) {
    case Use::local:
      return add_node(NodeKind::local, expr.resolved.index);
    case Use::contact:
      return add_node(NodeKind::contact, expr.resolved.index);
    case Use::session:
      return add_node(NodeKind::session, expr.resolved.index);
    case Use::language:
      return add_node(NodeKind::language);
    case Use::channel:
      return add_node(NodeKind::channel);
    case Use::hours:
      return add_node(NodeKind::hours, expr.resolved.index);
    case Use::member:
      return add_node(NodeKind::constant, add_constant(Value::choice(expr.name.text)));
    case Use::function:
      return emit_call(expr);
    case Use::none:
      break;
  }
  switch (expr.kind) {
    case ExprKind::field: {
      const Index record = emit_expression(expr.operands[0]);
      return add_node(NodeKind::field, record, value::name_key(expr.name.text));
    }
    case ExprKind::negate:
      return add_node(NodeKind::negate, emit_expression(expr.operands[0]));
    case ExprKind::not_:
      return add_node(NodeKind::not_, emit_expression(expr.operands[0]));
    case ExprKind::is_set:
      return add_node(NodeKind::is_set, emit_expression(expr.operands[0]));
    case ExprKind::is_unset:
      return add_node(NodeKind::not_,
                      add_node(NodeKind::is_set, emit_expression(expr.operands[0])));
    case ExprKind::in:
      return emit_items(expr);
    case ExprKind::or_: {
      const NodeKind kind = is_truth(expr.operands[0]) ? NodeKind::or_ : NodeKind::fallback;
      const Index left = emit_expression(expr.operands[0]);
      return add_node(kind, left, emit_expression(expr.operands[1]));
    }
    case ExprKind::broken:
    case ExprKind::number:
    case ExprKind::text:
    case ExprKind::boolean:
    case ExprKind::duration:
    case ExprKind::date:
    case ExprKind::time:
    case ExprKind::unset:
    case ExprKind::name:
    case ExprKind::list:
    case ExprKind::call:
      return add_node(NodeKind::constant, add_constant(literal(expr)));
    default: {
      const Index left = emit_expression(expr.operands[0]);
      return add_node(binary_kind(expr.kind), left, emit_expression(expr.operands[1]));
    }
  }
}

bool holds_private(const ast::Expr& expr) {
  return expr.resolved.type && holds_private(*expr.resolved.type);
}

program::Range UnitBuilder::emit_arguments(const std::vector<ast::Argument>& arguments) {
  std::vector<program::Argument> emitted;
  for (const ast::Argument& argument : arguments) {
    emitted.push_back({value::name_key(argument.name.text), argument.name.text,
                       emit_expression(argument.value), holds_private(argument.value)});
  }
  const auto first = static_cast<Index>(unit_.arguments.size());
  unit_.arguments.insert(unit_.arguments.end(), emitted.begin(), emitted.end());
  return {first, static_cast<Index>(unit_.arguments.size())};
}

program::Range UnitBuilder::emit_fields(const std::vector<ast::Assignment>& fields) {
  const auto first = static_cast<Index>(unit_.arguments.size());
  for (const ast::Assignment& field : fields) {
    const Index node = emit_expression(field.value);
    unit_.arguments.push_back(
        {value::name_key(field.target.text), field.target.text, node, holds_private(field.value)});
  }
  return {first, static_cast<Index>(unit_.arguments.size())};
}

}  // namespace alur::dsl
