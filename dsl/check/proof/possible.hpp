// Possible: what a variable or an expression may be at a place, as far as it is known: perhaps
// unset, one of some words or truths, a whole number in a range. Always at least what it can be at
// run time, so that what is impossible here is impossible there.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/value/type.hpp"

namespace alur::dsl::proof {

struct Possible {
  enum class Kind : std::uint8_t { anything, words, whole };
  Kind kind = Kind::anything;
  bool may_be_unset = true;
  bool may_be_set = true;
  std::vector<std::uint32_t> words;  // sorted: 0 and 1 for truths, keys of names for members
  std::int64_t low = 0;              // whole
  std::int64_t high = 0;

  bool operator==(const Possible&) const = default;
  bool nothing() const { return !may_be_unset && !may_be_set; }
  // The one word that it must be.
  std::optional<std::uint32_t> single_word() const;
};

Possible unset_only();
Possible truth(bool value);
Possible either_truth();
Possible whole(std::int64_t low, std::int64_t high);
// Set, and nothing else known.
Possible something();
// Of a value as it stands in the program.
Possible exactly(const value::Value& value);
// All that a type allows; `unset_too` where the place may not have been given a value yet.
Possible any_of(const value::Type& type, bool unset_too);

// What is possible in either.
Possible join(const Possible& a, const Possible& b);
// What is possible in both.
Possible meet(const Possible& a, const Possible& b);
// Whether all that is possible in `part` is possible in `whole`.
bool covers(const Possible& whole, const Possible& part);

Possible without_unset(Possible from);
Possible without_set(Possible from);

}  // namespace alur::dsl::proof
