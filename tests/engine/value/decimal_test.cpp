// Decimals: canonical text, edges at 18 digits, rounding half to even, and the laws of arithmetic.
#include "engine/value/decimal.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/engine/value/arbitrary.hpp"

namespace alur::value {
namespace {

__extension__ using Wide = __int128;

Decimal number(std::string_view text) {
  const auto parsed = Decimal::parse(text);
  EXPECT_TRUE(parsed) << text;
  return parsed.value_or(Decimal());
}

TEST(Decimal, ParsesToOneForm) {
  const std::pair<std::string_view, std::string_view> table[]{
      {"0", "0"},
      {"-0", "0"},
      {"-0.000", "0"},
      {"007", "7"},
      {"1.50", "1.5"},
      {"-12.5", "-12.5"},
      {"0.000000000000000001", "0.000000000000000001"},
      {"999999999999999999", "999999999999999999"},
      {"-999999999999999999", "-999999999999999999"},
      {"0.999999999999999999", "0.999999999999999999"},
      {"123456789.123456789", "123456789.123456789"},
      {"1000000000000000000000.0", ""},
      {"1000.000000000000000000000000", "1000"},
      {"0.0000000000000000001", ""},
      {"1234567890123456789", ""},
      {"1.123456789012345678", ""},
      {"", ""},
      {"-", ""},
      {".5", ""},
      {"1.", ""},
      {"+1", ""},
      {"1e3", ""},
      {" 1", ""},
      {"1 ", ""},
      {"1.2.3", ""},
      {"--1", ""},
      {"٣", ""},
  };
  for (const auto& [text, wanted] : table) {
    const auto parsed = Decimal::parse(text);
    EXPECT_EQ(parsed ? parsed->to_string() : "", wanted) << text;
  }
}

TEST(Decimal, RefusesPartsOutOfRange) {
  EXPECT_FALSE(Decimal::from_parts(Decimal::mantissa_max + 1, 0));
  EXPECT_FALSE(Decimal::from_parts(INT64_MIN, 0));
  EXPECT_FALSE(Decimal::from_parts(1, -1));
  EXPECT_FALSE(Decimal::from_parts(1, 19));
  EXPECT_EQ(Decimal::from_parts(1'500, 3), number("1.5"));
}

TEST(Decimal, IntegersSaturate) {
  EXPECT_EQ(Decimal::from_integer(INT64_MAX).to_string(), "999999999999999999");
  EXPECT_EQ(Decimal::from_integer(INT64_MIN).to_string(), "-999999999999999999");
  EXPECT_EQ(Decimal::from_integer(-5).to_int64(), -5);
  EXPECT_EQ(number("1.5").to_int64(), std::nullopt);
}

TEST(Decimal, AddsAndSubtracts) {
  const char* table[][3]{
      {"0.1", "0.2", "0.3"},
      {"-1.5", "1.5", "0"},
      {"999999999999999999", "1", "999999999999999999"},
      {"-999999999999999999", "-1", "-999999999999999999"},
      {"999999999999999999", "0.4", "999999999999999999"},
      {"99999999999999999.9", "0.05", "100000000000000000"},    // half: to the even digit above
      {"99999999999999999.8", "0.05", "99999999999999999.8"},   // half: the even digit below
      {"99999999999999999.8", "0.051", "99999999999999999.9"},  // past the half
      {"0.000000000000000001", "100000000000000000", "100000000000000000"},
      {"999999999999999999", "0.5", "999999999999999999"},
  };
  for (const auto& [a, b, sum] : table) {
    EXPECT_EQ(add(number(a), number(b)).to_string(), sum) << a << " + " << b;
    EXPECT_EQ(subtract(number(a), number(b).negated()).to_string(), sum) << a << " - -" << b;
  }
}

TEST(Decimal, Multiplies) {
  const char* table[][3]{
      {"1500000", "0.125", "187500"},
      {"-1.5", "1.5", "-2.25"},
      {"999999999999999999", "999999999999999999", "999999999999999999"},
      {"-999999999999999999", "2", "-999999999999999999"},
      {"0.000000001", "0.000000001", "0.000000000000000001"},
      {"0.0000000005", "0.000000001", "0"},                     // 5e-19, half: to the even zero
      {"0.0000000015", "0.000000001", "0.000000000000000002"},  // 15e-19: to the even two
      {"0.999999999999999999", "0.999999999999999999", "0.999999999999999998"},
      {"999999999999999999", "0.999999999999999999", "999999999999999998"},
  };
  for (const auto& [a, b, product] : table) {
    EXPECT_EQ(multiply(number(a), number(b)).to_string(), product) << a << " * " << b;
    EXPECT_EQ(multiply(number(b), number(a)).to_string(), product) << b << " * " << a;
  }
}

TEST(Decimal, Divides) {
  const char* table[][3]{
      {"1", "3", "0.333333333333333333"},
      {"2", "3", "0.666666666666666667"},
      {"-2", "3", "-0.666666666666666667"},
      {"100", "3", "33.3333333333333333"},
      {"1", "8", "0.125"},
      {"999999999999999999", "0.000000000000000001", "999999999999999999"},
      {"0.000000000000000001", "999999999999999999", "0"},
      {"0.000000000000000001", "2", "0"},
      {"0.000000000000000003", "2", "0.000000000000000002"},
      {"999999999999999999", "1", "999999999999999999"},
      {"999999999999999999", "2", "500000000000000000"},  // ...999.5, half: to the even digit
      {"0", "7", "0"},
  };
  for (const auto& [a, b, quotient] : table) {
    EXPECT_EQ(divide(number(a), number(b))->to_string(), quotient) << a << " / " << b;
  }
  EXPECT_EQ(divide(number("1"), number("0")), std::nullopt);
}

TEST(Decimal, RoundsHalfToEven) {
  struct Row {
    const char* number;
    int places;
    const char* wanted;
  };
  const Row table[]{{"2.5", 0, "2"},
                    {"3.5", 0, "4"},
                    {"-2.5", 0, "-2"},
                    {"2.51", 0, "3"},
                    {"1.005", 2, "1"},
                    {"1.015", 2, "1.02"},
                    {"1234.5678", 2, "1234.57"},
                    {"5", 2, "5"},
                    {"0.5", 0, "0"},
                    {"-0.4", 0, "0"},
                    {"99.995", 2, "100"},
                    {"1.25", 18, "1.25"},
                    {"0.999999999999999999", 17, "1"},
                    {"1.5", -3, "2"}};
  for (const Row& row : table) {
    EXPECT_EQ(number(row.number).round(row.places).to_string(), row.wanted) << row.number;
  }
}

TEST(Decimal, Compares) {
  const char* rising[]{"-999999999999999999",
                       "-1.5",
                       "-1.00000000000000001",
                       "-1",
                       "-0.1",
                       "0",
                       "0.000000000000000001",
                       "0.1",
                       "0.11",
                       "1",
                       "999999999999999998",
                       "999999999999999999"};
  for (std::size_t i = 0; i < std::size(rising); ++i) {
    for (std::size_t j = 0; j < std::size(rising); ++j) {
      EXPECT_EQ(number(rising[i]) <=> number(rising[j]), i <=> j) << rising[i] << ' ' << rising[j];
    }
  }
}

RC_GTEST_PROP(DecimalLaws, TextComesBack, ()) {
  const Decimal a = *testing::any_decimal();
  RC_ASSERT(Decimal::parse(a.to_string()) == a);
  RC_ASSERT(a.scale() == 0 || a.mantissa() % 10 != 0);
}

RC_GTEST_PROP(DecimalLaws, SumsAndProductsCommute, ()) {
  const Decimal a = *testing::any_decimal();
  const Decimal b = *testing::any_decimal();
  RC_ASSERT(add(a, b) == add(b, a));
  RC_ASSERT(multiply(a, b) == multiply(b, a));
  RC_ASSERT(subtract(a, a).is_zero());
  RC_ASSERT(multiply(a, Decimal::from_integer(1)) == a);
  RC_ASSERT((a <=> b) == (b.negated() <=> a.negated()));
  RC_ASSERT(((a <=> b) == 0) == (a == b));
}

// Small enough for nothing to be rounded: then the integers say what is right.
RC_GTEST_PROP(DecimalLaws, ExactWhereItFits, ()) {
  const auto mantissa = rc::gen::inRange<std::int64_t>(-99'999'999, 100'000'000);
  const std::int64_t a = *mantissa;
  const std::int64_t b = *mantissa;
  const Decimal a_number = *Decimal::from_parts(a, 4);
  const Decimal b_number = *Decimal::from_parts(b, 4);
  RC_ASSERT(add(a_number, b_number) == *Decimal::from_parts(a + b, 4));
  RC_ASSERT(subtract(a_number, b_number) == *Decimal::from_parts(a - b, 4));
  RC_ASSERT(multiply(a_number, b_number) == *Decimal::from_parts(a * b, 8));
  RC_ASSERT((a_number <=> b_number) == (a <=> b));
}

// |quotient * divisor - dividend| is at most half of the quotient's last digit.
RC_GTEST_PROP(DecimalLaws, QuotientsAreTheNearest, ()) {
  const auto mantissa = rc::gen::inRange<std::int64_t>(-999'999'999, 1'000'000'000);
  const std::int64_t a = *mantissa;
  const std::int64_t b = *mantissa;
  RC_PRE(b != 0);
  const Decimal quotient = *divide(Decimal::from_integer(a), Decimal::from_integer(b));
  Wide unit = 1;
  for (int i = 0; i < quotient.scale(); ++i) unit *= 10;
  const Wide error = static_cast<Wide>(quotient.mantissa()) * b - static_cast<Wide>(a) * unit;
  if (quotient.scale() == 0 || error == 0) {
    RC_ASSERT(error == 0);
    return;
  }
  // The form without trailing zeros may hide up to 18 digits.
  Wide fine_unit = 1;
  int digits = 0;
  for (Wide m = quotient.mantissa(); m != 0; m /= 10) ++digits;
  for (int i = std::max(digits, quotient.scale()); i < Decimal::digits_max; ++i) fine_unit *= 10;
  RC_ASSERT((error < 0 ? -error : error) * 2 * fine_unit <= (b < 0 ? -Wide{b} : Wide{b}));
}

RC_GTEST_PROP(DecimalLaws, OrderAgreesWithDifference, ()) {
  const Decimal a = *testing::any_decimal();
  const Decimal b = *testing::any_decimal();
  const Decimal difference = subtract(a, b);
  if (!difference.is_zero()) RC_ASSERT((a < b) == difference.is_negative());
}

}  // namespace
}  // namespace alur::value
