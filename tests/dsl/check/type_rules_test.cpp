#include "dsl/check/type_rules.hpp"

#include <gtest/gtest.h>

#include "dsl/check/ranges.hpp"

namespace alur::dsl {
namespace {

TypeRef choice(std::vector<std::string> members) {
  Type type = value::plain_type(TypeKind::choice);
  type.members = std::move(members);
  return value::make_type(std::move(type));
}

TypeRef list_of(TypeRef element, std::int64_t low, std::int64_t high) {
  Type type = value::plain_type(TypeKind::list);
  type.element = std::move(element);
  type.low = low;
  type.high = high;
  return value::make_type(std::move(type));
}

TypeRef optional(const TypeRef& type) {
  return with_optional(type, true);
}
TypeRef secret(const TypeRef& type) {
  return with_private(type, true);
}
TypeRef basic(TypeKind kind) {
  return basic_type(kind);
}

TEST(Fit, SaysWhyAValueMayNotFit) {
  struct Row {
    TypeRef from, to;
    Fit fit;
  };
  const Row rows[] = {
      {make_integer(1, 5), make_integer(0, 5), Fit::fits},
      {make_integer(1, 6), make_integer(0, 5), Fit::too_high},
      {make_integer(-1, 5), make_integer(0, 5), Fit::too_low},
      {make_integer(1, 5), basic(TypeKind::number), Fit::fits},
      {basic(TypeKind::number), make_integer(0, 5), Fit::wrong_kind},
      {make_text(1, 80), make_text(1, 120), Fit::fits},
      {make_text(0, 80), make_text(1, 120), Fit::too_low},
      {basic(TypeKind::phone), make_text(1, 20), Fit::fits},
      {basic(TypeKind::email), make_text(1, 20), Fit::too_high},
      {make_text(5, 5), basic(TypeKind::phone), Fit::wrong_kind},
      {choice({"a"}), choice({"a", "b"}), Fit::fits},
      {choice({"a", "c"}), choice({"a", "b"}), Fit::wrong_members},
      {choice({"a"}), make_text(1, 1), Fit::wrong_kind},
      {list_of(make_text(1, 5), 1, 3), list_of(make_text(1, 9), 0, 3), Fit::fits},
      {list_of(make_text(1, 9), 1, 3), list_of(make_text(1, 5), 0, 3), Fit::too_high},
      {list_of(make_text(1, 5), 0, 3), list_of(make_text(1, 5), 1, 3), Fit::too_low},
      {optional(make_integer(1, 2)), make_integer(1, 2), Fit::may_be_unset},
      {make_integer(1, 2), optional(make_integer(1, 2)), Fit::fits},
      {optional(make_text(1, 2)), make_integer(1, 2), Fit::wrong_kind},
      {secret(make_text(1, 2)), make_text(1, 2), Fit::is_private},
      {make_text(1, 2), secret(make_text(1, 2)), Fit::fits},
      {secret(make_text(1, 9)), make_text(1, 2), Fit::too_high},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(fit(*row.from, *row.to), row.fit)
        << row.from->to_text() << " -> " << row.to->to_text();
  }
}

TEST(Join, HoldsTheValuesOfBoth) {
  EXPECT_EQ(join(make_integer(1, 3), make_integer(2, 9))->to_text(), "integer(1..9)");
  EXPECT_EQ(join(make_integer(1, 3), basic(TypeKind::number))->to_text(), "number");
  EXPECT_EQ(join(make_text(1, 3), basic(TypeKind::phone))->to_text(), "text(1..16)");
  EXPECT_EQ(join(choice({"a"}), choice({"b", "a"}))->to_text(), "one of a, b");
  EXPECT_EQ(join(optional(make_text(1, 3)), secret(make_text(1, 3)))->to_text(),
            "private text(1..3)?");
  EXPECT_EQ(join(make_text(1, 3), make_integer(1, 3)), nullptr);
  EXPECT_EQ(join(nullptr, make_integer(1, 3)), nullptr);
}

TEST(MayBeEqual, KnowsBoundsAndMembers) {
  EXPECT_TRUE(may_be_equal(*make_integer(1, 5), *make_integer(5, 9)));
  EXPECT_FALSE(may_be_equal(*make_integer(1, 5), *make_integer(6, 9)));
  EXPECT_TRUE(may_be_equal(*make_integer(1, 5), *basic(TypeKind::number)));
  EXPECT_FALSE(may_be_equal(*make_text(1, 3), *make_text(4, 4)));
  EXPECT_TRUE(may_be_equal(*choice({"a", "b"}), *choice({"b"})));
  EXPECT_FALSE(may_be_equal(*choice({"a"}), *choice({"b"})));
  EXPECT_FALSE(may_be_equal(*choice({"a"}), *make_text(1, 1)));
  EXPECT_FALSE(may_be_equal(*basic(TypeKind::date), *basic(TypeKind::datetime)));
}

TEST(Privacy, IsSeenInParts) {
  Type record = value::plain_type(TypeKind::record);
  record.name = "person";
  record.fields.push_back({"name", value::name_key("name"), secret(make_text(1, 9))});
  const TypeRef person = value::make_type(record);
  EXPECT_TRUE(holds_private(*person));
  EXPECT_TRUE(holds_private(*list_of(person, 0, 3)));
  EXPECT_FALSE(holds_private(*make_text(1, 9)));
}

TEST(Ranges, HoldEveryResult) {
  EXPECT_EQ(add({0, 5}, {1, 1}), (Range{1, 6}));
  EXPECT_EQ(subtract({0, 5}, {1, 2}), (Range{-2, 4}));
  EXPECT_EQ(multiply({-2, 3}, {-5, 7}), (Range{-15, 21}));
  EXPECT_EQ(negate({-2, 3}), (Range{-3, 2}));
  EXPECT_EQ(smaller({1, 6}, {5, 5}), (Range{1, 5}));
  EXPECT_EQ(larger({-1, 6}, {0, 0}), (Range{0, 6}));
  constexpr std::int64_t high = value::integer_high_default;
  EXPECT_EQ(add({0, high}, {0, high}), (Range{0, high}));
  EXPECT_EQ(multiply({-high, high}, {-high, high}), (Range{-high, high}));
}

// Every pair of small ranges against all of its values.
TEST(Ranges, AgreeWithCounting) {
  for (std::int64_t al = -3; al <= 3; ++al)
    for (std::int64_t ah = al; ah <= 3; ++ah)
      for (std::int64_t bl = -3; bl <= 3; ++bl)
        for (std::int64_t bh = bl; bh <= 3; ++bh) {
          Range sum{100, -100}, product{100, -100};
          for (std::int64_t a = al; a <= ah; ++a)
            for (std::int64_t b = bl; b <= bh; ++b) {
              sum = {std::min(sum.low, a + b), std::max(sum.high, a + b)};
              product = {std::min(product.low, a * b), std::max(product.high, a * b)};
            }
          ASSERT_EQ(add({al, ah}, {bl, bh}), sum);
          ASSERT_EQ(multiply({al, ah}, {bl, bh}), product);
        }
}

}  // namespace
}  // namespace alur::dsl
