// One check a kind of type; each says why not without saying what.
#include "engine/value/type.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "engine/value/text.hpp"

namespace alur::value {

namespace {

using Why = std::optional<std::string>;

// How a kind is written, and what values of it are at run time.
struct KindRow {
  std::string_view name;
  Kind holds;
};
constexpr std::array<KindRow, 16> kind_rows{{{"bool", Kind::boolean},
                                             {"integer", Kind::number},
                                             {"number", Kind::number},
                                             {"text", Kind::text},
                                             {"date", Kind::date},
                                             {"time", Kind::time},
                                             {"datetime", Kind::datetime},
                                             {"duration", Kind::duration},
                                             {"phone", Kind::text},
                                             {"email", Kind::text},
                                             {"one of", Kind::choice},
                                             {"record", Kind::record},
                                             {"list of", Kind::list},
                                             {"image", Kind::media},
                                             {"document", Kind::media},
                                             {"location", Kind::media}}};

const KindRow& row(TypeKind kind) {
  return kind_rows.at(static_cast<std::size_t>(kind));
}

bool same_type(const TypeRef& a, const TypeRef& b) {
  return a == b || (a != nullptr && b != nullptr && *a == *b);
}

std::string bounds_text(const Type& type) {
  return fmt::format("({}..{})", type.low, type.high);
}

std::string bare_text(const Type& type) {
  const std::string_view name = to_text(type.kind);
  switch (type.kind) {
    case TypeKind::integer:
    case TypeKind::text: {
      const Type plain = plain_type(type.kind);
      const bool bounded = type.low != plain.low || type.high != plain.high;
      return std::string(name) + (bounded ? bounds_text(type) : "");
    }
    case TypeKind::choice:
      return fmt::format("{} {}", name, fmt::join(type.members, ", "));
    case TypeKind::record:
      return type.name;
    case TypeKind::list:
      return fmt::format("{} {} {}", name, type.element ? type.element->to_text() : "?",
                         bounds_text(type));
    default:
      return std::string(name);
  }
}

Why check_integer(Decimal number, const Type& type) {
  const auto whole = number.to_int64();
  if (!whole) return "a number with a fraction where a whole one is declared";
  if (*whole < type.low) return fmt::format("a number below {}", type.low);
  if (*whole > type.high) return fmt::format("a number above {}", type.high);
  return std::nullopt;
}

Why check_text(const std::string& text, const Type& type) {
  if (!is_valid_utf8(text)) return "text that is not UTF-8";
  const std::size_t units = is_ascii(text) ? text.size() : utf16_length(to_nfc(text));
  const auto length = static_cast<std::int64_t>(units);
  if (length < type.low) {
    return fmt::format("text of {} UTF-16 units, at least {} needed", length, type.low);
  }
  if (length > type.high) {
    return fmt::format("text of {} UTF-16 units, at most {} allowed", length, type.high);
  }
  return std::nullopt;
}

// What is too long to be an address in any form; whether it is one is for those who use it.
Why check_address(const std::string& text, TypeKind kind) {
  const std::size_t most = kind == TypeKind::phone ? phone_length_max : email_length_max;
  if (!is_ascii(text)) return "an address with letters beyond ASCII";
  if (text.size() <= most) return std::nullopt;
  return fmt::format("an address of {} characters, at most {} allowed", text.size(), most);
}

Why check_choice(const std::string& name, const Type& type) {
  if (std::find(type.members.begin(), type.members.end(), name) != type.members.end()) {
    return std::nullopt;
  }
  return "a choice that is none of the members";
}

Why check_record(const Record& record, const Type& type) {
  static const Value unset;
  for (const Field& field : record.fields) {
    if (type.find_field(field.key) == nullptr) return "a field that is not declared";
    if (record.find(field.key) != &field.value) return "a field twice";
  }
  for (const TypeField& field : type.fields) {
    const Value* value = record.find(field.key);
    if (Why why = conforms(value ? *value : unset, *field.type)) {
      return fmt::format("{}: {}", field.name, *why);
    }
  }
  return std::nullopt;
}

Why check_list(const List& list, const Type& type) {
  const auto length = static_cast<std::int64_t>(list.items.size());
  if (length < type.low) return fmt::format("{} items, at least {} needed", length, type.low);
  if (length > type.high) return fmt::format("{} items, at most {} allowed", length, type.high);
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    if (Why why = conforms(list.items[i], *type.element)) {
      return fmt::format("item {}: {}", i + 1, *why);
    }
  }
  return std::nullopt;
}

Why check_media(const Media& media, const Type& type) {
  if (to_text(media.kind) == to_text(type.kind)) return std::nullopt;
  return fmt::format("{} where {} is declared", to_text(media.kind), to_text(type.kind));
}

}  // namespace

std::string_view to_text(TypeKind kind) {
  return row(kind).name;
}

bool TypeField::operator==(const TypeField& other) const {
  return name == other.name && key == other.key && same_type(type, other.type);
}

bool Type::operator==(const Type& other) const {
  const bool bounds_count =
      kind == TypeKind::integer || kind == TypeKind::text || kind == TypeKind::list;
  return kind == other.kind && (!bounds_count || (low == other.low && high == other.high)) &&
         optional == other.optional && is_private == other.is_private && members == other.members &&
         name == other.name && fields == other.fields && same_type(element, other.element);
}

std::string Type::to_text() const {
  return fmt::format("{}{}{}", is_private ? "private " : "", bare_text(*this), optional ? "?" : "");
}

const TypeField* Type::find_field(NameKey key) const {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [key](const TypeField& field) { return field.key == key; });
  return found == fields.end() ? nullptr : &*found;
}

Type plain_type(TypeKind kind) {
  Type type;
  type.kind = kind;
  if (kind == TypeKind::integer) {
    type.low = integer_low_default;
    type.high = integer_high_default;
  } else if (kind == TypeKind::text) {
    type.low = text_low_default;
    type.high = text_high_default;
  }
  return type;
}

TypeRef make_type(Type type) {
  return std::make_shared<const Type>(std::move(type));
}

Why conforms(const Value& value, const Type& type) {
  if (!value.is_set()) {
    if (type.optional) return std::nullopt;
    return "nothing where a value is required";
  }
  if (!value.is(row(type.kind).holds)) {
    return fmt::format("{} where {} is declared", to_text(value.kind()), to_text(type.kind));
  }
  switch (type.kind) {
    case TypeKind::integer:
      return check_integer(value.number(), type);
    case TypeKind::text:
      return check_text(value.text(), type);
    case TypeKind::phone:
    case TypeKind::email:
      return check_address(value.text(), type.kind);
    case TypeKind::choice:
      return check_choice(value.choice_name(), type);
    case TypeKind::record:
      return check_record(value.record(), type);
    case TypeKind::list:
      return check_list(value.list(), type);
    case TypeKind::image:
    case TypeKind::document:
    case TypeKind::location:
      return check_media(value.media(), type);
    default:
      return std::nullopt;
  }
}

}  // namespace alur::value
