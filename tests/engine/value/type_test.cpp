// Types print as the language writes them, and say which values are theirs.
#include "engine/value/type.hpp"

#include <gtest/gtest.h>

namespace alur::value {
namespace {

Type bounded(TypeKind kind, std::int64_t low, std::int64_t high) {
  Type type = plain_type(kind);
  type.low = low;
  type.high = high;
  return type;
}

Type optional(Type type) {
  type.optional = true;
  return type;
}

Type hidden(Type type) {
  type.is_private = true;
  return type;
}

Type one_of(std::vector<std::string> members) {
  Type type = plain_type(TypeKind::choice);
  type.members = std::move(members);
  return type;
}

TypeField field(const char* name, Type type) {
  return {name, name_key(name), make_type(std::move(type))};
}

Type candidate() {
  Type type = plain_type(TypeKind::record);
  type.name = "candidate";
  type.fields = {field("key", bounded(TypeKind::text, 1, 40)),
                 field("licence", optional(bounded(TypeKind::text, 1, 60)))};
  return type;
}

Type list_of(Type element, std::int64_t low, std::int64_t high) {
  Type type = bounded(TypeKind::list, low, high);
  type.element = make_type(std::move(element));
  return type;
}

TEST(Type, PrintsAsWritten) {
  const std::pair<Type, const char*> table[]{
      {plain_type(TypeKind::boolean), "bool"},
      {plain_type(TypeKind::integer), "integer"},
      {bounded(TypeKind::integer, 1, 10), "integer(1..10)"},
      {plain_type(TypeKind::text), "text"},
      {optional(bounded(TypeKind::text, 2, 80)), "text(2..80)?"},
      {hidden(bounded(TypeKind::text, 1, 80)), "private text(1..80)"},
      {one_of({"a", "b"}), "one of a, b"},
      {candidate(), "candidate"},
      {list_of(candidate(), 1, 3), "list of candidate (1..3)"},
      {optional(list_of(plain_type(TypeKind::date), 0, 10)), "list of date (0..10)?"},
      {hidden(optional(plain_type(TypeKind::phone))), "private phone?"},
      {plain_type(TypeKind::location), "location"},
  };
  for (const auto& [type, wanted] : table) EXPECT_EQ(type.to_text(), wanted);
}

TEST(Type, EqualByStructure) {
  EXPECT_EQ(list_of(candidate(), 1, 3), list_of(candidate(), 1, 3));
  EXPECT_NE(list_of(candidate(), 1, 3), list_of(candidate(), 1, 4));
  EXPECT_NE(plain_type(TypeKind::phone), hidden(plain_type(TypeKind::phone)));
  EXPECT_NE(plain_type(TypeKind::phone), plain_type(TypeKind::email));
  EXPECT_NE(one_of({"a", "b"}), one_of({"b", "a"}));
  Type date = plain_type(TypeKind::date);
  date.low = 5;  // says nothing of a date
  EXPECT_EQ(date, plain_type(TypeKind::date));
}

Value media(MediaKind kind) {
  Media media;
  media.kind = kind;
  return Value(media);
}

Value record(std::vector<Field> fields) {
  return Value(Record{std::move(fields)});
}

TEST(Type, Conforms) {
  const NameKey key = name_key("key");
  const NameKey licence = name_key("licence");
  struct Row {
    Value value;
    Type type;
    const char* wanted;
  };
  const Row table[]{
      {Value(), plain_type(TypeKind::date), "nothing where a value is required"},
      {Value(), optional(plain_type(TypeKind::date)), ""},
      {Value(true), plain_type(TypeKind::boolean), ""},
      {Value(true), plain_type(TypeKind::text), "boolean where text is declared"},
      {Value::integer(10), bounded(TypeKind::integer, 1, 10), ""},
      {Value::integer(11), bounded(TypeKind::integer, 1, 10), "a number above 10"},
      {Value::integer(0), bounded(TypeKind::integer, 1, 10), "a number below 1"},
      {Value(*Decimal::parse("1.5")), plain_type(TypeKind::integer),
       "a number with a fraction where a whole one is declared"},
      {Value(*Decimal::parse("1.5")), plain_type(TypeKind::number), ""},
      {Value("a"), bounded(TypeKind::text, 2, 3), "text of 1 UTF-16 units, at least 2 needed"},
      {Value("😀😀"), bounded(TypeKind::text, 2, 3), "text of 4 UTF-16 units, at most 3 allowed"},
      {Value("e\u0301"), bounded(TypeKind::text, 1, 1), ""},
      {Value("\xff"), plain_type(TypeKind::text), "text that is not UTF-8"},
      {Value::choice("a"), one_of({"a", "b"}), ""},
      {Value::choice("c"), one_of({"a", "b"}), "a choice that is none of the members"},
      {Value("a"), one_of({"a", "b"}), "text where one of is declared"},
      {Value("+62812"), plain_type(TypeKind::phone), ""},
      {media(MediaKind::image), plain_type(TypeKind::image), ""},
      {media(MediaKind::video), plain_type(TypeKind::image), "video where image is declared"},
      {media(MediaKind::location), plain_type(TypeKind::location), ""},
      {record({{key, Value("x")}}), candidate(), ""},
      {record({{licence, Value("x")}, {key, Value("x")}}), candidate(), ""},
      {record({{licence, Value("x")}}), candidate(), "key: nothing where a value is required"},
      {record({{key, Value("x")}, {1, Value("x")}}), candidate(), "a field that is not declared"},
      {record({{key, Value("x")}, {key, Value("x")}}), candidate(), "a field twice"},
      {Value(List{}), list_of(candidate(), 1, 3), "0 items, at least 1 needed"},
      {Value(List{{Value(true), Value(true)}}), list_of(plain_type(TypeKind::boolean), 0, 1),
       "2 items, at most 1 allowed"},
      {Value(List{{Value(true), Value()}}), list_of(plain_type(TypeKind::boolean), 0, 3),
       "item 2: nothing where a value is required"},
      {Value(List{{record({{key, Value("")}})}}), list_of(candidate(), 0, 3),
       "item 1: key: text of 0 UTF-16 units, at least 1 needed"},
  };
  for (const Row& row : table) {
    EXPECT_EQ(conforms(row.value, row.type).value_or(""), row.wanted) << row.type.to_text();
  }
}

}  // namespace
}  // namespace alur::value
