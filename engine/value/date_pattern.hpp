// DatePattern: how a language writes a date, a time of day or both, as ICU's pattern letters cut
// into pieces once, so that writing one needs no ICU. Only the Gregorian calendar.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/value/civil_time.hpp"
#include "engine/value/number_pattern.hpp"

namespace alur::value {

class DatePattern {
 public:
  void append(LocalTime local, const NumberPattern& numbers, std::string& out) const;

 private:
  friend class DatePatterns;
  enum class Part : std::uint8_t { literal, year, month, month_name, day, hour, minute };
  struct Piece {
    Part part = Part::literal;
    int digits_min = 1;
    std::string literal;
  };

  void add_literal(char c);
  void add_field(char letter, int count);

  std::vector<Piece> pieces_;
  std::array<std::string, 12> month_names_;
};

// What ICU knows of a language's dates, by the name of an ICU locale. Dear to make: about 2 ms.
class DatePatterns {
 public:
  explicit DatePatterns(const std::string& locale);
  ~DatePatterns();

  // The language's best pattern for a skeleton such as yMMMMd or Hm.
  DatePattern best(std::string_view skeleton) const;
  // Monday first, as they are written in a list.
  std::array<std::string, 7> weekday_names() const;

 private:
  struct Tables;
  std::unique_ptr<const Tables> tables_;
};

}  // namespace alur::value
