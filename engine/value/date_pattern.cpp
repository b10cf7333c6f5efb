// Asks ICU for a pattern and its names once, then only walks the pieces.
#include "engine/value/date_pattern.hpp"

#include <unicode/dtfmtsym.h>
#include <unicode/dtptngen.h>
#include <unicode/locid.h>

#include <algorithm>
#include <cassert>
#include <memory>

namespace alur::value {

namespace {

using icu::DateFormatSymbols;

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

icu::Locale gregorian(const std::string& name) {
  UErrorCode status = U_ZERO_ERROR;
  icu::Locale locale(name.c_str());
  locale.setKeywordValue("calendar", "gregorian", status);
  assert(U_SUCCESS(status));
  return locale;
}

std::unique_ptr<icu::DateTimePatternGenerator> generator_of(const icu::Locale& locale) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::DateTimePatternGenerator> generator(
      icu::DateTimePatternGenerator::createInstance(locale, status));
  assert(U_SUCCESS(status));
  return generator;
}

DateFormatSymbols symbols_of(const icu::Locale& locale) {
  UErrorCode status = U_ZERO_ERROR;
  DateFormatSymbols symbols(locale, status);
  assert(U_SUCCESS(status));
  return symbols;
}

std::array<std::string, 12> month_names(const DateFormatSymbols& symbols,
                                        DateFormatSymbols::DtContextType use,
                                        DateFormatSymbols::DtWidthType width) {
  std::int32_t count = 0;
  const icu::UnicodeString* names = symbols.getMonths(count, use, width);
  std::array<std::string, 12> out;
  assert(count >= 12);
  std::transform(names, names + 12, out.begin(), utf8);
  return out;
}

// The names that the letters MMM, MMMM, LLL and LLLL stand for; none in a pattern without them.
std::array<std::string, 12> names_for(const DateFormatSymbols& symbols,
                                      const std::string& pattern) {
  const bool alone = pattern.find("LLL") != pattern.npos;
  const bool wide = pattern.find(alone ? "LLLL" : "MMMM") != pattern.npos;
  return month_names(symbols, alone ? DateFormatSymbols::STANDALONE : DateFormatSymbols::FORMAT,
                     wide ? DateFormatSymbols::WIDE : DateFormatSymbols::ABBREVIATED);
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

struct DatePatterns::Tables {
  explicit Tables(const icu::Locale& locale)
      : generator(generator_of(locale)), symbols(symbols_of(locale)) {}

  // ICU's own method is not const, though each call stands for itself.
  std::unique_ptr<icu::DateTimePatternGenerator> generator;
  DateFormatSymbols symbols;
};

DatePatterns::DatePatterns(const std::string& locale)
    : tables_(std::make_unique<const Tables>(gregorian(locale))) {}
DatePatterns::~DatePatterns() = default;

DatePattern DatePatterns::best(std::string_view skeleton) const {
  UErrorCode status = U_ZERO_ERROR;
  const auto wanted =
      icu::UnicodeString(skeleton.data(), static_cast<std::int32_t>(skeleton.size()), US_INV);
  const std::string pattern = utf8(tables_->generator->getBestPattern(wanted, status));
  assert(U_SUCCESS(status));
  DatePattern out;
  out.month_names_ = names_for(tables_->symbols, pattern);
  bool quoted = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\'' && i + 1 < pattern.size() && pattern[i + 1] == '\'') {
      out.add_literal(c);
      ++i;
    } else if (c == '\'') {
      quoted = !quoted;
    } else if (quoted || !is_letter(c)) {
      out.add_literal(c);
    } else {
      const std::size_t end = std::min(pattern.find_first_not_of(c, i), pattern.size());
      out.add_field(c, static_cast<int>(end - i));
      i = end - 1;
    }
  }
  return out;
}

void DatePattern::add_literal(char c) {
  if (pieces_.empty() || pieces_.back().part != Part::literal) pieces_.push_back({});
  pieces_.back().literal += c;
}

// The letters that ICU's data answers our skeletons with; a letter that is not among them is left
// out.
void DatePattern::add_field(char letter, int count) {
  switch (letter) {
    case 'y':
      pieces_.push_back({Part::year, count, {}});
      return;
    case 'M':
    case 'L':
      pieces_.push_back({count > 2 ? Part::month_name : Part::month, count, {}});
      return;
    case 'd':
      pieces_.push_back({Part::day, count, {}});
      return;
    case 'H':
      pieces_.push_back({Part::hour, count, {}});
      return;
    case 'm':
      pieces_.push_back({Part::minute, count, {}});
      return;
    default:
      return;
  }
}

void DatePattern::append(LocalTime local, const NumberPattern& numbers, std::string& out) const {
  const YearMonthDay ymd = to_ymd(local.date);
  for (const Piece& piece : pieces_) {
    switch (piece.part) {
      case Part::literal:
        out += piece.literal;
        break;
      case Part::year:
        numbers.append_padded(ymd.year, piece.digits_min, out);
        break;
      case Part::month:
        numbers.append_padded(ymd.month, piece.digits_min, out);
        break;
      case Part::month_name:
        out += month_names_[static_cast<std::size_t>(ymd.month - 1)];
        break;
      case Part::day:
        numbers.append_padded(ymd.day, piece.digits_min, out);
        break;
      case Part::hour:
        numbers.append_padded(local.time.seconds / 3'600, piece.digits_min, out);
        break;
      case Part::minute:
        numbers.append_padded(local.time.seconds / 60 % 60, piece.digits_min, out);
        break;
    }
  }
}

std::array<std::string, 7> DatePatterns::weekday_names() const {
  std::int32_t count = 0;
  const icu::UnicodeString* names =
      tables_->symbols.getWeekdays(count, DateFormatSymbols::STANDALONE, DateFormatSymbols::WIDE);
  assert(count == 8);  // nothing, then Sunday to Saturday
  std::array<std::string, 7> out;
  for (std::size_t day = 0; day < out.size(); ++day) out[day] = utf8(names[(day + 1) % 7 + 1]);
  return out;
}

}  // namespace alur::value
