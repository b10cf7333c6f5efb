// Values: kinds, equality, order, the printed form.
#include "engine/value/value.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/engine/value/arbitrary.hpp"

namespace alur::value {
namespace {

Value text(const char* held) {
  return Value(held);
}

TEST(NameKey, IsFnv1a) {
  static_assert(name_key("") == 0x811c9dc5u);
  static_assert(name_key("a") == 0xe40c292cu);
  static_assert(name_key("foobar") == 0xbf9cf968u);
}

TEST(Value, KindsAndText) {
  const Decimal half = *Decimal::parse("0.5");
  Media picture;
  picture.source = "media/1";
  Media place;
  place.kind = MediaKind::location;
  place.latitude = *Decimal::parse("-6.2");
  place.longitude = *Decimal::parse("106.8");
  struct Row {
    Value value;
    Kind kind;
    const char* wanted;
  };
  const Row table[]{
      {Value(), Kind::unset, "unset"},
      {Value(true), Kind::boolean, "true"},
      {Value(half), Kind::number, "0.5"},
      {Value::integer(-3), Kind::number, "-3"},
      {Value("a \"b\"\\\n\x01"), Kind::text, R"("a \"b\"\\\n\x01")"},
      {Value(std::string_view("é")), Kind::text, "\"é\""},
      {Value(*date_from_ymd(2025, 12, 31)), Kind::date, "2025-12-31"},
      {Value(*time_from_hms(14, 30, 0)), Kind::time, "14:30"},
      {Value(Instant{0}), Kind::datetime, "1970-01-01T00:00:00Z"},
      {Value(Duration{600'000}), Kind::duration, "10m"},
      {Value::choice("full"), Kind::choice, "full"},
      {Value(List{{Value::integer(1), text("b")}}), Kind::list, R"([1, "b"])"},
      {Value(List{}), Kind::list, "[]"},
      {Value(Record{}), Kind::record, "{}"},
      {Value(picture), Kind::media, "image(media/1)"},
      {Value(place), Kind::media, "location(-6.2, 106.8)"},
  };
  for (const Row& row : table) {
    EXPECT_EQ(row.value.kind(), row.kind);
    EXPECT_EQ(row.value.to_text(), row.wanted);
    const Value copy = row.value;
    EXPECT_EQ(copy, row.value);
  }
}

TEST(Value, KindNames) {
  EXPECT_EQ(to_text(Kind::unset), "unset");
  EXPECT_EQ(to_text(Kind::media), "media");
  EXPECT_EQ(to_text(MediaKind::contact), "contact");
}

TEST(Value, RecordsPrintTheirKeys) {
  const Value record(Record{{{0x0000abcdu, Value(true)}, {0xffffffffu, Value()}}});
  EXPECT_EQ(record.to_text(), "{0000abcd: true, ffffffff: unset}");
  EXPECT_EQ(*record.record().find(0x0000abcdu), Value(true));
  EXPECT_EQ(record.record().find(1), nullptr);
}

TEST(Value, EqualityIsDeepAndByKind) {
  const auto list = [](int n) { return Value(List{{Value(List{{Value::integer(n)}})}}); };
  EXPECT_EQ(list(1), list(1));
  EXPECT_NE(list(1), list(2));
  EXPECT_NE(Value("a"), Value::choice("a"));
  EXPECT_NE(Value(Date{1}), Value(TimeOfDay{1}));
  EXPECT_NE(Value(), Value(false));
  EXPECT_EQ(Value(), Value());
}

TEST(Value, OrdersWhatHasAnOrder) {
  EXPECT_TRUE(compare(Value::integer(1), Value(*Decimal::parse("1.5"))) < 0);
  EXPECT_TRUE(compare(Value("a"), Value("b")) < 0);
  EXPECT_TRUE(compare(Value("\u00ff"), Value("\U0001f600")) < 0);
  EXPECT_TRUE(compare(Value("\uffee"), Value("\U0001f600")) < 0);  // not so in UTF-16
  EXPECT_TRUE(compare(Value(Date{1}), Value(Date{1})) == 0);
  EXPECT_TRUE(compare(Value(Duration{2}), Value(Duration{1})) > 0);
  EXPECT_TRUE(compare(Value(false), Value(true)) < 0);
  EXPECT_EQ(compare(Value("1"), Value::integer(1)), std::partial_ordering::unordered);
  EXPECT_EQ(compare(Value::choice("a"), Value::choice("b")), std::partial_ordering::unordered);
  EXPECT_EQ(compare(Value::choice("a"), Value::choice("a")), std::partial_ordering::equivalent);
}

TEST(ValueDeath, AskedForAnotherKind) {
  EXPECT_DEATH(static_cast<void>(Value("a").number()), "kind that it is not");
  EXPECT_DEATH(Value(std::shared_ptr<const List>()), "nullptr");
}

RC_GTEST_PROP(ValueLaws, EqualValuesPrintTheSame, ()) {
  const Value value = *testing::any_value();
  const Value copy = value;
  RC_ASSERT(copy == value);
  RC_ASSERT(copy.to_text() == value.to_text());
}

}  // namespace
}  // namespace alur::value
