// Literals of expressions: what numbers, texts in quotes, dates, times and durations say. Each
// tells what is wrong with it and gives nothing then.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "dsl/grammar/reading.hpp"
#include "engine/value/decimal.hpp"

namespace alur::dsl {

std::optional<value::Decimal> read_number(Reading& reading, Slice digits);
// With its quotes.
std::optional<std::string> read_text(Reading& reading, Slice literal);
std::optional<std::string> read_date(Reading& reading, Slice literal);
std::optional<std::string> read_time(Reading& reading, Slice literal);
// In milliseconds. `1h30m`: units from large to small, each once, at most 366 days in all.
std::optional<std::int64_t> read_duration(Reading& reading, Slice literal);

}  // namespace alur::dsl
