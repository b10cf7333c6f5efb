// Times of day: the clock as written, then which half of the day it means.
#include "engine/value/typed_time.hpp"

#include <algorithm>
#include <array>

#include "engine/value/typed_number.hpp"

namespace alur::value {

namespace {

constexpr std::array<Word, 4> openings{{{"jam", 0}, {"pukul", 0}, {"pkl", 0}, {"at", 0}}};
constexpr std::array<Word, 3> whole_times{{{"noon", 12}, {"midday", 12}, {"midnight", 0}}};
constexpr std::array<Word, 2> meridiems{{{"am", 0}, {"pm", 12}}};

// The hours that a part of the day may mean, both included; the night goes past midnight.
struct DayPart {
  std::string_view word;
  int first_hour;
  int last_hour;

  bool holds(int hour) const {
    if (first_hour <= last_hour) return first_hour <= hour && hour <= last_hour;
    return hour >= first_hour || hour <= last_hour;
  }
};
constexpr std::array<DayPart, 7> day_parts{{{"pagi", 1, 11},
                                            {"siang", 10, 15},
                                            {"sore", 15, 18},
                                            {"petang", 15, 18},
                                            {"malam", 18, 4},
                                            {"subuh", 3, 6},
                                            {"dini", 0, 5}}};

// The clock as it was written.
struct Clock {
  int hour = 0;
  int minute = 0;
  int second = 0;
  bool has_minutes = false;
};

std::optional<int> two_digits(std::string_view digits) {
  if (digits.size() != 2) return std::nullopt;
  return (digits[0] - '0') * 10 + (digits[1] - '0');
}

// A separator that a digit follows, then exactly two digits. Nothing taken means none there.
bool take_sixtieths(TypedScan& scan, char separator, std::optional<int>& number) {
  TypedScan ahead = scan;
  if (!ahead.take(separator) || !is_digit(ahead.front())) return false;
  number = two_digits(ahead.take_digits());
  scan = ahead;
  return true;
}

std::optional<Clock> take_clock(TypedScan& scan) {
  const std::string_view hour = scan.take_digits();
  if (hour.empty() || hour.size() > 2) return std::nullopt;
  Clock clock;
  clock.hour = hour.size() == 1 ? hour[0] - '0' : *two_digits(hour);
  std::optional<int> minute = 0;
  std::optional<int> second = 0;
  const char separator = scan.front();
  if (separator == ':' || separator == '.') {
    clock.has_minutes = take_sixtieths(scan, separator, minute);
    if (clock.has_minutes) take_sixtieths(scan, separator, second);
  }
  if (!minute || !second) return std::nullopt;
  clock.minute = *minute;
  clock.second = *second;
  return clock;
}

// am, pm, a.m., p.m.: the hours to add, or nothing.
std::optional<int> take_meridiem(TypedScan& scan) {
  if (const Word* word = scan.take_word(meridiems)) return static_cast<int>(word->meaning);
  TypedScan ahead = scan;
  ahead.skip_blank();
  const char half = ahead.take_any("ap");
  if (half == '\0' || !ahead.take('.') || !ahead.take('m') || !ahead.take('.')) return std::nullopt;
  scan = ahead;
  return half == 'p' ? 12 : 0;
}

const DayPart* take_day_part(TypedScan& scan) {
  const auto found = std::find_if(day_parts.begin(), day_parts.end(),
                                  [&](const DayPart& part) { return scan.take_word(part.word); });
  if (found == day_parts.end()) return nullptr;
  if (found->word == "dini" && !scan.take_word("hari")) return nullptr;
  return &*found;
}

// The hour of this part of the day that a twelve-hour or a twenty-four-hour clock shows so.
std::optional<int> hour_in(const DayPart& part, int hour) {
  const bool twelve = hour >= 1 && hour <= 12;
  const int early = twelve ? hour % 12 : hour;
  if (part.holds(early)) return early;
  if (twelve && part.holds(early + 12)) return early + 12;
  return std::nullopt;
}

std::optional<int> resolve_hour(TypedScan& scan, const Clock& clock, bool words) {
  if (words) {
    if (const auto hours = take_meridiem(scan)) {
      if (clock.hour < 1 || clock.hour > 12) return std::nullopt;
      return clock.hour % 12 + *hours;
    }
    if (const DayPart* part = take_day_part(scan)) return hour_in(*part, clock.hour);
  }
  const bool is_clear = clock.has_minutes || clock.hour == 0 || clock.hour > 12;
  return is_clear ? std::optional(clock.hour) : std::nullopt;
}

std::optional<TimeOfDay> take_time(TypedScan& scan, const TypedDay& day) {
  const bool words = day.tongue != Tongue::other;
  if (words) {
    scan.take_word(openings);
    if (const Word* word = scan.take_word(whole_times)) {
      return time_from_hms(static_cast<int>(word->meaning), 0, 0);
    }
  }
  scan.skip_blank();
  const auto clock = take_clock(scan);
  if (!clock) return std::nullopt;
  const auto hour = resolve_hour(scan, *clock, words);
  if (!hour) return std::nullopt;
  if (words && !day.zone_word.empty()) scan.take_word(day.zone_word);
  return time_from_hms(*hour, clock->minute, clock->second);
}

}  // namespace

std::optional<TimeOfDay> read_time(std::string_view folded, const TypedDay& day) {
  TypedScan scan(folded);
  const auto time = take_time(scan, day);
  return scan.take_end() ? time : std::nullopt;
}

TypedLocalTime read_local_time(std::string_view folded, const TypedDay& day) {
  TypedScan scan(folded);
  TypedLocalTime local;
  local.date = take_date(scan, day);
  if (!local.date) return local;
  scan.take(',');
  if (!(scan.front() == ' ' || scan.take('t'))) return local;
  const auto time = take_time(scan, day);
  if (scan.take_end()) local.time = time;
  return local;
}

}  // namespace alur::value
