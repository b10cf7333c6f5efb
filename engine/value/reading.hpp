// Reading: what a citizen typed, in Indonesian, English or plain figures, becomes a value of the
// type that was asked for, or the reason why it does not. Never a silent guess: what could be two
// things by the rules of the language is refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include "engine/value/civil_time.hpp"
#include "engine/value/time_zone.hpp"
#include "engine/value/type.hpp"
#include "engine/value/value.hpp"

namespace alur::value {

enum class Mismatch : std::uint8_t {
#define MISMATCH(name, meaning) name,
#include "engine/value/mismatch.def"
#undef MISMATCH
};
inline constexpr int mismatch_count = 0
#define MISMATCH(name, meaning) +1
#include "engine/value/mismatch.def"
#undef MISMATCH
    ;
std::string_view to_text(Mismatch mismatch);
std::string_view meaning(Mismatch mismatch);
std::optional<Mismatch> parse_mismatch(std::string_view name);

// Where and when something was typed. The language is a code such as id or en-GB; one other than
// Indonesian and English leaves the forms that need no words.
struct ReadingScene {
  std::string_view language;
  const TimeZone& zone;
  Instant now;
};

// A value or the reason why there is none.
class Reading {
 public:
  Reading(Value value) : held_(std::move(value)) {}  // NOLINT: made to be returned
  Reading(Mismatch mismatch) : held_(mismatch) {}    // NOLINT

  bool ok() const { return held_.index() == 0; }
  const Value& value() const { return std::get<0>(held_); }
  Value take_value() { return std::move(std::get<0>(held_)); }
  Mismatch mismatch() const { return std::get<1>(held_); }

 private:
  std::variant<Value, Mismatch> held_;
};

// Text is trimmed and brought to NFC, then must fit its bounds. A choice is read by its members'
// names; records, lists and media cannot be typed (wrong_kind). `optional` makes no difference: an
// empty input is never unset.
Reading read_typed(std::string_view input, const Type& type, const ReadingScene& scene);

}  // namespace alur::value
