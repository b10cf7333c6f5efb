// A type is a set of values, so "fits" is "is a subset": each rule below compares the parts that
// decide membership in engine/value/type.cpp's conforms(), and nothing else.
#include "dsl/check/type_rules.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace alur::dsl {
namespace {

bool has_member(const Type& type, const std::string& name) {
  return std::find(type.members.begin(), type.members.end(), name) != type.members.end();
}

bool overlap(const Type& a, const Type& b) {
  return a.low <= b.high && b.low <= a.high;
}

// How long a telephone number (+ and at most 15 digits) and an e-mail address (RFC 5321) can be.
constexpr std::int64_t phone_length_max = 16;
constexpr std::int64_t email_length_max = 254;

// A text kind as a text with bounds.
Type as_text(const Type& type) {
  Type text = type;
  text.kind = TypeKind::text;
  if (type.kind == TypeKind::phone) text.low = 3, text.high = phone_length_max;
  if (type.kind == TypeKind::email) text.low = 3, text.high = email_length_max;
  return text;
}

Fit fit_bounds(const Type& from, const Type& to) {
  if (from.high > to.high) return Fit::too_high;
  return from.low < to.low ? Fit::too_low : Fit::fits;
}

Fit fit_list(const Type& from, const Type& to) {
  if (from.element && to.element) {
    if (const Fit inner = fit(*from.element, *to.element); inner != Fit::fits) return inner;
  }
  return fit_bounds(from, to);
}

Fit fit_choice(const Type& from, const Type& to) {
  const bool all = std::all_of(from.members.begin(), from.members.end(),
                               [&to](const std::string& name) { return has_member(to, name); });
  return all ? Fit::fits : Fit::wrong_members;
}

Fit fit_kind(const Type& from, const Type& to) {
  if (to.kind == TypeKind::number && is_number(from)) return Fit::fits;
  if (to.kind == TypeKind::text && is_text(from)) return fit_bounds(as_text(from), to);
  if (from.kind != to.kind) return Fit::wrong_kind;
  switch (to.kind) {
    case TypeKind::integer:
      return fit_bounds(from, to);
    case TypeKind::choice:
      return fit_choice(from, to);
    case TypeKind::record:
      return from.name == to.name ? Fit::fits : Fit::wrong_kind;
    case TypeKind::list:
      return fit_list(from, to);
    default:
      return Fit::fits;
  }
}

// The kind and bounds of a join; the caller adds what both have beside them.
TypeRef join_kinds(const Type& a, const Type& b) {
  if (is_text(a) && is_text(b) && a.kind != b.kind) {
    const Type left = as_text(a), right = as_text(b);
    return make_text(std::min(left.low, right.low), std::max(left.high, right.high));
  }
  if (is_number(a) && is_number(b) && a.kind != b.kind) return basic_type(TypeKind::number);
  if (a.kind != b.kind) return nullptr;
  Type joined = a;
  joined.low = std::min(a.low, b.low);
  joined.high = std::max(a.high, b.high);
  for (const std::string& name : b.members) {
    if (!has_member(joined, name)) joined.members.push_back(name);
  }
  if (a.kind == TypeKind::record && a.name != b.name) return nullptr;
  if (a.kind == TypeKind::list) {
    joined.element = join(a.element, b.element);
    if (!joined.element) return nullptr;
  }
  return value::make_type(std::move(joined));
}

}  // namespace

Fit fit(const Type& from, const Type& to) {
  const Fit kinds = fit_kind(from, to);
  if (kinds == Fit::wrong_kind || kinds == Fit::wrong_members) return kinds;
  if (from.optional && !to.optional) return Fit::may_be_unset;
  if (kinds != Fit::fits) return kinds;
  return from.is_private && !to.is_private ? Fit::is_private : Fit::fits;
}

TypeRef join(const TypeRef& a, const TypeRef& b) {
  if (!a || !b) return nullptr;
  const bool optional = a->optional || b->optional;
  const bool is_private = a->is_private || b->is_private;
  if (a == b || *a == *b) return a;
  return with_private(with_optional(join_kinds(*a, *b), optional), is_private);
}

bool may_be_equal(const Type& a, const Type& b) {
  if (is_text(a) && is_text(b)) return overlap(as_text(a), as_text(b));
  if (is_number(a) && is_number(b)) {
    const bool both_whole = a.kind == TypeKind::integer && b.kind == TypeKind::integer;
    return !both_whole || overlap(a, b);
  }
  if (a.kind != b.kind) return false;
  if (a.kind == TypeKind::record) return a.name == b.name;
  if (a.kind == TypeKind::list) {
    return overlap(a, b) && (!a.element || !b.element || may_be_equal(*a.element, *b.element));
  }
  if (a.kind != TypeKind::choice) return true;
  return std::any_of(a.members.begin(), a.members.end(),
                     [&b](const std::string& name) { return has_member(b, name); });
}

bool is_number(const Type& type) {
  return type.kind == TypeKind::integer || type.kind == TypeKind::number;
}

bool is_text(const Type& type) {
  return type.kind == TypeKind::text || type.kind == TypeKind::phone ||
         type.kind == TypeKind::email;
}

bool holds_private(const Type& type) {
  if (type.is_private || (type.element && holds_private(*type.element))) return true;
  return std::any_of(type.fields.begin(), type.fields.end(), [](const value::TypeField& field) {
    return field.type && holds_private(*field.type);
  });
}

bool is_showable(const Type& type) {
  switch (type.kind) {
    case TypeKind::boolean:
    case TypeKind::record:
    case TypeKind::list:
    case TypeKind::image:
    case TypeKind::document:
    case TypeKind::location:
      return false;
    default:
      return true;
  }
}

const TypeRef& basic_type(TypeKind kind) {
  constexpr std::size_t count = static_cast<std::size_t>(TypeKind::location) + 1;
  static const std::array<TypeRef, count> types = [] {
    std::array<TypeRef, count> made;
    for (std::size_t i = 0; i < count; ++i) {
      made[i] = value::make_type(value::plain_type(static_cast<TypeKind>(i)));
    }
    return made;
  }();
  return types[static_cast<std::size_t>(kind)];
}

TypeRef make_integer(std::int64_t low, std::int64_t high) {
  Type type = value::plain_type(TypeKind::integer);
  type.low = low;
  type.high = high;
  return value::make_type(std::move(type));
}

TypeRef make_text(std::int64_t low, std::int64_t high) {
  Type type = value::plain_type(TypeKind::text);
  type.low = low;
  type.high = high;
  return value::make_type(std::move(type));
}

TypeRef with_optional(const TypeRef& type, bool optional) {
  if (!type || type->optional == optional) return type;
  Type changed = *type;
  changed.optional = optional;
  return value::make_type(std::move(changed));
}

TypeRef with_private(const TypeRef& type, bool is_private) {
  if (!type || type->is_private == is_private) return type;
  Type changed = *type;
  changed.is_private = is_private;
  return value::make_type(std::move(changed));
}

std::string bare_name(const Type& type) {
  if (!type.optional && !type.is_private) return type.to_text();
  Type bare = type;
  bare.optional = false;
  bare.is_private = false;
  return bare.to_text();
}

}  // namespace alur::dsl
