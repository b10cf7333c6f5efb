// How citizens write days, times of day and lengths of time. Day before month, always.
#pragma once

#include <optional>
#include <string_view>

#include "engine/value/civil_time.hpp"
#include "engine/value/typed_scan.hpp"

namespace alur::value {

// Whose words, from which day the words that count days count, and what the local clock is called
// after a time (wib, wita, wit; empty where it has no such name).
struct TypedDay {
  Tongue tongue = Tongue::other;
  Date today;
  std::string_view zone_word;
};

// Each reads all of what was typed, folded, or gives nothing.

// 31/12/2025  31-12-25  2025-12-31  31 Des 2025  December 31, 2025  besok  3 hari lalu. A year of
// two figures is the one that ends so between 79 years before today and 20 after.
std::optional<Date> read_date(std::string_view folded, const TypedDay& day);
// The same from the front of more; nothing taken may be left anywhere.
std::optional<Date> take_date(TypedScan& scan, const TypedDay& day);

// 14:30  14.30  2:30 pm  jam 2 siang  pukul 14  noon. An hour alone needs am, pm or a part of the
// day, or to be 0 or past 12: whether "jam 2" is at night cannot be known.
std::optional<TimeOfDay> read_time(std::string_view folded, const TypedDay& day);

// A date, then a time; the time only where there is a date.
struct TypedLocalTime {
  std::optional<Date> date;
  std::optional<TimeOfDay> time;
};
TypedLocalTime read_local_time(std::string_view folded, const TypedDay& day);

// 10m  2 jam  1 jam 30 menit  3 hari  setengah jam  1,5 hours. From weeks down to seconds: months
// and years have no one length.
std::optional<Duration> read_duration(std::string_view folded, Tongue tongue);

}  // namespace alur::value
