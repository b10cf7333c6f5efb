// Conditions taken apart: each kind narrows the variables that it speaks of, as far as one variable
// at a time can say it.
#include <algorithm>
#include <utility>

#include "dsl/check/proof/reasoning.hpp"

namespace alur::dsl::proof {

using program::Node;
using program::NodeKind;

namespace {

constexpr std::size_t cases_max = 8;

void add(std::vector<Store>& all, std::vector<Store> more) {
  for (Store& store : more) {
    if (all.size() < cases_max) {
      all.push_back(std::move(store));
    } else {
      all.back() = join(all.back(), store);
    }
  }
}

bool is_exact(const Possible& possible) {
  if (possible.may_be_unset || !possible.may_be_set) return false;
  return possible.kind == Possible::Kind::whole ? possible.low == possible.high
                                                : possible.single_word().has_value();
}

// What remains when it is not this exact value.
Possible without(Possible from, const Possible& exact) {
  if (from.kind != exact.kind || !from.may_be_set) return from;
  if (const auto word = exact.single_word()) {
    std::erase(from.words, *word);
    from.may_be_set = !from.words.empty();
  } else if (from.kind == Possible::Kind::whole) {
    if (from.low == exact.low) ++from.low;
    if (from.high == exact.high) --from.high;
    from.may_be_set = from.low <= from.high;
  }
  return from;
}

}  // namespace

std::vector<Store> Reasoning::assume(const Unit& unit, Index index, bool truth,
                                     const Store& store) const {
  const Node& node = unit.nodes[index];
  switch (node.kind) {
    case NodeKind::not_:
      return assume(unit, node.b, !truth, store);
    case NodeKind::and_:
      if (truth) return assume_both(unit, node.b, true, node.c, true, store);
      {
        Stores all = assume(unit, node.b, false, store);
        add(all, assume_both(unit, node.b, true, node.c, false, store));
        return all;
      }
    case NodeKind::or_:
      if (!truth) return assume_both(unit, node.b, false, node.c, false, store);
      {
        Stores all = assume(unit, node.b, true, store);
        add(all, assume_both(unit, node.b, false, node.c, true, store));
        return all;
      }
    case NodeKind::is_set:
      return assume_set(unit, node.b, truth, store);
    case NodeKind::equal:
      return assume_equal(unit, node.b, node.c, truth, store);
    case NodeKind::not_equal:
      return assume_equal(unit, node.b, node.c, !truth, store);
    case NodeKind::less:
      return assume_less(unit, node.b, node.c, truth, store);
    case NodeKind::less_equal:
      return assume_less(unit, node.c, node.b, !truth, store);
    case NodeKind::greater:
      return assume_less(unit, node.c, node.b, truth, store);
    case NodeKind::greater_equal:
      return assume_less(unit, node.b, node.c, !truth, store);
    case NodeKind::in_items:
      return assume_listed(unit, index, truth, store);
    case NodeKind::fallback:
      return assume_fallback(unit, index, truth, store);
    default:
      break;
  }
  if (cell_of(unit, index) || node.kind == NodeKind::constant) {
    Possible wanted = proof::truth(truth);
    return assume_cell(unit, index, meet(of(unit, index, store), wanted), store);
  }
  Grounds grounds;
  const std::uint64_t question = fingerprint(unit, index, grounds);
  return remember(question, grounds, truth, {store});
}

std::vector<Store> Reasoning::assume_both(const Unit& unit, Index left, bool left_truth,
                                          Index right, bool right_truth, const Store& store) const {
  Stores all;
  for (const Store& each : assume(unit, left, left_truth, store)) {
    add(all, assume(unit, right, right_truth, each));
  }
  return all;
}

// The expression is one of `only`; nothing, if that is nothing.
std::vector<Store> Reasoning::assume_cell(const Unit& unit, Index node, const Possible& only,
                                          const Store& store) const {
  if (only.nothing()) return {};
  const auto cell = cell_of(unit, node);
  if (!cell) return {store};
  Store narrowed = store;
  narrowed.put(*cell, only);
  return {std::move(narrowed)};
}

std::vector<Store> Reasoning::assume_set(const Unit& unit, Index node, bool truth,
                                         const Store& store) const {
  const Possible now = of(unit, node, store);
  const Possible only = truth ? without_unset(now) : without_set(now);
  Stores stores = assume_cell(unit, node, only, store);
  if (cell_of(unit, node) || stores.empty()) return stores;
  Grounds grounds;
  const std::uint64_t question = fingerprint(unit, node, grounds) ^ 1U;
  return remember(question, grounds, truth, std::move(stores));
}

std::vector<Store> Reasoning::assume_equal(const Unit& unit, Index left, Index right, bool truth,
                                           const Store& store) const {
  const Possible a = of(unit, left, store);
  const Possible b = of(unit, right, store);
  Stores stores;
  if (truth) {
    const Possible both = meet(without_unset(a), without_unset(b));
    for (const Store& each : assume_cell(unit, left, both, store)) {
      add(stores, assume_cell(unit, right, both, each));
    }
  } else {
    const Possible first = is_exact(b) ? without(a, b) : a;
    const Possible second = is_exact(a) ? without(b, a) : b;
    for (const Store& each : assume_cell(unit, left, first, store)) {
      if (!second.nothing()) add(stores, assume_cell(unit, right, second, each));
    }
  }
  if (stores.empty() || is_exact(a) || is_exact(b)) return stores;
  Grounds grounds;
  const std::uint64_t question =
      fingerprint(unit, left, grounds) * 3 + fingerprint(unit, right, grounds) * 5;
  return remember(question, grounds, truth, std::move(stores));
}

std::vector<Store> Reasoning::assume_less(const Unit& unit, Index left, Index right, bool truth,
                                          const Store& store) const {
  Possible a = of(unit, left, store);
  Possible b = of(unit, right, store);
  Stores stores{store};
  const bool exact = is_exact(a) || is_exact(b);
  if (a.kind == Possible::Kind::whole && b.kind == Possible::Kind::whole && a.may_be_set &&
      b.may_be_set) {
    const Possible first = a;
    if (truth) {
      a.high = std::min(a.high, b.high - 1);
      b.low = std::max(b.low, first.low + 1);
    } else {
      a.low = std::max(a.low, b.low);
      b.high = std::min(b.high, first.high);
    }
    if (a.low > a.high || b.low > b.high) return {};
    stores.clear();
    for (const Store& each : assume_cell(unit, left, without_unset(a), store)) {
      add(stores, assume_cell(unit, right, without_unset(b), each));
    }
    if (exact) return stores;
  }
  Grounds grounds;
  const std::uint64_t question =
      fingerprint(unit, left, grounds) * 7 + fingerprint(unit, right, grounds) * 11;
  return remember(question, grounds, truth, std::move(stores));
}

// `x in (a, b)`: one of them, or none.
std::vector<Store> Reasoning::assume_listed(const Unit& unit, Index index, bool truth,
                                            const Store& store) const {
  const Node& node = unit.nodes[index];
  Possible left = of(unit, node.b, store);
  bool all_exact = true;
  Possible listed = unset_only();
  for (Index i = 0; i < node.n; ++i) {
    const Possible item = of(unit, unit.argument_nodes[node.c + i], store);
    all_exact &= is_exact(item);
    if (all_exact && !truth) left = without(left, item);
    listed = join(listed, item);
  }
  if (truth) left = meet(without_unset(left), without_unset(listed));
  Stores stores = assume_cell(unit, node.b, left, store);
  if (stores.empty() || (all_exact && cell_of(unit, node.b))) return stores;
  Grounds grounds;
  const std::uint64_t question = fingerprint(unit, index, grounds);
  return remember(question, grounds, truth, std::move(stores));
}

std::vector<Store> Reasoning::assume_fallback(const Unit& unit, Index index, bool truth,
                                              const Store& store) const {
  const Node& node = unit.nodes[index];
  Stores all;
  for (const Store& set : assume_set(unit, node.b, true, store)) {
    add(all, assume(unit, node.b, truth, set));
  }
  for (const Store& unset : assume_set(unit, node.b, false, store)) {
    add(all, assume(unit, node.c, truth, unset));
  }
  return all;
}

std::vector<Store> Reasoning::assume_is(const Unit& unit, Index node, const value::Value& value,
                                        bool truth, const Store& store) const {
  if (value.is(value::Kind::boolean)) return assume(unit, node, value.boolean() == truth, store);
  const Possible now = of(unit, node, store);
  const Possible exact = exactly(value);
  const Possible only =
      truth ? meet(without_unset(now), exact) : (is_exact(exact) ? without(now, exact) : now);
  return assume_cell(unit, node, only, store);
}

// Answers a question that was answered before in the same way, or notes the answer.
std::vector<Store> Reasoning::remember(std::uint64_t question, const Grounds& grounds, bool truth,
                                       std::vector<Store> stores) const {
  grounds_.try_emplace(question, grounds);
  const Cell answer{Cell::Kind::answer, 0, question};
  std::erase_if(stores, [&](const Store& store) {
    const Possible* known = store.find(answer);
    return known != nullptr && *known != proof::truth(truth);
  });
  for (Store& store : stores) store.put(answer, proof::truth(truth));
  return stores;
}

}  // namespace alur::dsl::proof
