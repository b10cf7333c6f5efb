// The calendar by std::chrono, the ISO forms by a small scanner of fixed widths.
#include "engine/value/civil_time.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

namespace alur::value {

namespace {

namespace chrono = std::chrono;

std::int64_t clamped_sum(std::int64_t a, std::int64_t b, std::int64_t low, std::int64_t high) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) return b < 0 ? low : high;
  return std::clamp(sum, low, high);
}

Duration clamped(std::int64_t a, std::int64_t b) {
  return {clamped_sum(a, b, -duration_max.milliseconds, duration_max.milliseconds)};
}

std::int64_t negated(std::int64_t number) {
  return number == INT64_MIN ? INT64_MAX : -number;
}

// A cursor over text of fixed forms. What does not fit makes it fail for good.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool at_end() const { return text_.empty(); }
  bool finished() const { return ok_ && text_.empty(); }

  bool take(char wanted) {
    if (!text_.starts_with(wanted)) return false;
    text_.remove_prefix(1);
    return true;
  }
  void expect(char wanted) { ok_ = take(wanted) && ok_; }

  // Exactly so many digits.
  int digits(int count) {
    int number = 0;
    for (; count > 0; --count) {
      if (text_.empty() || text_.front() < '0' || text_.front() > '9') {
        ok_ = false;
        return 0;
      }
      number = number * 10 + (text_.front() - '0');
      text_.remove_prefix(1);
    }
    return number;
  }

  std::optional<Date> date() {
    const int year = digits(4);
    expect('-');
    const int month = digits(2);
    expect('-');
    const int day = digits(2);
    return ok_ ? date_from_ymd(year, month, day) : std::nullopt;
  }

  std::optional<TimeOfDay> time() {
    const int hour = digits(2);
    expect(':');
    const int minute = digits(2);
    const int second = take(':') ? digits(2) : 0;
    return ok_ ? time_from_hms(hour, minute, second) : std::nullopt;
  }

  // Milliseconds from a fraction of one to three digits.
  int fraction() {
    int number = digits(1) * 100;
    for (const int unit : {10, 1}) {
      if (!text_.empty() && text_.front() >= '0' && text_.front() <= '9')
        number += digits(1) * unit;
    }
    return number;
  }

  // Z or +07:00, in minutes east.
  int offset() {
    if (take('Z')) return 0;
    const bool west = take('-');
    if (!west) expect('+');
    const int hours = digits(2);
    expect(':');
    const int minutes = digits(2);
    if (hours > 18 || minutes > 59) ok_ = false;
    return (west ? -1 : 1) * (hours * 60 + minutes);
  }

 private:
  std::string_view text_;
  bool ok_ = true;
};

struct Unit {
  std::string_view name;
  std::int64_t milliseconds;
};
constexpr std::array<Unit, 5> units{{{"d", day_milliseconds},
                                     {"h", hour_milliseconds},
                                     {"m", minute_milliseconds},
                                     {"s", second_milliseconds},
                                     {"ms", 1}}};

}  // namespace

std::optional<Date> date_from_ymd(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) {
    return std::nullopt;
  }
  const chrono::year_month_day ymd{chrono::year(year), chrono::month(static_cast<unsigned>(month)),
                                   chrono::day(static_cast<unsigned>(day))};
  if (!ymd.ok()) return std::nullopt;
  return Date{static_cast<std::int32_t>(chrono::sys_days(ymd).time_since_epoch().count())};
}

std::optional<TimeOfDay> time_from_hms(int hour, int minute, int second) {
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
    return std::nullopt;
  }
  return TimeOfDay{hour * 3'600 + minute * 60 + second};
}

YearMonthDay to_ymd(Date date) {
  const Date inside = std::clamp(date, date_min, date_max);
  const chrono::year_month_day ymd{chrono::sys_days(chrono::days(inside.days))};
  return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
          static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

Weekday weekday(Date date) {
  const int since_thursday = date.days % 7;  // 1970-01-01 was a Thursday
  return static_cast<Weekday>((since_thursday + 7 + 3) % 7);
}

bool in_range(Date date) {
  return date_min <= date && date <= date_max;
}
bool in_range(TimeOfDay time) {
  return time.seconds >= 0 && time.seconds < day_seconds;
}
bool in_range(Instant instant) {
  return instant_min <= instant && instant <= instant_max;
}
bool in_range(Duration duration) {
  return duration <= duration_max && duration.milliseconds >= -duration_max.milliseconds;
}

Date add_days(Date date, std::int64_t days) {
  return {static_cast<std::int32_t>(clamped_sum(date.days, days, date_min.days, date_max.days))};
}

Date add_months(Date date, std::int64_t months) {
  const YearMonthDay from = to_ymd(date);
  constexpr std::int64_t months_max = 12 * 10'000;
  const std::int64_t month_index =
      from.year * 12 + (from.month - 1) + std::clamp(months, -months_max, months_max);
  if (month_index < 12) return date_min;
  if (month_index >= months_max) return date_max;
  const int year = static_cast<int>(month_index / 12);
  const int month = static_cast<int>(month_index % 12) + 1;
  for (int day = from.day; day > 28; --day) {
    if (const auto found = date_from_ymd(year, month, day)) return *found;
  }
  return *date_from_ymd(year, month, std::min(from.day, 28));
}

Instant operator+(Instant instant, Duration duration) {
  return {clamped_sum(instant.milliseconds, duration.milliseconds, instant_min.milliseconds,
                      instant_max.milliseconds)};
}

Instant operator-(Instant instant, Duration duration) {
  return instant + Duration{negated(duration.milliseconds)};
}

Duration operator-(Instant a, Instant b) {
  return clamped(a.milliseconds, negated(b.milliseconds));
}

Duration operator+(Duration a, Duration b) {
  return clamped(a.milliseconds, b.milliseconds);
}

Duration operator-(Duration a, Duration b) {
  return clamped(a.milliseconds, negated(b.milliseconds));
}

std::string to_string(Date date) {
  const YearMonthDay ymd = to_ymd(date);
  return fmt::format("{:04}-{:02}-{:02}", ymd.year, ymd.month, ymd.day);
}

std::string to_string(TimeOfDay time) {
  const int hour = time.seconds / 3'600;
  const int minute = time.seconds / 60 % 60;
  const int second = time.seconds % 60;
  if (second == 0) return fmt::format("{:02}:{:02}", hour, minute);
  return fmt::format("{:02}:{:02}:{:02}", hour, minute, second);
}

std::string to_string(Instant instant) {
  const Instant inside = std::clamp(instant, Instant{date_min.days * day_milliseconds},
                                    Instant{(date_max.days + 1) * day_milliseconds - 1});
  const std::int64_t since_min = inside.milliseconds - date_min.days * day_milliseconds;
  const std::int64_t in_day = since_min % day_milliseconds;
  const Date date{static_cast<std::int32_t>(date_min.days + since_min / day_milliseconds)};
  std::string out =
      fmt::format("{}T{:02}:{:02}:{:02}", to_string(date), in_day / hour_milliseconds,
                  in_day / minute_milliseconds % 60, in_day / second_milliseconds % 60);
  if (in_day % 1'000 != 0) out += fmt::format(".{:03}", in_day % 1'000);
  return out + 'Z';
}

std::string to_string(LocalTime local) {
  return to_string(local.date) + ' ' + to_string(local.time);
}

std::string to_string(Duration duration) {
  if (duration.milliseconds == 0) return "0s";
  const auto unit = std::find_if(units.begin(), units.end(), [&](const Unit& candidate) {
    return duration.milliseconds % candidate.milliseconds == 0;
  });
  return fmt::format("{}{}", duration.milliseconds / unit->milliseconds, unit->name);
}

std::optional<Date> parse_date(std::string_view text) {
  Scanner scanner(text);
  const auto date = scanner.date();
  return scanner.finished() ? date : std::nullopt;
}

std::optional<TimeOfDay> parse_time(std::string_view text) {
  Scanner scanner(text);
  const auto time = scanner.time();
  return scanner.finished() ? time : std::nullopt;
}

std::optional<Instant> parse_instant(std::string_view text) {
  Scanner scanner(text);
  const auto date = scanner.date();
  scanner.expect('T');
  const auto time = scanner.time();
  const int milliseconds = scanner.take('.') ? scanner.fraction() : 0;
  const int minutes_east = scanner.offset();
  if (!scanner.finished() || !date || !time) return std::nullopt;
  return Instant{date->days * day_milliseconds + time->seconds * second_milliseconds +
                 milliseconds - minutes_east * minute_milliseconds};
}

std::optional<LocalTime> parse_local_time(std::string_view text) {
  Scanner scanner(text);
  const auto date = scanner.date();
  if (!scanner.take('T')) scanner.expect(' ');
  const auto time = scanner.time();
  if (!scanner.finished() || !date || !time) return std::nullopt;
  return LocalTime{*date, *time};
}

std::optional<Duration> parse_duration(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  std::int64_t number = 0;
  std::size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') {
    if (digits == 15) return std::nullopt;
    number = number * 10 + (text[digits++] - '0');
  }
  if (digits == 0) return std::nullopt;
  for (const Unit& unit : units) {
    if (text.substr(digits) != unit.name) continue;
    if (number > duration_max.milliseconds / unit.milliseconds) return std::nullopt;
    return Duration{(negative ? -number : number) * unit.milliseconds};
  }
  return std::nullopt;
}

}  // namespace alur::value
