// How citizens write numbers: figures with either separator, number words, juta and million,
// rupiah.
#pragma once

#include <optional>
#include <string_view>

#include "engine/value/decimal.hpp"
#include "engine/value/typed_scan.hpp"

namespace alur::value {

struct Amount {
  Decimal number;
  bool overflows = false;  // too many digits; the number then has the right sign and no more
};

// A dot or a comma alone before exactly three digits is the only case that figures leave open:
// Indonesian groups by dots, English by commas, rupiah are never split into thousandths, and for
// another tongue it is no number.
std::optional<Amount> take_figures(TypedScan& scan, Tongue tongue, bool rupiah);

// Figures or a small number word: 2, 1,5, dua.
std::optional<Amount> take_count(TypedScan& scan, Tongue tongue);

// All of what was typed: Rp 1.500.000,-  1,5 juta  2 juta 500 ribu  minus lima.
std::optional<Amount> read_amount(std::string_view folded, Tongue tongue);

}  // namespace alur::value
