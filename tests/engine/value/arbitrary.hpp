// What RapidCheck makes values and texts of, for all the tests of this layer.
#pragma once

#include <rapidcheck.h>

#include <string>

#include "engine/value/code_points.hpp"
#include "engine/value/decimal.hpp"
#include "engine/value/value.hpp"

namespace alur::value::testing {

inline rc::Gen<Decimal> any_decimal() {
  return rc::gen::apply(
      [](std::int64_t mantissa, int scale) { return *Decimal::from_parts(mantissa, scale); },
      rc::gen::oneOf(
          rc::gen::inRange<std::int64_t>(-Decimal::mantissa_max, Decimal::mantissa_max + 1),
          rc::gen::inRange<std::int64_t>(-1'000, 1'001),
          rc::gen::element(Decimal::mantissa_max, -Decimal::mantissa_max, std::int64_t{0})),
      rc::gen::inRange(0, Decimal::digits_max + 1));
}

// Code points that have caused trouble somewhere, among any others.
inline rc::Gen<char32_t> any_code_point() {
  const auto ranged = [](char32_t from, char32_t to) {
    return rc::gen::map(rc::gen::inRange<std::uint32_t>(from, to + 1),
                        [](std::uint32_t c) { return static_cast<char32_t>(c); });
  };
  return rc::gen::oneOf(ranged(0x00, 0x7f), ranged(0x80, 0x24f), ranged(0x300, 0x36f),
                        ranged(0x370, 0x6ff), ranged(0x900, 0xd7f), ranged(0x1100, 0x11ff),
                        ranged(0x1e00, 0x206f), ranged(0x3000, 0x30ff), ranged(0xac00, 0xd7a3),
                        ranged(0xfb00, 0xffff), ranged(0x1d400, 0x1d7ff), ranged(0x1f1e6, 0x1faff),
                        ranged(0x00, 0xd7ff), ranged(0x10000, 0x10ffff));
}

inline rc::Gen<std::string> any_text() {
  return rc::gen::map(rc::gen::container<std::u32string>(any_code_point()),
                      [](const std::u32string& points) {
                        std::string out;
                        for (const char32_t c : points) append_utf8(c, out);
                        return out;
                      });
}

inline rc::Gen<std::string> any_bytes() {
  return rc::gen::container<std::string>(rc::gen::arbitrary<char>());
}

inline rc::Gen<std::string> any_ascii() {
  return rc::gen::container<std::string>(rc::gen::map(
      rc::gen::inRange<int>(0, 0x80), [](int byte) { return static_cast<char>(byte); }));
}

inline rc::Gen<Value> any_flat_value() {
  using rc::gen::inRange;
  using rc::gen::map;
  return rc::gen::oneOf(
      rc::gen::construct<Value>(), map(rc::gen::arbitrary<bool>(), [](bool b) { return Value(b); }),
      map(any_decimal(), [](Decimal d) { return Value(d); }),
      map(any_bytes(), [](std::string s) { return Value(std::move(s)); }),
      map(inRange(date_min.days, date_max.days + 1), [](int d) { return Value(Date{d}); }),
      map(inRange(0, day_seconds), [](int s) { return Value(TimeOfDay{s}); }),
      map(inRange(instant_min.milliseconds, instant_max.milliseconds + 1),
          [](std::int64_t m) { return Value(Instant{m}); }),
      map(inRange(-duration_max.milliseconds, duration_max.milliseconds + 1),
          [](std::int64_t m) { return Value(Duration{m}); }),
      map(any_text(), [](const std::string& s) { return Value::choice(s); }),
      rc::gen::apply(
          [](int kind, std::string source, std::string name, Decimal latitude) {
            Media media;
            media.kind = static_cast<MediaKind>(kind);
            media.source = std::move(source);
            media.name = std::move(name);
            media.latitude = latitude;
            media.size_bytes = media.source.size();
            return Value(std::move(media));
          },
          inRange(0, 7), any_text(), any_text(), any_decimal()));
}

// Small: lists of lists grow with a power of their size.
inline rc::Gen<Value> any_value(int depth = 3) {
  if (depth == 0) return rc::gen::resize(8, any_flat_value());
  const auto inner = rc::gen::lazy([depth] { return any_value(depth - 1); });
  const auto field =
      rc::gen::apply([](NameKey key, Value value) { return Field{key, std::move(value)}; },
                     rc::gen::arbitrary<NameKey>(), inner);
  return rc::gen::oneOf(
      rc::gen::resize(8, any_flat_value()),
      rc::gen::map(rc::gen::resize(4, rc::gen::container<std::vector<Value>>(inner)),
                   [](std::vector<Value> items) { return Value(List{std::move(items)}); }),
      rc::gen::map(rc::gen::resize(4, rc::gen::container<std::vector<Field>>(field)),
                   [](std::vector<Field> fields) { return Value(Record{std::move(fields)}); }));
}

}  // namespace alur::value::testing

namespace alur::value {
inline void showValue(const Value& value, std::ostream& os) {
  os << value.to_text();
}
inline void showValue(const Decimal& number, std::ostream& os) {
  os << number.to_string();
}
}  // namespace alur::value
