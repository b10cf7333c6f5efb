// Takes the symbols and affixes out of ICU's decimal format; writes digits by itself.
#include "engine/value/number_pattern.hpp"

#include <unicode/dcfmtsym.h>
#include <unicode/decimfmt.h>

#include <algorithm>
#include <cassert>
#include <memory>
#include <string_view>
#include <utility>

namespace alur::value {

namespace {

using icu::DecimalFormatSymbols;

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

std::array<std::string, 10> digits_of(const DecimalFormatSymbols& symbols) {
  std::array<std::string, 10> digits;
  for (std::size_t digit = 0; digit < digits.size(); ++digit) {
    const auto symbol = digit == 0 ? DecimalFormatSymbols::kZeroDigitSymbol
                                   : static_cast<DecimalFormatSymbols::ENumberFormatSymbol>(
                                         DecimalFormatSymbols::kOneDigitSymbol + digit - 1);
    digits[digit] = utf8(symbols.getConstSymbol(symbol));
  }
  return digits;
}

NumberPattern pattern_of(std::unique_ptr<icu::NumberFormat> format) {
  const auto* decimal = dynamic_cast<const icu::DecimalFormat*>(format.get());
  assert(decimal != nullptr);
  const DecimalFormatSymbols& symbols = *decimal->getDecimalFormatSymbols();
  icu::UnicodeString affix;
  NumberPattern pattern;
  pattern.digits = digits_of(symbols);
  pattern.group = utf8(symbols.getConstSymbol(DecimalFormatSymbols::kGroupingSeparatorSymbol));
  pattern.point = utf8(symbols.getConstSymbol(DecimalFormatSymbols::kDecimalSeparatorSymbol));
  pattern.prefix = utf8(decimal->getPositivePrefix(affix));
  pattern.suffix = utf8(decimal->getPositiveSuffix(affix));
  pattern.negative_prefix = utf8(decimal->getNegativePrefix(affix));
  pattern.negative_suffix = utf8(decimal->getNegativeSuffix(affix));
  pattern.group_size = decimal->isGroupingUsed() ? decimal->getGroupingSize() : 0;
  const int beyond = decimal->getSecondaryGroupingSize();
  pattern.group_size_beyond = beyond > 0 ? beyond : pattern.group_size;
  return pattern;
}

}  // namespace

NumberPattern NumberPattern::of_numbers(const std::string& locale) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::NumberFormat> format(
      icu::NumberFormat::createInstance(icu::Locale(locale.c_str()), status));
  assert(U_SUCCESS(status));
  return pattern_of(std::move(format));
}

NumberPattern NumberPattern::of_percents(const std::string& locale) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::NumberFormat> format(
      icu::NumberFormat::createPercentInstance(icu::Locale(locale.c_str()), status));
  assert(U_SUCCESS(status));
  return pattern_of(std::move(format));
}

bool NumberPattern::group_ends_before(std::size_t digits_left) const {
  const int beyond = static_cast<int>(digits_left) - group_size;
  return group_size > 0 && beyond >= 0 && beyond % group_size_beyond == 0 && digits_left > 0;
}

void NumberPattern::append(Decimal number, int fraction_digits_min, std::string& out) const {
  const std::string plain = (number.is_negative() ? number.negated() : number).to_string();
  const std::string_view all = plain;
  const std::size_t whole_size = std::min(all.find('.'), all.size());
  const std::string_view whole = all.substr(0, whole_size);
  const std::string_view fraction = all.substr(std::min(whole_size + 1, all.size()));

  out += number.is_negative() ? negative_prefix : prefix;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (i > 0 && group_ends_before(whole.size() - i)) out += group;
    out += digits[static_cast<std::size_t>(whole[i] - '0')];
  }
  const auto wanted = static_cast<std::size_t>(std::max(fraction_digits_min, 0));
  if (!fraction.empty() || wanted > 0) out += point;
  for (const char c : fraction) out += digits[static_cast<std::size_t>(c - '0')];
  for (std::size_t i = fraction.size(); i < wanted; ++i) out += digits[0];
  out += number.is_negative() ? negative_suffix : suffix;
}

void NumberPattern::append_padded(int number, int digits_min, std::string& out) const {
  std::array<std::size_t, 10> places;
  std::size_t count = 0;
  for (; number > 0 || static_cast<int>(count) < digits_min; number /= 10) {
    places[count++] = static_cast<std::size_t>(number % 10);
  }
  while (count > 0) out += digits[places[--count]];
}

}  // namespace alur::value
