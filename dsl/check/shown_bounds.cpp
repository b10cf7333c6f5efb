#include "dsl/check/shown_bounds.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "engine/value/text.hpp"

namespace alur::dsl {

using value::Date;
using value::Decimal;
using value::Formatter;
using value::Type;
using value::TypeKind;

namespace {

constexpr std::int64_t phone_units_max = value::phone_length_max;
constexpr std::int64_t email_units_max = value::email_length_max;

Shown one_of(std::vector<std::string> samples) {
  return {std::move(samples), std::nullopt, false};
}

// Of samples that no filter tells apart but by length, the longest of each unit are enough.
void keep_longest(std::vector<std::string>& samples) {
  Extent longest;
  for (const std::string& sample : samples) longest = widest(longest, extent_of(sample));
  std::erase_if(samples, [&](const std::string& sample) {
    const Extent extent = extent_of(sample);
    return extent.utf16 < longest.utf16 && extent.code_points < longest.code_points &&
           extent.bytes < longest.bytes;
  });
}

// The numbers of a type that can be longest.
std::vector<Decimal> longest_numbers(const Type& type) {
  if (type.kind == TypeKind::integer) {
    return {Decimal::from_integer(type.low), Decimal::from_integer(type.high)};
  }
  std::vector<Decimal> numbers;
  for (int scale = 0; scale <= Decimal::digits_max; ++scale) {
    for (const std::int64_t mantissa : {Decimal::mantissa_max, -Decimal::mantissa_max}) {
      if (const auto number = Decimal::from_parts(mantissa, scale)) numbers.push_back(*number);
    }
  }
  return numbers;
}

template <class Format>
Shown longest_written(const Type& type, const Format& format) {
  std::vector<std::string> samples;
  for (const Decimal number : longest_numbers(type)) samples.push_back(format(number));
  keep_longest(samples);
  return one_of(std::move(samples));
}

constexpr int longest_year = 9'998;
constexpr int two_digit_day = 28;
constexpr int months = 12;

std::vector<Date> longest_dates() {
  std::vector<Date> dates;
  for (int month = 1; month <= months; ++month) {
    dates.push_back(*value::date_from_ymd(longest_year, month, two_digit_day));
  }
  return dates;
}

Shown longest_datetimes(const Formatter& formatter) {
  constexpr int day_hours = 24;
  std::vector<std::string> samples;
  // Only the years beyond the calendar's end have five digits; they are its last two days.
  for (const std::int64_t back : {std::int64_t{0}, value::day_milliseconds}) {
    samples.push_back(formatter.format_datetime({value::instant_max.milliseconds - back}));
  }
  for (const Date date : longest_dates()) {
    for (int hour = 0; hour < day_hours; ++hour) {
      samples.push_back(formatter.format_datetime(
          {(date.days - 1) * value::day_milliseconds + hour * value::hour_milliseconds}));
    }
  }
  keep_longest(samples);
  return one_of(std::move(samples));
}

// The longest of some counts of one unit.
template <class Counts>
Extent longest_count(const Formatter& formatter, std::int64_t unit, const Counts& counts) {
  Extent longest;
  for (const std::int64_t count : counts) {
    longest = widest(longest, extent_of(formatter.format_duration({count * unit})));
  }
  return longest;
}

std::vector<std::int64_t> counts_to(std::int64_t last) {
  std::vector<std::int64_t> counts;
  for (std::int64_t count = 1; count <= last; ++count) counts.push_back(count);
  return counts;
}

// What a word for days looks like depends on the last two digits, on round millions, and on very
// small numbers.
std::vector<std::int64_t> counts_of_days() {
  constexpr std::int64_t million = 1'000'000;
  constexpr std::int64_t hundred = 100;
  const std::int64_t most = value::duration_max.milliseconds / value::day_milliseconds;
  std::vector<std::int64_t> counts = counts_to(2 * hundred);
  for (std::int64_t back = 0; back < hundred; ++back) counts.push_back(most - 1 - back);
  counts.push_back(most);
  counts.push_back(most / million * million);
  return counts;
}

Extent longest_duration(const Formatter& formatter) {
  constexpr std::int64_t hours = 23;
  constexpr std::int64_t sixtieths = 59;
  const Extent blank = extent_of(" ");
  const Extent minus = extent_of(formatter.format_number(Decimal::from_integer(-1)));
  Extent all = longest_count(formatter, value::day_milliseconds, counts_of_days());
  all += blank + longest_count(formatter, value::hour_milliseconds, counts_to(hours));
  all += blank + longest_count(formatter, value::minute_milliseconds, counts_to(sixtieths));
  all += blank + longest_count(formatter, value::second_milliseconds, counts_to(sixtieths));
  // The sign alone: what a negative number has more than its digit.
  const Extent digit = extent_of(formatter.format_number(Decimal::from_integer(1)));
  all +=
      {minus.utf16 - digit.utf16, minus.code_points - digit.code_points, minus.bytes - digit.bytes};
  return all;
}

template <class MapCase>
Shown in_case(const Shown& shown, const MapCase& map_case) {
  Shown out = shown;
  for (std::string& sample : out.samples) sample = map_case(sample);
  if (out.open && out.may_grow) out.open = ShownBounds::case_growth_max * *out.open;
  return out;
}

}  // namespace

Extent Shown::extent() const {
  Extent longest = open.value_or(Extent{});
  for (const std::string& sample : samples) longest = widest(longest, extent_of(sample));
  return longest;
}

Shown any_text(std::int64_t utf16_max) {
  return {{}, extent_of_units(utf16_max), true};
}

Shown either(Shown a, Shown b) {
  std::move(b.samples.begin(), b.samples.end(), std::back_inserter(a.samples));
  if (b.open) a.open = a.open ? widest(*a.open, *b.open) : *b.open;
  a.may_grow |= b.may_grow;
  return a;
}

ShownBounds::ShownBounds(std::string_view language, const value::TimeZone& zone)
    : formatter_(language, zone) {
  constexpr int last_second = value::day_seconds - 1;
  std::vector<std::string> dates;
  std::vector<std::string> short_dates;
  for (const Date date : longest_dates()) {
    dates.push_back(formatter_.format_date(date));
    short_dates.push_back(formatter_.format_short_date(date));
  }
  date_ = one_of(std::move(dates));
  short_date_ = one_of(std::move(short_dates));
  time_ = one_of({formatter_.format_time({last_second})});
  datetime_ = longest_datetimes(formatter_);
}

const Shown& ShownBounds::duration() const {
  std::call_once(duration_made_, [this] { duration_ = {{}, longest_duration(formatter_), true}; });
  return duration_;
}

Shown ShownBounds::number(const Type& type) const {
  return longest_written(type, [this](Decimal n) { return formatter_.format_number(n); });
}

Shown ShownBounds::rupiah(const Type& type) const {
  return longest_written(type, [this](Decimal n) { return formatter_.format_rupiah(n); });
}

Shown ShownBounds::percent(const Type& type) const {
  return longest_written(type, [this](Decimal n) { return formatter_.format_percent(n); });
}

// What the joints of a list take. After the third item each further one adds the same. In some
// languages a joint depends on the letter after it; these are the letters that matter.
Extent ShownBounds::joints(std::int64_t items) const {
  constexpr std::int64_t alike_from = 3;
  Extent longest;
  for (const std::string_view letter : {"x", "i", "o", "8", "\u05d0"}) {
    const auto joined = [&](std::int64_t count) {
      const std::vector<std::string> all(static_cast<std::size_t>(count), std::string(letter));
      const Extent whole = extent_of(formatter_.format_list(all));
      const Extent letters = count * extent_of(letter);
      return Extent{whole.utf16 - letters.utf16, whole.code_points - letters.code_points,
                    whole.bytes - letters.bytes};
    };
    if (items <= alike_from) {
      longest = widest(longest, joined(items));
      continue;
    }
    const Extent three = joined(alike_from);
    const Extent four = joined(alike_from + 1);
    const Extent more{four.utf16 - three.utf16, four.code_points - three.code_points,
                      four.bytes - three.bytes};
    longest = widest(longest, three + (items - alike_from) * more);
  }
  return longest;
}

Shown ShownBounds::list(const Shown& item, std::int64_t items_min, std::int64_t items_max) const {
  const Extent one = item.extent();
  Extent longest;
  // The joints of two items may be longer than those of three; beyond, more items are longer.
  for (const std::int64_t items : {std::int64_t{1}, std::int64_t{2}, items_max}) {
    if (items < items_min || items > items_max) continue;
    longest = widest(longest, items * one + joints(items));
  }
  const bool plain = std::all_of(item.samples.begin(), item.samples.end(), value::is_ascii) &&
                     value::is_ascii(formatter_.format_list(std::vector<std::string>(3, "x")));
  return {{}, longest, item.may_grow || !plain};
}

Shown ShownBounds::upper(const Shown& shown) const {
  return in_case(shown, [this](const std::string& text) { return formatter_.upper(text); });
}

Shown ShownBounds::lower(const Shown& shown) const {
  return in_case(shown, [this](const std::string& text) { return formatter_.lower(text); });
}

Shown ShownBounds::title(const Shown& shown) const {
  return in_case(shown, [this](const std::string& text) { return formatter_.title(text); });
}

Shown ShownBounds::of(const Type& type) const {
  switch (type.kind) {
    case TypeKind::boolean:
      return one_of({"true", "false"});
    case TypeKind::integer:
    case TypeKind::number:
      return number(type);
    case TypeKind::text:
      return any_text(type.high);
    case TypeKind::phone:
      return {{}, Extent{phone_units_max, phone_units_max, phone_units_max}, false};
    case TypeKind::email:
      // Plain ASCII: in no language does its case change the count of its letters.
      return {{}, Extent{email_units_max, email_units_max, 2 * email_units_max}, false};
    case TypeKind::date:
      return date_;
    case TypeKind::time:
      return time_;
    case TypeKind::datetime:
      return datetime_;
    case TypeKind::duration:
      return duration();
    case TypeKind::choice:
      return one_of(type.members);
    case TypeKind::list:
      return type.element ? list(of(*type.element), type.low, type.high) : Shown{};
    default:
      return Shown{};
  }
}

}  // namespace alur::dsl
