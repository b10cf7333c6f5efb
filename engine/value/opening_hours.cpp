// Day by day over the calendar, each search bounded by what the holidays can hide.
#include "engine/value/opening_hours.hpp"

#include <algorithm>
#include <functional>
#include <span>

namespace alur::value {

namespace {

constexpr OpenInterval whole_day{0, day_seconds};

// The intervals of this very date, holidays taken into account.
std::span<const OpenInterval> intervals_on(const OpeningHours& hours, Date date) {
  if (hours.is_holiday(date)) return {};
  if (hours.always) return {&whole_day, 1};
  return hours.weekdays[static_cast<std::size_t>(weekday(date))];
}

// How many days from any date on are sure to hold a working day, if there ever is one: were each
// holiday the only working day of its week, one week more than there are holidays.
std::int64_t search_days(const OpeningHours& hours) {
  return 7 * (static_cast<std::int64_t>(hours.holidays.size()) + 1);
}

bool is_sorted_day(const std::vector<OpenInterval>& intervals) {
  std::int32_t free_from = 0;
  for (const OpenInterval& interval : intervals) {
    if (interval.open < free_from || interval.close <= interval.open) return false;
    free_from = interval.close;
  }
  return free_from <= day_seconds;
}

}  // namespace

bool OpeningHours::is_well_formed() const {
  const bool holidays_rise = std::adjacent_find(holidays.begin(), holidays.end(),
                                                std::greater_equal<>()) == holidays.end();
  return holidays_rise && std::all_of(weekdays.begin(), weekdays.end(), is_sorted_day);
}

bool OpeningHours::is_holiday(Date date) const {
  return std::binary_search(holidays.begin(), holidays.end(), date);
}

bool OpeningHours::is_open(Date date, TimeOfDay time) const {
  const auto intervals = intervals_on(*this, date);
  return std::any_of(intervals.begin(), intervals.end(), [time](const OpenInterval& interval) {
    return interval.open <= time.seconds && time.seconds < interval.close;
  });
}

bool OpeningHours::is_workday(Date date) const {
  return !intervals_on(*this, date).empty();
}

std::optional<LocalTime> OpeningHours::next_opening(LocalTime from) const {
  const std::int64_t last = search_days(*this) + 1;
  for (std::int64_t day = 0; day <= last; ++day) {
    const Date date = add_days(from.date, day);
    const std::int32_t earliest = day == 0 ? from.time.seconds : 0;
    for (const OpenInterval& interval : intervals_on(*this, date)) {
      if (interval.close > earliest) return LocalTime{date, {std::max(interval.open, earliest)}};
    }
    if (date == date_max) break;
  }
  return std::nullopt;
}

std::optional<LocalTime> OpeningHours::next_closing(LocalTime from) const {
  if (!is_open(from.date, from.time)) return std::nullopt;
  std::int32_t open_until = from.time.seconds;
  for (int day = 0; day <= closing_days_max; ++day) {
    const Date date = add_days(from.date, day);
    for (const OpenInterval& interval : intervals_on(*this, date)) {
      if (interval.open <= open_until) open_until = std::max(open_until, interval.close);
    }
    if (open_until < day_seconds) return LocalTime{date, {open_until}};
    if (date == date_max) break;
    open_until = 0;
  }
  return std::nullopt;
}

std::optional<Date> OpeningHours::workday_after(Date date, int n) const {
  if (n < 0 || n > workdays_max) return std::nullopt;
  std::int64_t idle_days = 0;
  while (n > 0) {
    if (date == date_max || idle_days > search_days(*this)) return std::nullopt;
    date = add_days(date, 1);
    ++idle_days;
    if (is_workday(date)) {
      --n;
      idle_days = 0;
    }
  }
  return date;
}

}  // namespace alur::value
