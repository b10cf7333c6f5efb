// NumberPattern: the digits, separators and signs with which a language writes decimals, taken out
// of ICU once so that writing a number needs no ICU and passes through no double.
#pragma once

#include <array>
#include <string>

#include "engine/value/decimal.hpp"

namespace alur::value {

struct NumberPattern {
  std::array<std::string, 10> digits;
  std::string group;
  std::string point;
  std::string prefix;
  std::string suffix;
  std::string negative_prefix;
  std::string negative_suffix;
  int group_size = 3;         // of the lowest group; 0 when there are no groups
  int group_size_beyond = 3;  // of the others: 2 in India

  // By the name of an ICU locale.
  static NumberPattern of_numbers(const std::string& locale);
  static NumberPattern of_percents(const std::string& locale);

  // Padded to so many digits after the point.
  void append(Decimal number, int fraction_digits_min, std::string& out) const;
  // A whole number from 0 without groups or sign, padded to so many digits (at most 10): for dates
  // and times.
  void append_padded(int number, int digits_min, std::string& out) const;

 private:
  bool group_ends_before(std::size_t digits_left) const;
};

}  // namespace alur::value
