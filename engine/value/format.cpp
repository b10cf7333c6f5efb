// Everything ICU knows of a language, taken when a Formatter first asks for it.
#include "engine/value/format.hpp"

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/listformatter.h>
#include <unicode/numberformatter.h>
#include <unicode/plurrule.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdlib>
#include <iterator>
#include <map>
#include <mutex>
#include <utility>

#include "engine/value/date_pattern.hpp"
#include "engine/value/number_pattern.hpp"
#include "engine/value/text.hpp"

namespace alur::value {

namespace {

constexpr std::array<std::string_view, 6> category_names{"zero", "one",  "two",
                                                         "few",  "many", "other"};
constexpr int counted_max = 255;
constexpr std::size_t languages_max = 16;  // more are not kept

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

icu::UnicodeString wide(std::string_view text) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

// ICU answers for a language that it lacks with the language of whoever started the program: then
// its root is asked for by name. Plain English is the British one.
std::string locale_name(std::string_view language) {
  if (language == "en") return "en_GB";
  UErrorCode status = U_ZERO_ERROR;
  const auto tag = icu::Locale::forLanguageTag(
      icu::StringPiece(language.data(), static_cast<std::int32_t>(language.size())), status);
  std::int32_t count = 0;
  const icu::Locale* known = icu::Locale::getAvailableLocales(count);
  const bool available = std::any_of(known, known + count, [&](const icu::Locale& locale) {
    return std::string_view(locale.getLanguage()) == tag.getLanguage();
  });
  return U_SUCCESS(status) && available ? tag.getName() : "root";
}

PluralCategory category_named(const icu::UnicodeString& name) {
  const auto found = std::find(category_names.begin(), category_names.end(), utf8(name));
  assert(found != category_names.end());
  return static_cast<PluralCategory>(found - category_names.begin());
}

std::vector<PluralCategory> categories_of(const icu::PluralRules& rules) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::StringEnumeration> names(rules.getKeywords(status));
  assert(U_SUCCESS(status));
  std::vector<PluralCategory> categories;
  while (const icu::UnicodeString* name = names->snext(status)) {
    categories.push_back(category_named(*name));
  }
  std::sort(categories.begin(), categories.end());
  return categories;
}

template <class T>
std::unique_ptr<T> opened(T* made, UErrorCode status) {
  assert(U_SUCCESS(status) && made != nullptr);
  return std::unique_ptr<T>(made);
}

std::unique_ptr<const icu::PluralRules> open_rules(const icu::Locale& locale) {
  UErrorCode status = U_ZERO_ERROR;
  return opened(icu::PluralRules::forLocale(locale, status), status);
}

std::unique_ptr<const icu::ListFormatter> open_lists(const icu::Locale& locale) {
  UErrorCode status = U_ZERO_ERROR;
  return opened(icu::ListFormatter::createInstance(locale, status), status);
}

icu::number::LocalizedNumberFormatter counted(const icu::Locale& locale,
                                              const icu::MeasureUnit& unit) {
  return icu::number::NumberFormatter::withLocale(locale).unit(unit).unitWidth(
      UNUM_UNIT_WIDTH_FULL_NAME);
}

// The category of any decimal, by its written digits.
PluralCategory select(const icu::PluralRules& rules, Decimal number) {
  UErrorCode status = U_ZERO_ERROR;
  const std::string digits = number.to_string();
  const auto formatted = icu::number::NumberFormatter::withLocale(icu::Locale::getRoot())
                             .precision(icu::number::Precision::unlimited())
                             .formatDecimal(digits, status);
  const icu::UnicodeString name = rules.select(formatted, status);
  assert(U_SUCCESS(status));
  return category_named(name);
}

// Those of the small numbers, which are nearly all that are ever asked for.
std::array<PluralCategory, counted_max + 1> small_categories(const icu::PluralRules& rules) {
  std::array<PluralCategory, counted_max + 1> categories{};
  for (int number = 0; number <= counted_max; ++number) {
    categories[static_cast<std::size_t>(number)] = category_named(rules.select(number));
  }
  return categories;
}

NumberPattern rupiah_pattern(NumberPattern numbers) {
  numbers.prefix = "Rp";
  numbers.negative_prefix += "Rp";
  return numbers;
}

// i and I are not each other's case in these, and a J follows its I in Dutch.
bool has_plain_case(const icu::Locale& locale) {
  const std::string_view language = locale.getLanguage();
  return language != "tr" && language != "az" && language != "lt" && language != "nl";
}

template <class MapByte>
std::string mapped(std::string_view ascii, MapByte map_byte) {
  std::string out(ascii);
  std::transform(out.begin(), out.end(), out.begin(), map_byte);
  return out;
}

template <class MapCase>
std::string cased(std::string_view text, MapCase map_case) {
  UErrorCode status = U_ZERO_ERROR;
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  map_case(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink, status);
  assert(U_SUCCESS(status));
  return out;
}

}  // namespace

std::string_view to_text(PluralCategory category) {
  return category_names.at(static_cast<std::size_t>(category));
}

struct Formatter::Tables {
  Tables(const std::string& name, const DatePatterns& dates)
      : locale(name.c_str()),
        numbers(NumberPattern::of_numbers(name)),
        percents(NumberPattern::of_percents(name)),
        rupiah(rupiah_pattern(numbers)),
        date(dates.best("yMMMMd")),
        short_date(dates.best("yMMMd")),
        time(dates.best("Hm")),
        datetime(dates.best("yMMMMdHm")),
        weekdays(dates.weekday_names()),
        lists(open_lists(locale)),
        plurals(open_rules(locale)),
        categories(categories_of(*plurals)),
        small(small_categories(*plurals)),
        plain_case(has_plain_case(locale)),
        units{{{day_milliseconds, counted(locale, icu::MeasureUnit::getDay())},
               {hour_milliseconds, counted(locale, icu::MeasureUnit::getHour())},
               {minute_milliseconds, counted(locale, icu::MeasureUnit::getMinute())},
               {second_milliseconds, counted(locale, icu::MeasureUnit::getSecond())}}} {}

  struct Unit {
    std::int64_t milliseconds;
    icu::number::LocalizedNumberFormatter counted;

    std::string count(std::int64_t number) const {
      UErrorCode status = U_ZERO_ERROR;
      const icu::UnicodeString text = counted.formatInt(number, status).toString(status);
      assert(U_SUCCESS(status));
      return utf8(text);
    }
  };

  icu::Locale locale;
  NumberPattern numbers;
  NumberPattern percents;
  NumberPattern rupiah;
  DatePattern date;
  DatePattern short_date;
  DatePattern time;
  DatePattern datetime;
  std::array<std::string, 7> weekdays;
  std::unique_ptr<const icu::ListFormatter> lists;
  std::unique_ptr<const icu::PluralRules> plurals;
  std::vector<PluralCategory> categories;
  std::array<PluralCategory, counted_max + 1> small;
  bool plain_case;
  std::array<Unit, 4> units;

  std::string written(const NumberPattern& pattern, Decimal number, int fraction_digits_min) const {
    std::string out;
    pattern.append(number, fraction_digits_min, out);
    return out;
  }

  std::string written(const DatePattern& pattern, LocalTime local) const {
    std::string out;
    pattern.append(local, numbers, out);
    return out;
  }
};

// An app is read and checked by several formatters of each language, and published again and again.
std::shared_ptr<const Formatter::Tables> Formatter::tables_of(const std::string& locale) {
  static std::mutex mutex;
  static std::map<std::string, std::shared_ptr<const Tables>> kept;
  const std::lock_guard lock(mutex);
  const auto found = kept.find(locale);
  if (found != kept.end()) return found->second;
  if (kept.size() == languages_max) kept.clear();
  return kept[locale] = std::make_shared<const Tables>(locale, DatePatterns(locale));
}

Formatter::Formatter(std::string_view language, TimeZone zone)
    : language_(language), zone_(std::move(zone)), tables_(tables_of(locale_name(language))) {}

std::string Formatter::format_number(Decimal number) const {
  return tables_->written(tables_->numbers, number, 0);
}

std::string Formatter::format_rupiah(Decimal amount) const {
  constexpr int sen_digits = 2;
  const Decimal rounded = amount.round(sen_digits);
  return tables_->written(tables_->rupiah, rounded, rounded.is_integer() ? 0 : sen_digits);
}

std::string Formatter::format_percent(Decimal ratio) const {
  return tables_->written(tables_->percents, multiply(ratio, Decimal::from_integer(100)), 0);
}

std::string Formatter::format_date(Date date) const {
  return tables_->written(tables_->date, {date, {}});
}

std::string Formatter::format_short_date(Date date) const {
  return tables_->written(tables_->short_date, {date, {}});
}

std::string Formatter::format_weekday(Date date) const {
  return tables_->weekdays[static_cast<std::size_t>(weekday(date))];
}

std::string Formatter::format_time(TimeOfDay time) const {
  return tables_->written(tables_->time, {{}, time});
}

std::string Formatter::format_datetime(Instant instant) const {
  return tables_->written(tables_->datetime, zone_.to_local(instant));
}

std::string Formatter::format_duration(Duration duration) const {
  std::int64_t rest = std::abs(duration.milliseconds);
  std::string out;
  for (const Tables::Unit& unit : tables_->units) {
    const std::int64_t number = rest / unit.milliseconds;
    rest %= unit.milliseconds;
    if (number == 0) continue;
    if (!out.empty()) out += ' ';
    out += unit.count(number);
  }
  if (out.empty()) return tables_->units.back().count(0);
  return duration.milliseconds < 0 ? tables_->numbers.negative_prefix + out : out;
}

std::string Formatter::format_list(std::span<const std::string> items) const {
  if (items.size() < 2) return items.empty() ? std::string() : items.front();
  std::vector<icu::UnicodeString> texts;
  texts.reserve(items.size());
  std::transform(items.begin(), items.end(), std::back_inserter(texts), wide);
  icu::UnicodeString joined;
  UErrorCode status = U_ZERO_ERROR;
  tables_->lists->format(texts.data(), static_cast<std::int32_t>(texts.size()), joined, status);
  assert(U_SUCCESS(status));
  return utf8(joined);
}

PluralCategory Formatter::plural_category(Decimal number) const {
  if (tables_->categories.size() == 1) return PluralCategory::other;
  const auto whole = number.to_int64();
  if (whole && *whole >= 0 && *whole <= counted_max) {
    return tables_->small[static_cast<std::size_t>(*whole)];
  }
  return select(*tables_->plurals, number);
}

const std::vector<PluralCategory>& Formatter::plural_categories() const {
  return tables_->categories;
}

std::string Formatter::upper(std::string_view text) const {
  if (tables_->plain_case && is_ascii(text)) {
    return mapped(text, [](char c) { return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c; });
  }
  return cased(text, [&](icu::StringPiece from, icu::ByteSink& to, UErrorCode& status) {
    icu::CaseMap::utf8ToUpper(tables_->locale.getName(), 0, from, to, nullptr, status);
  });
}

std::string Formatter::lower(std::string_view text) const {
  if (tables_->plain_case && is_ascii(text)) {
    return mapped(text, [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  }
  return cased(text, [&](icu::StringPiece from, icu::ByteSink& to, UErrorCode& status) {
    icu::CaseMap::utf8ToLower(tables_->locale.getName(), 0, from, to, nullptr, status);
  });
}

std::string Formatter::title(std::string_view text) const {
  return cased(text, [&](icu::StringPiece from, icu::ByteSink& to, UErrorCode& status) {
    icu::CaseMap::utf8ToTitle(tables_->locale.getName(), 0, nullptr, from, to, nullptr, status);
  });
}

}  // namespace alur::value
