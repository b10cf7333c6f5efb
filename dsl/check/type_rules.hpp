// What types may do with one another: which value fits where, what two of them have in common. Says
// nothing to the author; that is for those who know the place.
#pragma once

#include <cstdint>
#include <string>

#include "engine/value/type.hpp"

namespace alur::dsl {

using value::Type;
using value::TypeKind;
using value::TypeRef;

// Why a value of one type does not always fit another, the plainest reason first.
enum class Fit : std::uint8_t {
  fits,
  wrong_kind,     // a text where a number is wanted
  wrong_members,  // a choice whose members are not all among those wanted
  too_low,        // numbers below the lowest, texts or lists shorter than allowed
  too_high,
  may_be_unset,
  is_private,  // a private value where it would no longer be private
};
Fit fit(const Type& from, const Type& to);

// The narrowest type that holds the values of both; null when there is none.
TypeRef join(const TypeRef& a, const TypeRef& b);

// Whether a value of one can ever equal a value of the other.
bool may_be_equal(const Type& a, const Type& b);

bool is_number(const Type& type);  // an integer too
bool is_text(const Type& type);    // a phone number and an e-mail address too
// Private itself or in a part of it.
bool holds_private(const Type& type);
// Whether it can stand in a text: not a truth, a record, a list or something sent.
bool is_showable(const Type& type);

// The plain type of a kind without parts, one object for all.
const TypeRef& basic_type(TypeKind kind);
TypeRef make_integer(std::int64_t low, std::int64_t high);
TypeRef make_text(std::int64_t low, std::int64_t high);
// The same object when nothing changes.
TypeRef with_optional(const TypeRef& type, bool optional);
TypeRef with_private(const TypeRef& type, bool is_private);

// As the author would write it, without `private` and `?`.
std::string bare_name(const Type& type);

}  // namespace alur::dsl
