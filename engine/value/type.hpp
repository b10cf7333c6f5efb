// Type: what a value may be, as both the compiler and the machine see it. Immutable once shared.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/value/value.hpp"

namespace alur::value {

enum class TypeKind : std::uint8_t {
  boolean,
  integer,
  number,
  text,
  date,
  time,
  datetime,
  duration,
  phone,  // a text value, E.164
  email,  // a text value
  choice,
  record,
  list,
  image,
  document,
  location
};
// As the language writes it; "one of" for a choice, "list of" for a list.
std::string_view to_text(TypeKind kind);

struct Type;
using TypeRef = std::shared_ptr<const Type>;

struct TypeField {
  std::string name;
  NameKey key = 0;  // name_key(name)
  TypeRef type;
  bool operator==(const TypeField& other) const;
};

struct Type {
  TypeKind kind = TypeKind::text;
  // The range of an integer, the UTF-16 length of a text after NFC, the length of a list. Others
  // don't look at them.
  std::int64_t low = 0;
  std::int64_t high = 0;
  bool optional = false;
  bool is_private = false;
  std::vector<std::string> members;  // of a choice, in order
  std::string name;                  // of a record
  std::vector<TypeField> fields;     // of a record, in order
  TypeRef element;                   // of a list

  // Structural, names and privacy included.
  bool operator==(const Type& other) const;

  // As the language writes it: text(2..80)?, one of a, b, list of candidate (1..3), private
  // text(1..80).
  std::string to_text() const;
  const TypeField* find_field(NameKey key) const;
};

// What an integer and a text may be when no bounds are written; to_text then writes none.
inline constexpr std::int64_t integer_low_default = -Decimal::mantissa_max;
inline constexpr std::int64_t integer_high_default = Decimal::mantissa_max;
inline constexpr std::int64_t text_low_default = 1;
inline constexpr std::int64_t text_high_default = 4'096;  // the longest text of a WhatsApp message

// A phone number is a plus and at most 15 figures (E.164), an e-mail address at most 254 characters
// (RFC 5321); both are plain ASCII.
inline constexpr std::size_t phone_length_max = 16;
inline constexpr std::size_t email_length_max = 254;

// A type of this kind with the default bounds, required and not private.
Type plain_type(TypeKind kind);
TypeRef make_type(Type type);

// Nothing when the value is one of the type's; otherwise why not, in a few words for a log, free of
// what the value holds: "text of 81 UTF-16 units, at most 80 allowed".
std::optional<std::string> conforms(const Value& value, const Type& type);

}  // namespace alur::value
