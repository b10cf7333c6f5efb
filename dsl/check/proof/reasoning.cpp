#include "dsl/check/proof/reasoning.hpp"

#include <algorithm>
#include <limits>

namespace alur::dsl::proof {

using program::Function;
using program::Node;
using program::NodeKind;
using program::none;
using program::Op;
using program::Scope;

namespace {

// Ranges lie within 18 digits, so that a sum of two fits 64 bits.
std::int64_t capped(std::int64_t number) {
  constexpr std::int64_t most = value::Decimal::mantissa_max;
  return std::clamp(number, -most, most);
}

std::int64_t product(std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  if (!__builtin_mul_overflow(a, b, &result)) return capped(result);
  return (a < 0) == (b < 0) ? value::Decimal::mantissa_max : -value::Decimal::mantissa_max;
}

bool is_whole(const Possible& possible) {
  return possible.kind == Possible::Kind::whole && possible.may_be_set;
}

Possible sum_of(NodeKind kind, const Possible& a, const Possible& b) {
  switch (kind) {
    case NodeKind::add:
      return whole(capped(a.low + b.low), capped(a.high + b.high));
    case NodeKind::subtract:
      return whole(capped(a.low - b.high), capped(a.high - b.low));
    default: {
      const auto [low, high] = std::minmax({product(a.low, b.low), product(a.low, b.high),
                                            product(a.high, b.low), product(a.high, b.high)});
      return whole(low, high);
    }
  }
}

std::uint64_t mix(std::uint64_t hash, std::uint64_t more) {
  return (hash ^ more) * 1'099'511'628'211U + 0x9E3779B97F4A7C15U;
}

}  // namespace

Reasoning::Reasoning(const program::Program& program) : program_(program), relevant_(program) {
  session_set_.resize(program.app().session.size());
  const auto note = [&](Scope scope, Index slot) {
    if (scope == Scope::session && slot < session_set_.size()) session_set_[slot] = true;
  };
  for (Index i = 0; i < program.unit_count(); ++i) {
    const Unit& unit = program.unit(i);
    for (const program::Instruction& step : unit.code) {
      if (step.op == Op::set) note(static_cast<Scope>(step.a), step.b);
    }
    for (const program::Outcome& outcome : unit.outcomes) {
      if (outcome.slot != none) note(outcome.scope, outcome.slot);
    }
    for (const program::Question& question : unit.questions) {
      if (question.into != none) note(question.into_scope, question.into);
    }
  }
}

Cell Reasoning::variable(Scope scope, Index slot) {
  switch (scope) {
    case Scope::contact:
      return {Cell::Kind::contact, slot, 0};
    case Scope::session:
      return {Cell::Kind::session, slot, 0};
    case Scope::language:
      return {Cell::Kind::language, 0, 0};
    default:
      return {Cell::Kind::local, slot, 0};
  }
}

std::optional<Cell> Reasoning::cell_of(const Unit& unit, Index index) const {
  const Node& node = unit.nodes[index];
  switch (node.kind) {
    case NodeKind::local:
      return Cell{Cell::Kind::local, node.b, 0};
    case NodeKind::contact:
      return Cell{Cell::Kind::contact, node.b, 0};
    case NodeKind::session:
      return Cell{Cell::Kind::session, node.b, 0};
    case NodeKind::language:
      return Cell{Cell::Kind::language, 0, 0};
    case NodeKind::channel:
      return Cell{Cell::Kind::channel, 0, 0};
    case NodeKind::field: {
      auto cell = cell_of(unit, node.b);
      if (cell) cell->detail = mix(cell->detail, node.c) | 1U;
      return cell;
    }
    default:
      return std::nullopt;
  }
}

value::TypeRef Reasoning::type_of(const Unit& unit, Index index) const {
  const Node& node = unit.nodes[index];
  switch (node.kind) {
    case NodeKind::local:
      return unit.slots[node.b].type;
    case NodeKind::contact:
      return program_.app().contact[node.b].type;
    case NodeKind::session:
      return program_.app().session[node.b].type;
    case NodeKind::field: {
      const value::TypeRef record = type_of(unit, node.b);
      const value::TypeField* field = record ? record->find_field(node.c) : nullptr;
      return field ? field->type : nullptr;
    }
    default:
      return nullptr;
  }
}

// What a variable may be where nothing more is known of it.
Possible Reasoning::widest(const Unit& unit, Index index, const Store& store) const {
  const Node& node = unit.nodes[index];
  const auto words = [](const std::vector<std::string>& names) {
    Possible possible = something();
    possible.kind = Possible::Kind::words;
    for (const std::string& name : names) possible.words.push_back(value::name_key(name));
    std::sort(possible.words.begin(), possible.words.end());
    return possible;
  };
  if (node.kind == NodeKind::language) return words(program_.app().languages);
  if (node.kind == NodeKind::channel) return words(program_.app().channels);
  if (node.kind == NodeKind::session && !session_set_[node.b]) return unset_only();
  const value::TypeRef type = type_of(unit, index);
  if (!type) return {};
  const bool unset_too = node.kind != NodeKind::field || of(unit, node.b, store).may_be_unset;
  return any_of(*type, unset_too);
}

Possible Reasoning::of(const Unit& unit, Index index, const Store& store) const {
  const Node& node = unit.nodes[index];
  if (const auto cell = cell_of(unit, index)) {
    const Possible* known = store.find(*cell);
    return known ? *known : widest(unit, index, store);
  }
  switch (node.kind) {
    case NodeKind::constant:
      return exactly(unit.constants[node.b]);
    case NodeKind::negate: {
      const Possible inner = of(unit, node.b, store);
      return is_whole(inner) ? whole(-inner.high, -inner.low) : something();
    }
    case NodeKind::add:
    case NodeKind::subtract:
    case NodeKind::multiply:
      return sum(unit, node, store);
    case NodeKind::fallback: {
      const Possible left = of(unit, node.b, store);
      if (!left.may_be_unset) return left;
      const Possible right = of(unit, node.c, store);
      return left.may_be_set ? join(without_unset(left), right) : right;
    }
    case NodeKind::call:
      return result(unit, node, store);
    case NodeKind::divide:
    case NodeKind::field:
    case NodeKind::hours:
      return {};
    default:
      return as_truth(unit, index, store);
  }
}

Possible Reasoning::sum(const Unit& unit, const Node& node, const Store& store) const {
  const Possible left = of(unit, node.b, store);
  const Possible right = of(unit, node.c, store);
  return is_whole(left) && is_whole(right) ? sum_of(node.kind, left, right) : something();
}

Possible Reasoning::result(const Unit& unit, const Node& node, const Store& store) const {
  const auto argument = [&](Index i) { return unit.argument_nodes[node.c + i]; };
  switch (static_cast<Function>(node.a)) {
    case Function::min:
    case Function::max: {
      const Possible a = of(unit, argument(0), store);
      const Possible b = of(unit, argument(1), store);
      if (!is_whole(a) || !is_whole(b)) return something();
      const bool least = static_cast<Function>(node.a) == Function::min;
      return least ? whole(std::min(a.low, b.low), std::min(a.high, b.high))
                   : whole(std::max(a.low, b.low), std::max(a.high, b.high));
    }
    case Function::count: {
      const value::TypeRef list = type_of(unit, argument(0));
      return list ? whole(list->low, list->high) : whole(0, value::Decimal::mantissa_max);
    }
    case Function::first: {
      const value::TypeRef list = type_of(unit, argument(0));
      if (!list || !list->element) return {};
      return any_of(*list->element, list->low == 0);
    }
    case Function::is_open:
    case Function::matches:
      return either_truth();
    case Function::next_opening:
    case Function::workday_after:
      return {};
    default:
      return something();
  }
}

Possible Reasoning::as_truth(const Unit& unit, Index node, const Store& store) const {
  const bool can_hold = !assume(unit, node, true, store).empty();
  const bool can_fail = !assume(unit, node, false, store).empty();
  return can_hold && can_fail ? either_truth() : truth(can_hold);
}

// --- changes

void Reasoning::assign(Store& store, const Cell& variable, const Unit& unit, Possible value) const {
  if (!is_relevant(unit, variable)) return;
  store.forget(variable);
  store.forget_if([&](const Cell& cell) {
    if (cell.kind != Cell::Kind::answer) return false;
    const std::vector<Cell>& grounds = grounds_[cell.detail].variables;
    return std::any_of(grounds.begin(), grounds.end(),
                       [&](const Cell& ground) { return ground.is_of(variable); });
  });
  store.put(variable, std::move(value));
}

void Reasoning::assign(Store& store, const Cell& variable, const Unit& unit, Index node) const {
  if (!is_relevant(unit, variable)) return;
  std::vector<Store::Entry> fields;
  const auto from = cell_of(unit, node);
  if (from && from->detail == 0) {
    for (const Store::Entry& entry : store.entries()) {
      if (entry.cell.is_of(*from) && entry.cell.detail != 0) fields.push_back(entry);
    }
  }
  assign(store, variable, unit, of(unit, node, store));
  for (Store::Entry& field : fields) {
    store.put({variable.kind, variable.slot, field.cell.detail}, std::move(field.value));
  }
}

void Reasoning::assign_any(Store& store, const Cell& variable, const Unit& unit) const {
  if (!is_relevant(unit, variable)) return;
  value::TypeRef type;
  if (variable.kind == Cell::Kind::local) type = unit.slots[variable.slot].type;
  if (variable.kind == Cell::Kind::contact) type = program_.app().contact[variable.slot].type;
  if (variable.kind == Cell::Kind::session) type = program_.app().session[variable.slot].type;
  Possible value = type ? any_of(*type, false) : something();
  // What a citizen or a service has given is set, whatever the variable could also be.
  assign(store, variable, unit, without_unset(std::move(value)));
}

Store Reasoning::after_call(const Store& store) const {
  Store after = store;
  after.forget_if([&](const Cell& cell) {
    return cell.kind == Cell::Kind::answer && grounds_[cell.detail].time;
  });
  return after;
}

Store Reasoning::after_rest(const Unit& unit, const Store& store, Counters counters) const {
  const auto is_shared = [](const Cell& cell) {
    return cell.kind == Cell::Kind::contact || cell.kind == Cell::Kind::session ||
           cell.kind == Cell::Kind::language;
  };
  Store after = after_call(store);
  after.forget_if([&](const Cell& cell) {
    if (cell.kind != Cell::Kind::answer) return is_shared(cell);
    const std::vector<Cell>& grounds = grounds_[cell.detail].variables;
    return std::any_of(grounds.begin(), grounds.end(), is_shared);
  });
  for (Index slot = unit.counters_begin; slot < unit.slots.size(); ++slot) {
    const Cell counter{Cell::Kind::local, slot, 0};
    if (counters != Counters::kept) after.forget(counter);
    if (counters == Counters::fresh) after.put(counter, unset_only());
  }
  return after;
}

std::optional<bool> Reasoning::found_open(const Unit& unit, Index hours, const Store& store) const {
  for (Index index = 0; index < unit.nodes.size(); ++index) {
    const Node& node = unit.nodes[index];
    if (node.kind != NodeKind::call || static_cast<Function>(node.a) != Function::is_open) continue;
    if (unit.nodes[unit.argument_nodes[node.c]].b != hours) continue;
    Grounds grounds;
    const Possible* known = store.find({Cell::Kind::answer, 0, fingerprint(unit, index, grounds)});
    return known ? std::optional(*known == truth(true)) : std::nullopt;
  }
  return std::nullopt;
}

// Two equal expressions of one flow have the same; what the answer rests on goes into `grounds`.
std::uint64_t Reasoning::fingerprint(const Unit& unit, Index index, Grounds& grounds) const {
  const Node& node = unit.nodes[index];
  std::uint64_t hash = mix(static_cast<std::uint64_t>(node.kind), node.a);
  switch (node.kind) {
    case NodeKind::constant:
      for (const char c : unit.constants[node.b].to_text())
        hash = mix(hash, static_cast<unsigned char>(c));
      return mix(hash, static_cast<std::uint64_t>(unit.constants[node.b].kind()));
    case NodeKind::local:
    case NodeKind::contact:
    case NodeKind::session:
    case NodeKind::language:
    case NodeKind::channel:
      grounds.variables.push_back(*cell_of(unit, index));
      return mix(hash, node.b);
    case NodeKind::field:
      return mix(mix(hash, fingerprint(unit, node.b, grounds)), node.c);
    case NodeKind::hours:
      return mix(hash, node.b);
    case NodeKind::negate:
    case NodeKind::not_:
    case NodeKind::is_set:
      return mix(hash, fingerprint(unit, node.b, grounds));
    case NodeKind::in_items:
      hash = mix(hash, fingerprint(unit, node.b, grounds));
      [[fallthrough]];
    case NodeKind::call: {
      if (node.kind == NodeKind::call) {
        const auto function = static_cast<Function>(node.a);
        grounds.time |= function == Function::now || function == Function::today ||
                        function == Function::is_open || function == Function::next_opening;
      }
      for (Index i = 0; i < node.n; ++i) {
        hash = mix(hash, fingerprint(unit, unit.argument_nodes[node.c + i], grounds));
      }
      return hash;
    }
    default:
      hash = mix(hash, fingerprint(unit, node.b, grounds));
      return mix(hash, fingerprint(unit, node.c, grounds));
  }
}

}  // namespace alur::dsl::proof
