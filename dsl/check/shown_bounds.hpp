// How long a value can be once it is shown in a language: numbers, money, dates, times, durations
// and lists as the language's Formatter writes them. What is said around them is text_bounds.hpp's.
//
// Every bound is found by asking the Formatter itself for the longest there is, so that it is met
// by some value and cannot differ from what citizens see:
// - the length of a number depends on how many digits stand before and after its point and on its
//   sign, for all digits of a language are equally long; so the ends of a range are enough, and for
//   decimals the largest of each scale;
// - a date is longest with two digits of day and four of year, so twelve months are enough;
// - a duration is made of four counts, each of which is longest by itself.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/check/extent.hpp"
#include "engine/value/format.hpp"
#include "engine/value/type.hpp"

namespace alur::dsl {

// What may stand somewhere: one of `samples`, or something no longer than one of them; or any text
// within `open`. A change of case makes letters of `open` longer only where `may_grow`.
struct Shown {
  std::vector<std::string> samples;
  std::optional<Extent> open;
  bool may_grow = false;

  Extent extent() const;
};
Shown any_text(std::int64_t utf16_max);
// What either may be.
Shown either(Shown a, Shown b);

class ShownBounds {
 public:
  // `zone`: the app's, in which moments are shown.
  ShownBounds(std::string_view language, const value::TimeZone& zone);

  // A value of the type, not optional here, as it is shown without a filter.
  Shown of(const value::Type& type) const;

  // By filter. `type` is a number.
  Shown number(const value::Type& type) const;
  Shown rupiah(const value::Type& type) const;
  Shown percent(const value::Type& type) const;
  const Shown& date() const { return date_; }
  const Shown& short_date() const { return short_date_; }
  const Shown& time() const { return time_; }
  const Shown& datetime() const { return datetime_; }
  const Shown& duration() const;
  Shown list(const Shown& item, std::int64_t items_min, std::int64_t items_max) const;

  Shown upper(const Shown& shown) const;
  Shown lower(const Shown& shown) const;
  Shown title(const Shown& shown) const;

  const value::Formatter& formatter() const { return formatter_; }

  // A change of case makes a text at most so many times as long, in every unit: U+0390 becomes a
  // letter and two marks, as do a few others.
  static constexpr std::int64_t case_growth_max = 3;

 private:
  Extent joints(std::int64_t items) const;

  value::Formatter formatter_;
  Shown date_;
  Shown short_date_;
  Shown time_;
  Shown datetime_;
  mutable std::once_flag duration_made_;  // asks ICU some hundred times: only where it is shown
  mutable Shown duration_;
};

}  // namespace alur::dsl
