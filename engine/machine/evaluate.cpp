// Expressions: values of nodes. Total: whatever the types allow gives a value, and what cannot be
// given is unset.
#include "engine/machine/evaluate.hpp"

#include <cassert>

#include "engine/machine/functions.hpp"
#include "engine/machine/walk.hpp"

namespace alur::machine {

using program::Node;
using program::NodeKind;
using value::Kind;
using value::Value;

namespace {

std::partial_ordering ordering(const Value& a, const Value& b) {
  return value::compare(a, b);
}

bool compares(NodeKind kind, const Value& a, const Value& b) {
  switch (kind) {
    case NodeKind::equal:
      return a == b;
    case NodeKind::not_equal:
      return !(a == b);
    case NodeKind::less:
      return ordering(a, b) < 0;
    case NodeKind::less_equal:
      return ordering(a, b) <= 0;
    case NodeKind::greater:
      return ordering(a, b) > 0;
    default:
      return ordering(a, b) >= 0;
  }
}

bool list_holds(const Value& list, const Value& item) {
  if (!list.is(Kind::list)) return false;
  for (const Value& held : list.list().items) {
    if (held == item) return true;
  }
  return false;
}

bool truth(const Value& value) {
  return value.is(Kind::boolean) && value.boolean();
}

}  // namespace

bool Walk::holds(Index unit_index, Index node) {
  Value scratch;
  return truth(evaluate(unit_index, node, scratch));
}

Value Walk::take(Index unit_index, Index node) {
  Value scratch;
  const Value& value = evaluate(unit_index, node, scratch);
  if (&value == &scratch) return scratch;
  return value;
}

const Value& Walk::evaluate(Index unit_index, Index index, Value& scratch) {
  // the interpreter's switch
  const program::Unit& unit = program_.unit(unit_index);
  const Node& node = unit.nodes[index];
  switch (node.kind) {
    case NodeKind::constant:
      return unit.constants[node.b];
    case NodeKind::local:
      return session_.slots[top().base + node.b];
    case NodeKind::contact:
      return session_.contact[node.b];
    case NodeKind::session:
      return session_.shared[node.b];
    case NodeKind::language:
      return scratch = Value::choice(program_.app().languages[session_.language]);
    case NodeKind::channel:
      return scratch = Value::choice(program_.app().channels[session_.channel]);
    case NodeKind::field: {
      Value own;
      const Value& record = evaluate(unit_index, node.b, own);
      const Value* field = record.is(Kind::record) ? record.record().find(node.c) : nullptr;
      if (!field) return scratch = Value();
      if (&record != &own) return *field;
      Value copy = *field;
      return scratch = std::move(copy);
    }
    case NodeKind::negate: {
      const Value& number = evaluate(unit_index, node.b, scratch);
      return scratch = number.is(Kind::number) ? Value(number.number().negated()) : Value();
    }
    case NodeKind::not_:
      return scratch = Value(!holds(unit_index, node.b));
    case NodeKind::is_set: {
      const bool set = evaluate(unit_index, node.b, scratch).is_set();
      return scratch = Value(set);
    }
    case NodeKind::and_:
      return scratch = Value(holds(unit_index, node.b) && holds(unit_index, node.c));
    case NodeKind::or_:
      return scratch = Value(holds(unit_index, node.b) || holds(unit_index, node.c));
    case NodeKind::fallback: {
      const Value& left = evaluate(unit_index, node.b, scratch);
      return left.is_set() ? left : evaluate(unit_index, node.c, scratch);
    }
    case NodeKind::equal:
    case NodeKind::not_equal:
    case NodeKind::less:
    case NodeKind::less_equal:
    case NodeKind::greater:
    case NodeKind::greater_equal: {
      Value left, right;
      const bool result = compares(node.kind, evaluate(unit_index, node.b, left),
                                   evaluate(unit_index, node.c, right));
      return scratch = Value(result);
    }
    case NodeKind::in_list: {
      Value left, right;
      const bool result =
          list_holds(evaluate(unit_index, node.c, right), evaluate(unit_index, node.b, left));
      return scratch = Value(result);
    }
    case NodeKind::in_items: {
      Value left, item;
      const Value& wanted = evaluate(unit_index, node.b, left);
      bool found = false;
      for (Index i = 0; i < node.n && !found; ++i) {
        found = evaluate(unit_index, unit.argument_nodes[node.c + i], item) == wanted;
      }
      return scratch = Value(found);
    }
    case NodeKind::add:
    case NodeKind::subtract:
    case NodeKind::multiply:
    case NodeKind::divide: {
      Value left, right;
      const Value& a = evaluate(unit_index, node.b, left);
      const Value& b = evaluate(unit_index, node.c, right);
      return scratch = calculate(node.kind, a, b);
    }
    case NodeKind::call: {
      std::array<Value, function_arguments_max> own;
      std::array<const Value*, function_arguments_max> arguments{};
      assert(node.n <= function_arguments_max);
      std::optional<Index> hours;
      for (Index i = 0; i < node.n; ++i) {
        const Index argument = unit.argument_nodes[node.c + i];
        if (unit.nodes[argument].kind == NodeKind::hours) {
          hours = unit.nodes[argument].b;
        } else {
          arguments[i] = &evaluate(unit_index, argument, own[i]);
        }
      }
      const FunctionScene scene{program_, now_, session_.language, hours};
      Value result = apply_function(static_cast<program::Function>(node.a), arguments, scene);
      return scratch = std::move(result);
    }
    case NodeKind::hours:
      return scratch = Value();
  }
  return scratch = Value();
}

value::Value Evaluation::value(Index unit, Index node) {
  return Walk(program_, scene_, now_, false).take(unit, node);
}

}  // namespace alur::machine
