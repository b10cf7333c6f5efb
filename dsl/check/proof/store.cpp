#include "dsl/check/proof/store.hpp"

#include <algorithm>
#include <utility>

namespace alur::dsl::proof {
namespace {

auto lower_bound(auto& entries, const Cell& cell) {
  return std::lower_bound(
      entries.begin(), entries.end(), cell,
      [](const Store::Entry& entry, const Cell& wanted) { return entry.cell < wanted; });
}

bool widens(const Possible& before, const Possible& after) {
  return after.kind == Possible::Kind::whole && before.kind == Possible::Kind::whole &&
         (after.low < before.low || after.high > before.high);
}

}  // namespace

const Possible* Store::find(const Cell& cell) const {
  const auto at = lower_bound(entries_, cell);
  return at != entries_.end() && at->cell == cell ? &at->value : nullptr;
}

void Store::put(const Cell& cell, Possible value) {
  const auto at = lower_bound(entries_, cell);
  if (at != entries_.end() && at->cell == cell) {
    at->value = std::move(value);
  } else {
    entries_.insert(at, {cell, std::move(value)});
  }
}

void Store::forget(const Cell& variable) {
  forget_if([&](const Cell& cell) { return cell.is_of(variable); });
}

Store join(const Store& a, const Store& b) {
  Store joined;
  for (const Store::Entry& entry : a.entries()) {
    if (const Possible* other = b.find(entry.cell)) {
      joined.put(entry.cell, join(entry.value, *other));
    }
  }
  return joined;
}

Store widen(const Store& before, const Store& after) {
  const Store joined = join(before, after);
  Store widened = joined;
  for (const Store::Entry& entry : joined.entries()) {
    const Possible* was = before.find(entry.cell);
    if (was != nullptr && widens(*was, entry.value)) {
      widened.forget_if([&](const Cell& cell) { return cell == entry.cell; });
    }
  }
  return widened;
}

bool covers(const Store& whole, const Store& part) {
  auto narrow = part.entries().begin();
  for (const Store::Entry& entry : whole.entries()) {
    while (narrow != part.entries().end() && narrow->cell < entry.cell) ++narrow;
    if (narrow == part.entries().end() || narrow->cell != entry.cell) return false;
    if (!covers(entry.value, narrow->value)) return false;
  }
  return true;
}

}  // namespace alur::dsl::proof
