// Tables of what is typed and what is read, both as text.
#pragma once

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>

#include "engine/value/reading.hpp"

namespace alur::value::testing {

struct ReadingRow {
  std::string_view typed;
  std::string_view wanted;  // a value's text or a mismatch's name
};

// Monday, 5 January 2026, nine in the morning in Jakarta.
inline ReadingScene scene_in(std::string_view language) {
  static const TimeZone jakarta = *TimeZone::find("Asia/Jakarta");
  return {language, jakarta, *parse_instant("2026-01-05T09:00:00+07:00")};
}

inline std::string read_as(std::string_view typed, const Type& type, const ReadingScene& scene) {
  const Reading reading = read_typed(typed, type, scene);
  return reading.ok() ? reading.value().to_text() : std::string(to_text(reading.mismatch()));
}

inline void expect_readings(const Type& type, std::string_view language,
                            std::initializer_list<ReadingRow> rows) {
  for (const ReadingRow& row : rows) {
    EXPECT_EQ(read_as(row.typed, type, scene_in(language)), row.wanted)
        << type.to_text() << " in " << language << ": " << row.typed;
  }
}

inline void expect_readings(TypeKind kind, std::string_view language,
                            std::initializer_list<ReadingRow> rows) {
  expect_readings(plain_type(kind), language, rows);
}

}  // namespace alur::value::testing
