// Store: what is known at one place of a conversation, of each variable and of what was asked and
// answered on the way. What is not in it may be anything that its type allows. Copies share what
// they know until one of them changes, for most places know what the one before knew.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>
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

// Of what is known: two Stores that know the same have the same. 128 bits, so that what differs is
// taken to have another.
using Digest = std::pair<std::uint64_t, std::uint64_t>;

class Digester {
 public:
  void add(std::uint64_t more) {
    first_ = (first_ ^ more) * 1'099'511'628'211U;
    second_ = (second_ + more) * 0x9E37'79B9'7F4A'7C15U;
    second_ ^= second_ >> 29U;
  }
  void add(Digest more) {
    add(more.first);
    add(more.second);
  }
  Digest digest() const { return {first_, second_}; }

 private:
  std::uint64_t first_ = 14'695'981'039'346'656'037U;
  std::uint64_t second_ = 0;
};

class Store {
 public:
  struct Entry {
    Cell cell;
    Possible value;
    bool operator==(const Entry&) const = default;
  };
  using Entries = std::vector<Entry>;  // sorted by cell

  const Possible* find(const Cell& cell) const;
  void put(const Cell& cell, Possible value);
  // Forgets a variable, and its fields.
  void forget(const Cell& variable);
  // Forgets every entry for which this holds.
  template <class Predicate>
  void forget_if(Predicate forgotten) {
    const auto matches = [&](const Entry& entry) { return forgotten(entry.cell); };
    if (std::none_of(entries().begin(), entries().end(), matches)) return;
    std::erase_if(own().entries, matches);
  }
  const Entries& entries() const {
    static const Entries none;
    return known_ ? known_->entries : none;
  }
  Digest digest() const;
  // Whether both share what they know: quick, and never true of two that differ.
  bool same(const Store& other) const { return known_ == other.known_; }
  bool operator==(const Store& other) const {
    return same(other) || (digest() == other.digest() && entries() == other.entries());
  }

 private:
  struct Known {
    Entries entries;
    Digest digest{};
    bool digested = false;
  };
  Known& own();

  std::shared_ptr<Known> known_;  // null: nothing
};

// What holds in both is known in the join; a thing that one of them knows nothing of, in neither.
Store join(const Store& a, const Store& b);
// The join, and ranges of numbers that still grow are given up, so that joining again and again
// comes to an end.
Store widen(const Store& before, const Store& after);
// Whether every conversation that `part` allows is allowed by `whole`.
bool covers(const Store& whole, const Store& part);

}  // namespace alur::dsl::proof
