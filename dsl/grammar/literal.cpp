#include "dsl/grammar/literal.hpp"

#include <fmt/format.h>

#include "dsl/grammar/mistakes.hpp"
#include "engine/value/civil_time.hpp"

namespace alur::dsl {

std::optional<value::Decimal> read_number(Reading& reading, Slice digits) {
  if (auto number = value::Decimal::parse(digits.view())) return number;
  return reading.refuse(
      Code::bad_number, digits,
      fmt::format("this number has more than {} digits", value::Decimal::digits_max));
}

std::optional<std::string> read_text(Reading& reading, Slice literal) {
  const Slice inside{literal.first + 1, literal.last - 1};
  std::string out;
  out.reserve(inside.size());
  for (const char* at = inside.first; at != inside.last; ++at) {
    if (*at != '\\') {
      out += *at;
      continue;
    }
    ++at;
    if (*at != '"' && *at != '\\' && *at != 'n') {
      const Slice escape{at - 1, character_at(inside, at).last};
      return reading.refuse(Code::bad_text_escape, escape,
                            quoted(escape.view()) + " means nothing in a text in quotes",
                            "only `\\\"`, `\\\\` and `\\n` do");
    }
    out += *at == 'n' ? '\n' : *at;
  }
  return out;
}

std::optional<std::string> read_date(Reading& reading, Slice literal) {
  const std::string_view text = literal.view();
  if (value::parse_date(text)) return std::string(text);
  if (text.size() == 10 && text[7] == '-') {
    return reading.refuse(Code::bad_date_or_time, literal,
                          quoted(text) + " is no day of the calendar");
  }
  return reading.refuse(Code::bad_date_or_time, literal,
                        "a date is written with four, two and two digits", "like `2026-01-05`");
}

std::optional<std::string> read_time(Reading& reading, Slice literal) {
  const std::string_view text = literal.view();
  if (text.size() == 5 && text[2] == ':') {
    if (value::parse_time(text)) return std::string(text);
    return reading.refuse(Code::bad_date_or_time, literal, quoted(text) + " is no time of day");
  }
  return reading.refuse(Code::bad_date_or_time, literal,
                        "a time is written with two digits, `:` and two digits", "like `08:00`");
}

}  // namespace alur::dsl
