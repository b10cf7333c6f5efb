// ICU's rules, and past the last change of a clock a plain addition.
#include "engine/value/time_zone.hpp"

#include <unicode/basictz.h>
#include <unicode/tztrans.h>

#include <algorithm>
#include <cassert>
#include <utility>

namespace alur::value {

namespace {

std::int64_t floor_divide(std::int64_t number, std::int64_t divisor) {
  const std::int64_t quotient = number / divisor;
  return number % divisor < 0 ? quotient - 1 : quotient;
}

// Milliseconds on the wall as if it were in UTC.
std::int64_t wall_milliseconds(Date date, TimeOfDay time) {
  return date.days * day_milliseconds + time.seconds * second_milliseconds;
}

LocalTime from_wall(std::int64_t milliseconds) {
  const std::int64_t inside =
      std::clamp(milliseconds, date_min.days * day_milliseconds,
                 (date_max.days + 1) * day_milliseconds - second_milliseconds);
  const std::int64_t seconds = floor_divide(inside, second_milliseconds);
  const std::int64_t days = floor_divide(seconds, day_seconds);
  return {Date{static_cast<std::int32_t>(days)},
          TimeOfDay{static_cast<std::int32_t>(seconds - days * day_seconds)}};
}

}  // namespace

// ICU's zone, and the last change of its clock if it has a last one: from then on the offset is a
// constant and ICU, which takes a thousand times as long, need not be asked.
struct TimeZone::Rules {
  std::string name;
  std::unique_ptr<const icu::BasicTimeZone> zone;
  std::int64_t settled_from = INT64_MAX;  // UTC milliseconds
  std::int64_t settled_offset = 0;        // milliseconds east

  void find_last_change() {
    icu::TimeZoneTransition last;
    const auto end = static_cast<UDate>(instant_max.milliseconds);
    settled_from = INT64_MIN;
    if (zone->getPreviousTransition(end, true, last)) {
      // Rules that go on for ever have changes near the end of time.
      constexpr std::int64_t for_ever = 253'000 * day_milliseconds;  // the year 2662
      settled_from = static_cast<std::int64_t>(last.getTime());
      if (settled_from > for_ever) {
        settled_from = INT64_MAX;
        return;
      }
    }
    settled_offset = offset_at(instant_max.milliseconds);
  }

  std::int64_t offset_at(std::int64_t utc_milliseconds) const {
    std::int32_t standard = 0;
    std::int32_t saving = 0;
    UErrorCode status = U_ZERO_ERROR;
    zone->getOffset(static_cast<UDate>(utc_milliseconds), false, standard, saving, status);
    assert(U_SUCCESS(status));
    return standard + saving;
  }

  // With the clock before a change when the wall time was skipped or occurs twice.
  std::int64_t offset_on_wall(std::int64_t wall) const {
    std::int32_t standard = 0;
    std::int32_t saving = 0;
    UErrorCode status = U_ZERO_ERROR;
    zone->getOffsetFromLocal(static_cast<UDate>(wall), UCAL_TZ_LOCAL_FORMER, UCAL_TZ_LOCAL_FORMER,
                             standard, saving, status);
    assert(U_SUCCESS(status));
    return standard + saving;
  }
};

std::optional<TimeZone> TimeZone::find(std::string_view iana_name) {
  const auto id = icu::UnicodeString::fromUTF8(
      icu::StringPiece(iana_name.data(), static_cast<std::int32_t>(iana_name.size())));
  icu::UnicodeString canonical;
  UBool is_system = false;
  UErrorCode status = U_ZERO_ERROR;
  icu::TimeZone::getCanonicalID(id, canonical, is_system, status);
  // ICU also makes zones of "GMT+7:30" and the like, and has a name for the unknown.
  if (U_FAILURE(status) || !is_system || canonical == UNICODE_STRING_SIMPLE("Etc/Unknown")) {
    return std::nullopt;
  }
  std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(id));
  if (dynamic_cast<icu::BasicTimeZone*>(zone.get()) == nullptr) return std::nullopt;

  auto rules = std::make_shared<Rules>();
  rules->name = iana_name;
  rules->zone.reset(static_cast<const icu::BasicTimeZone*>(zone.release()));
  rules->find_last_change();
  return TimeZone(std::move(rules));
}

TimeZone TimeZone::utc() {
  auto zone = find("Etc/UTC");
  assert(zone.has_value());
  return *std::move(zone);
}

const std::string& TimeZone::name() const {
  return rules_->name;
}

LocalTime TimeZone::to_local(Instant instant) const {
  const std::int64_t utc = std::clamp(instant, instant_min, instant_max).milliseconds;
  const std::int64_t offset =
      utc >= rules_->settled_from ? rules_->settled_offset : rules_->offset_at(utc);
  return from_wall(utc + offset);
}

Instant TimeZone::to_instant(Date date, TimeOfDay time) const {
  const std::int64_t wall = wall_milliseconds(std::clamp(date, date_min, date_max), time);
  // Two days after the last change no wall time is near it, whatever the offsets.
  const bool settled =
      rules_->settled_from == INT64_MIN ||
      (rules_->settled_from != INT64_MAX && wall >= rules_->settled_from + 2 * day_milliseconds);
  return {wall - (settled ? rules_->settled_offset : rules_->offset_on_wall(wall))};
}

}  // namespace alur::value
