// Words that the smaller grammars and the printer both know: the types' names and the days'.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "dsl/ast/expression.hpp"

namespace alur::dsl::ast {

struct TypeWord {
  TypeExpr::Kind kind;
  std::string_view word;
};

// The types that are one word; `one of`, `list of` and the records' names are not.
inline constexpr std::array type_words{
    TypeWord{TypeExpr::Kind::boolean, "bool"},      TypeWord{TypeExpr::Kind::integer, "integer"},
    TypeWord{TypeExpr::Kind::number, "number"},     TypeWord{TypeExpr::Kind::text, "text"},
    TypeWord{TypeExpr::Kind::date, "date"},         TypeWord{TypeExpr::Kind::time, "time"},
    TypeWord{TypeExpr::Kind::datetime, "datetime"}, TypeWord{TypeExpr::Kind::duration, "duration"},
    TypeWord{TypeExpr::Kind::phone, "phone"},       TypeWord{TypeExpr::Kind::email, "email"},
    TypeWord{TypeExpr::Kind::image, "image"},       TypeWord{TypeExpr::Kind::document, "document"},
    TypeWord{TypeExpr::Kind::location, "location"},
};

constexpr std::string_view type_word(TypeExpr::Kind kind) {
  for (const TypeWord& each : type_words) {
    if (each.kind == kind) return each.word;
  }
  return {};
}

constexpr std::optional<TypeExpr::Kind> find_type(std::string_view word) {
  for (const TypeWord& each : type_words) {
    if (each.word == word) return each.kind;
  }
  return std::nullopt;
}

inline constexpr std::array<std::string_view, 7> day_words{"mon", "tue", "wed", "thu",
                                                           "fri", "sat", "sun"};

// What no name may be, because expressions give it a meaning.
inline constexpr std::array<std::string_view, 9> keywords{"or",  "and",   "not",  "in",   "is",
                                                          "set", "unset", "true", "false"};

constexpr bool is_keyword(std::string_view word) {
  for (const std::string_view each : keywords) {
    if (each == word) return true;
  }
  return false;
}

}  // namespace alur::dsl::ast
