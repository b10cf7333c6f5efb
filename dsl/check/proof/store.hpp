// Store: what is known at one place of a conversation, of each variable and of what was asked and
// answered on the way. What is not in it may be anything that its type allows.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "dsl/check/proof/possible.hpp"
#include "engine/program/unit.hpp"

namespace alur::dsl::proof {

using program::Index;

// A thing of which something is known: a variable of the flow, the citizen or the conversation, one
// field of it, the language, the channel, or a question that has been answered with yes or no.
struct Cell {
  enum class Kind : std::uint8_t { local, contact, session, language, channel, answer };
  Kind kind = Kind::local;
  Index slot = 0;            // of a variable
  std::uint64_t detail = 0;  // of a field: its key; of an answer: which expression
  auto operator<=>(const Cell&) const = default;
  bool is_of(const Cell& variable) const { return kind == variable.kind && slot == variable.slot; }
};

class Store {
 public:
  struct Entry {
    Cell cell;
    Possible value;
    bool operator==(const Entry&) const = default;
  };

  const Possible* find(const Cell& cell) const;
  void put(const Cell& cell, Possible value);
  // Forgets a variable, and its fields.
  void forget(const Cell& variable);
  // Forgets every entry for which this holds.
  template <class Predicate>
  void forget_if(Predicate forgotten) {
    std::erase_if(entries_, [&](const Entry& entry) { return forgotten(entry.cell); });
  }
  const std::vector<Entry>& entries() const { return entries_; }
  bool operator==(const Store&) const = default;

 private:
  std::vector<Entry> entries_;  // sorted by cell
};

// What holds in both is known in the join; a thing that one of them knows nothing of, in neither.
Store join(const Store& a, const Store& b);
// The join, and ranges of numbers that still grow are given up, so that joining again and again
// comes to an end.
Store widen(const Store& before, const Store& after);
// Whether every conversation that `part` allows is allowed by `whole`.
bool covers(const Store& whole, const Store& part);

}  // namespace alur::dsl::proof
