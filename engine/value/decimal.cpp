// 128 bits hold every intermediate: two mantissas of 18 digits aligned or multiplied have 36.
#include "engine/value/decimal.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

namespace alur::value {

namespace {

__extension__ using Wide = __int128;

constexpr int wide_digits_max = 38;

constexpr std::array<Wide, wide_digits_max + 1> powers_of_ten() {
  std::array<Wide, wide_digits_max + 1> powers{1};
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}
constexpr auto ten_to = powers_of_ten();

constexpr Wide magnitude(Wide number) {
  return number < 0 ? -number : number;
}

int digit_count(Wide number) {
  int digits = 0;
  while (digits < wide_digits_max && ten_to[digits] <= magnitude(number)) ++digits;
  return digits;
}

// The last `count` digits dropped, half to even.
Wide drop_digits(Wide number, int count) {
  const Wide unit = ten_to[count];
  Wide kept = number / unit;
  const Wide twice = magnitude(number % unit) * 2;
  if (twice > unit || (twice == unit && kept % 2 != 0)) kept += number < 0 ? -1 : 1;
  return kept;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

// Brings what arithmetic made of two decimals back into the range of one.
struct DecimalParts {
  static Decimal saturated(bool negative) {
    return Decimal(negative ? -Decimal::mantissa_max : Decimal::mantissa_max, 0);
  }

  static Decimal lowest_form(std::int64_t mantissa, int scale) {
    while (scale > 0 && mantissa % 10 == 0) {
      mantissa /= 10;
      --scale;
    }
    return Decimal(mantissa, static_cast<std::uint8_t>(scale));
  }

  // |number| < 10^38, scale 0..36.
  static Decimal fit(Wide number, int scale) {
    const int surplus = std::max(digit_count(number) - Decimal::digits_max, 0);
    const int drop = std::max(surplus, scale - Decimal::digits_max);
    if (drop > scale) return saturated(number < 0);
    if (drop > 0) {
      number = drop_digits(number, drop);
      scale -= drop;
    }
    // Rounding may have carried 999...9.5 to one digit more.
    if (magnitude(number) > Decimal::mantissa_max) {
      if (scale == 0) return saturated(number < 0);
      number /= 10;
      --scale;
    }
    return lowest_form(static_cast<std::int64_t>(number), scale);
  }

  static Decimal sum(Decimal a, Decimal b) {
    if (a.scale_ == 0 && b.scale_ == 0) return Decimal::from_integer(a.mantissa_ + b.mantissa_);
    const int scale = std::max(a.scale_, b.scale_);
    const Wide left = a.mantissa_ * ten_to[scale - a.scale_];
    const Wide right = b.mantissa_ * ten_to[scale - b.scale_];
    return fit(left + right, scale);
  }
};

Decimal Decimal::from_integer(std::int64_t number) {
  if (number > mantissa_max) return DecimalParts::saturated(false);
  if (number < -mantissa_max) return DecimalParts::saturated(true);
  return Decimal(number, 0);
}

std::optional<Decimal> Decimal::from_parts(std::int64_t mantissa, int scale) {
  if (mantissa > mantissa_max || mantissa < -mantissa_max) return std::nullopt;
  if (scale < 0 || scale > digits_max) return std::nullopt;
  return DecimalParts::lowest_form(mantissa, scale);
}

std::optional<Decimal> Decimal::parse(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  std::string_view whole = text.substr(0, point);
  std::string_view fraction = point == text.npos ? std::string_view("0") : text.substr(point + 1);
  if (whole.empty() || fraction.empty()) return std::nullopt;
  while (!whole.empty() && whole.front() == '0') whole.remove_prefix(1);
  while (!fraction.empty() && fraction.back() == '0') fraction.remove_suffix(1);

  std::int64_t mantissa = 0;
  std::size_t digits = 0;
  for (const std::string_view part : {whole, fraction}) {
    for (const char c : part) {
      if (!is_digit(c)) return std::nullopt;
      if (mantissa != 0 || c != '0') ++digits;
      if (digits > digits_max) return std::nullopt;
      mantissa = mantissa * 10 + (c - '0');
    }
  }
  if (fraction.size() > digits_max) return std::nullopt;
  return from_parts(negative ? -mantissa : mantissa, static_cast<int>(fraction.size()));
}

std::optional<std::int64_t> Decimal::to_int64() const {
  if (scale_ != 0) return std::nullopt;
  return mantissa_;
}

std::string Decimal::to_string() const {
  std::string out;
  append_to(out);
  return out;
}

void Decimal::append_to(std::string& out) const {
  std::array<char, 2 * digits_max + 3> buffer;
  std::size_t at = buffer.size();
  std::int64_t left = std::abs(mantissa_);
  for (int place = 0; left != 0 || place <= scale_; ++place) {
    if (place == scale_ && scale_ != 0) buffer[--at] = '.';
    buffer[--at] = static_cast<char>('0' + left % 10);
    left /= 10;
  }
  if (mantissa_ < 0) buffer[--at] = '-';
  out.append(buffer.data() + at, buffer.size() - at);
}

Decimal Decimal::round(int places) const {
  if (places >= scale_) return *this;
  const int drop = scale_ - std::max(places, 0);
  const Wide kept = drop_digits(mantissa_, drop);
  return DecimalParts::lowest_form(static_cast<std::int64_t>(kept), scale_ - drop);
}

std::strong_ordering Decimal::operator<=>(const Decimal& other) const {
  if (scale_ == other.scale_) return mantissa_ <=> other.mantissa_;
  const Wide left = mantissa_ * ten_to[other.scale_];
  const Wide right = other.mantissa_ * ten_to[scale_];
  return left < right ? std::strong_ordering::less : std::strong_ordering::greater;
}

Decimal add(Decimal a, Decimal b) {
  return DecimalParts::sum(a, b);
}

Decimal subtract(Decimal a, Decimal b) {
  return DecimalParts::sum(a, b.negated());
}

Decimal multiply(Decimal a, Decimal b) {
  const Wide product = static_cast<Wide>(a.mantissa()) * b.mantissa();
  return DecimalParts::fit(product, a.scale() + b.scale());
}

// Long division: the whole part at once, then digit by digit. No remainder times ten passes 10^37.
std::optional<Decimal> divide(Decimal a, Decimal b) {
  if (b.is_zero()) return std::nullopt;
  const bool negative = a.is_negative() != b.is_negative();
  const Wide dividend = magnitude(a.mantissa()) * ten_to[b.scale()];
  const Wide divisor = magnitude(b.mantissa()) * ten_to[a.scale()];
  Wide quotient = dividend / divisor;
  Wide rest = dividend % divisor;
  int scale = 0;
  while (rest != 0 && scale < Decimal::digits_max && quotient * 10 <= Decimal::mantissa_max) {
    rest *= 10;
    quotient = quotient * 10 + rest / divisor;
    rest %= divisor;
    ++scale;
  }
  const Wide twice = rest * 2;
  if (twice > divisor || (twice == divisor && quotient % 2 != 0)) ++quotient;
  return DecimalParts::fit(negative ? -quotient : quotient, scale);
}

}  // namespace alur::value
