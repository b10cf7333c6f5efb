#include "dsl/check/proof/possible.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace alur::dsl::proof {

using value::TypeKind;

std::optional<std::uint32_t> Possible::single_word() const {
  if (kind != Kind::words || may_be_unset || !may_be_set || words.size() != 1) return std::nullopt;
  return words.front();
}

Possible unset_only() {
  Possible possible;
  possible.may_be_set = false;
  return possible;
}

Possible something() {
  Possible possible;
  possible.may_be_unset = false;
  return possible;
}

Possible truth(bool value) {
  Possible possible = something();
  possible.kind = Possible::Kind::words;
  possible.words = {value ? 1u : 0u};
  return possible;
}

Possible either_truth() {
  Possible possible = truth(false);
  possible.words.push_back(1);
  return possible;
}

Possible whole(std::int64_t low, std::int64_t high) {
  Possible possible = something();
  possible.kind = Possible::Kind::whole;
  possible.low = low;
  possible.high = high;
  possible.may_be_set = low <= high;
  return possible;
}

Possible exactly(const value::Value& value) {
  switch (value.kind()) {
    case value::Kind::unset:
      return unset_only();
    case value::Kind::boolean:
      return truth(value.boolean());
    case value::Kind::choice: {
      Possible possible = something();
      possible.kind = Possible::Kind::words;
      possible.words = {value::name_key(value.choice_name())};
      return possible;
    }
    case value::Kind::number:
      if (const auto number = value.number().to_int64()) return whole(*number, *number);
      return something();
    default:
      return something();
  }
}

Possible any_of(const value::Type& type, bool unset_too) {
  Possible possible = something();
  if (type.kind == TypeKind::boolean) possible = either_truth();
  if (type.kind == TypeKind::integer) possible = whole(type.low, type.high);
  if (type.kind == TypeKind::choice) {
    possible.kind = Possible::Kind::words;
    for (const std::string& member : type.members) {
      possible.words.push_back(value::name_key(member));
    }
    std::sort(possible.words.begin(), possible.words.end());
  }
  possible.may_be_unset = unset_too || type.optional;
  return possible;
}

Possible without_unset(Possible from) {
  from.may_be_unset = false;
  return from;
}

Possible without_set(Possible from) {
  if (from.may_be_unset) return unset_only();
  from.may_be_set = false;
  return from;
}

Possible join(const Possible& a, const Possible& b) {
  const bool unset = a.may_be_unset || b.may_be_unset;
  Possible joined;
  if (!a.may_be_set) {
    joined = b;
  } else if (!b.may_be_set) {
    joined = a;
  } else if (a.kind == b.kind) {
    joined = a;
    joined.words.clear();
    std::set_union(a.words.begin(), a.words.end(), b.words.begin(), b.words.end(),
                   std::back_inserter(joined.words));
    joined.low = std::min(a.low, b.low);
    joined.high = std::max(a.high, b.high);
  } else {
    joined = something();
  }
  joined.may_be_unset = unset;
  return joined;
}

Possible meet(const Possible& a, const Possible& b) {
  Possible met = a;
  if (a.kind == Possible::Kind::anything) {
    met = b;
  } else if (a.kind == b.kind) {
    met.words.clear();
    std::set_intersection(a.words.begin(), a.words.end(), b.words.begin(), b.words.end(),
                          std::back_inserter(met.words));
    met.low = std::max(a.low, b.low);
    met.high = std::min(a.high, b.high);
  }
  met.may_be_unset = a.may_be_unset && b.may_be_unset;
  met.may_be_set = a.may_be_set && b.may_be_set;
  const bool empty = (met.kind == Possible::Kind::words && met.words.empty()) ||
                     (met.kind == Possible::Kind::whole && met.low > met.high);
  if (empty) met.may_be_set = false;
  if (!met.may_be_set) return met.may_be_unset ? unset_only() : without_unset(unset_only());
  return met;
}

bool covers(const Possible& whole, const Possible& part) {
  if (part.may_be_unset && !whole.may_be_unset) return false;
  if (!part.may_be_set) return true;
  if (!whole.may_be_set) return false;
  if (whole.kind == Possible::Kind::anything) return true;
  if (whole.kind != part.kind) return false;
  if (whole.kind == Possible::Kind::whole) return whole.low <= part.low && part.high <= whole.high;
  return std::includes(whole.words.begin(), whole.words.end(), part.words.begin(),
                       part.words.end());
}

}  // namespace alur::dsl::proof
