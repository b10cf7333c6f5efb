#include "dsl/check/proof/store.hpp"

#include <algorithm>
#include <utility>

namespace alur::dsl::proof {
namespace {

auto lower_bound(auto&& entries, const Cell& cell) {
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
  const auto at = lower_bound(entries(), cell);
  return at != entries().end() && at->cell == cell ? &at->value : nullptr;
}

void Store::put(const Cell& cell, Possible value) {
  if (const Possible* known = find(cell); known != nullptr && *known == value) return;
  Entries& entries = own().entries;
  const auto at = lower_bound(entries, cell);
  if (at != entries.end() && at->cell == cell) {
    at->value = std::move(value);
  } else {
    entries.insert(at, {cell, std::move(value)});
  }
}

// What this one alone knows, about to change.
Store::Known& Store::own() {
  if (!known_) {
    known_ = std::make_shared<Known>();
  } else if (known_.use_count() > 1) {
    known_ = std::make_shared<Known>(Known{known_->entries});
  }
  known_->digested = false;
  return *known_;
}

Digest Store::digest() const {
  if (!known_) return {};
  if (known_->digested) return known_->digest;
  Digester digester;
  for (const Entry& entry : known_->entries) {
    digester.add(static_cast<std::uint64_t>(entry.cell.kind));
    digester.add(entry.cell.slot);
    digester.add(entry.cell.detail);
    digester.add((entry.value.may_be_set ? 1U : 0U) + (entry.value.may_be_unset ? 2U : 0U) +
                 4U * static_cast<unsigned>(entry.value.kind));
    for (const std::uint32_t word : entry.value.words) digester.add(word);
    digester.add(static_cast<std::uint64_t>(entry.value.low));
    digester.add(static_cast<std::uint64_t>(entry.value.high));
  }
  known_->digested = true;
  known_->digest = known_->entries.empty() ? Digest{} : digester.digest();
  return known_->digest;
}

void Store::forget(const Cell& variable) {
  forget_if([&](const Cell& cell) { return cell.is_of(variable); });
}

Store join(const Store& a, const Store& b) {
  if (a.same(b)) return a;
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
  if (whole.same(part)) return true;
  auto narrow = part.entries().begin();
  for (const Store::Entry& entry : whole.entries()) {
    while (narrow != part.entries().end() && narrow->cell < entry.cell) ++narrow;
    if (narrow == part.entries().end() || narrow->cell != entry.cell) return false;
    if (!covers(entry.value, narrow->value)) return false;
  }
  return true;
}

}  // namespace alur::dsl::proof
