// TimeZone: between instants and what clocks on the wall show, by IANA rules. ICU stays inside.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "engine/value/civil_time.hpp"

namespace alur::value {

// Copies share one immutable set of rules, so a zone is cheap to pass and safe to use from any
// thread.
class TimeZone {
 public:
  // By IANA name, "Asia/Jakarta", in its exact spelling; nothing for a name that is unknown.
  static std::optional<TimeZone> find(std::string_view iana_name);
  static TimeZone utc();

  const std::string& name() const;

  LocalTime to_local(Instant instant) const;
  // A local time that a clock change skipped is taken by the clock before the change, so it is
  // later by the length of the gap; one that occurs twice is the earlier of the two.
  Instant to_instant(Date date, TimeOfDay time) const;
  Instant to_instant(LocalTime local) const { return to_instant(local.date, local.time); }

 private:
  struct Rules;
  explicit TimeZone(std::shared_ptr<const Rules> rules) : rules_(std::move(rules)) {}

  std::shared_ptr<const Rules> rules_;
};

}  // namespace alur::value
