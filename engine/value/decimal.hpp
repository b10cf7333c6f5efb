// Decimal: exact decimal numbers for amounts, counts and measures, so that a rupiah is never lost
// to binary fractions. How a number looks to a citizen is format.hpp's; what they typed is
// reading.hpp's.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace alur::value {

// mantissa / 10^scale, always in lowest form (no trailing zero in the fraction, zero has scale 0),
// so equal numbers are equal bits. At most 18 digits, at most 18 of them after the point.
class Decimal {
 public:
  static constexpr int digits_max = 18;
  static constexpr std::int64_t mantissa_max = 999'999'999'999'999'999;

  constexpr Decimal() = default;

  // Beyond +-mantissa_max the nearest bound is taken.
  static Decimal from_integer(std::int64_t number);
  // mantissa / 10^scale brought to lowest form; nothing if either is out of its range.
  static std::optional<Decimal> from_parts(std::int64_t mantissa, int scale);
  // "-12.5", "0.25", "1000". Refuses "+1", ".5", "1.", "1e3", blanks, more than 18 digits once the
  // zeros that mean nothing are gone; accepts leading zeros and "1.50".
  static std::optional<Decimal> parse(std::string_view text);

  std::int64_t mantissa() const { return mantissa_; }
  int scale() const { return scale_; }
  bool is_zero() const { return mantissa_ == 0; }
  bool is_negative() const { return mantissa_ < 0; }
  bool is_integer() const { return scale_ == 0; }

  // The number if it is whole.
  std::optional<std::int64_t> to_int64() const;
  // Canonical: what parse reads back to the same bits.
  std::string to_string() const;
  void append_to(std::string& out) const;

  // Half to even at so many places after the point (0..18).
  Decimal round(int places) const;
  Decimal negated() const { return Decimal(-mantissa_, scale_); }

  bool operator==(const Decimal&) const = default;
  std::strong_ordering operator<=>(const Decimal& other) const;

 private:
  constexpr Decimal(std::int64_t mantissa, std::uint8_t scale)
      : mantissa_(mantissa), scale_(scale) {}
  friend struct DecimalParts;

  std::int64_t mantissa_ = 0;
  std::uint8_t scale_ = 0;
};

// A result of more than 18 digits loses the last of its fraction, half to even; one that is too
// large even so becomes +-Decimal::mantissa_max.
Decimal add(Decimal a, Decimal b);
Decimal subtract(Decimal a, Decimal b);
Decimal multiply(Decimal a, Decimal b);
// To 18 digits, half to even. Nothing when b is zero.
std::optional<Decimal> divide(Decimal a, Decimal b);

}  // namespace alur::value
