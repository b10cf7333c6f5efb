// Lengths of time: parts of a count and a unit, each unit smaller than the one before.
#include "engine/value/typed_time.hpp"

#include <array>

#include "engine/value/typed_number.hpp"

namespace alur::value {

namespace {

constexpr std::int64_t minute_seconds = 60;
constexpr std::int64_t hour_seconds = 3'600;
constexpr std::int64_t week_seconds = 7 * day_seconds;

// In seconds. The first five are understood in every language.
constexpr std::array<Word, 29> units{{{"s", 1},
                                      {"m", minute_seconds},
                                      {"h", hour_seconds},
                                      {"d", day_seconds},
                                      {"w", week_seconds},
                                      {"sec", 1},
                                      {"secs", 1},
                                      {"second", 1},
                                      {"seconds", 1},
                                      {"detik", 1},
                                      {"dtk", 1},
                                      {"min", minute_seconds},
                                      {"mins", minute_seconds},
                                      {"minute", minute_seconds},
                                      {"minutes", minute_seconds},
                                      {"menit", minute_seconds},
                                      {"mnt", minute_seconds},
                                      {"hr", hour_seconds},
                                      {"hrs", hour_seconds},
                                      {"hour", hour_seconds},
                                      {"hours", hour_seconds},
                                      {"jam", hour_seconds},
                                      {"day", day_seconds},
                                      {"days", day_seconds},
                                      {"hari", day_seconds},
                                      {"week", week_seconds},
                                      {"weeks", week_seconds},
                                      {"minggu", week_seconds},
                                      {"pekan", week_seconds}}};

constexpr std::array<Word, 6> single_units{{{"sedetik", 1},
                                            {"semenit", minute_seconds},
                                            {"sejam", hour_seconds},
                                            {"sehari", day_seconds},
                                            {"seminggu", week_seconds},
                                            {"sepekan", week_seconds}}};

constexpr std::array<Word, 2> articles{{{"a", 0}, {"an", 0}}};
constexpr std::array<Word, 2> openings{{{"selama", 0}, {"for", 0}}};
constexpr std::array<Word, 2> joints{{{"dan", 0}, {"and", 0}}};

std::span<const Word> units_of(Tongue tongue) {
  return std::span(units).first(tongue == Tongue::other ? 5 : units.size());
}

Decimal half() {
  return *Decimal::from_parts(5, 1);
}

// 2, dua, an, setengah, satu setengah.
std::optional<Decimal> take_unit_count(TypedScan& scan, Tongue tongue) {
  scan.skip_blank();
  if (tongue != Tongue::other) {
    if (scan.take_word("setengah")) return half();
    if (scan.take_word("half")) {
      scan.take_word(articles);
      return half();
    }
    if (scan.take_word(articles) != nullptr) return Decimal::from_integer(1);
  }
  const auto count = take_count(scan, tongue);
  if (!count || count->overflows) return std::nullopt;
  if (tongue == Tongue::other || !scan.take_word("setengah")) return count->number;
  return add(count->number, half());
}

// So many of one unit.
struct Part {
  Decimal seconds;
  std::int64_t unit_seconds = 0;
};

std::optional<Part> take_part(TypedScan& scan, Tongue tongue) {
  const bool words = tongue != Tongue::other;
  if (const Word* single = words ? scan.take_word(single_units) : nullptr) {
    return Part{Decimal::from_integer(single->meaning), single->meaning};
  }
  const auto count = take_unit_count(scan, tongue);
  const Word* unit = scan.take_word(units_of(tongue));
  if (!count || unit == nullptr) return std::nullopt;
  return Part{multiply(*count, Decimal::from_integer(unit->meaning)), unit->meaning};
}

}  // namespace

std::optional<Duration> read_duration(std::string_view folded, Tongue tongue) {
  TypedScan scan(folded);
  if (tongue != Tongue::other) scan.take_word(openings);
  Decimal seconds;
  std::int64_t unit_before = INT64_MAX;
  while (!scan.take_end()) {
    const auto part = take_part(scan, tongue);
    if (!part || part->unit_seconds >= unit_before) return std::nullopt;
    seconds = add(seconds, part->seconds);
    unit_before = part->unit_seconds;
    if (tongue != Tongue::other && !scan.at_end()) scan.take_word(joints);
  }
  const auto milliseconds = multiply(seconds, Decimal::from_integer(1'000)).to_int64();
  if (!milliseconds || unit_before == INT64_MAX) return std::nullopt;
  const Duration duration{*milliseconds};
  return in_range(duration) ? std::optional(duration) : std::nullopt;
}

}  // namespace alur::value
