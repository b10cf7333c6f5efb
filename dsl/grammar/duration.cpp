// Durations, by themselves and in expressions: from text to milliseconds.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "dsl/grammar/grammar.hpp"
#include "dsl/grammar/letters.hpp"
#include "dsl/grammar/literal.hpp"
#include "dsl/grammar/mistakes.hpp"
#include "dsl/grammar/time_syntax.hpp"

namespace alur::dsl {
namespace {

constexpr std::int64_t days_max = 366;
constexpr std::int64_t seconds_max = days_max * 86'400;

// In seconds; nothing for a unit that there is not.
std::optional<std::int64_t> unit_seconds(std::string_view unit) {
  if (unit == "s") return 1;
  if (unit == "m") return 60;
  if (unit == "h") return 3'600;
  if (unit == "d") return 86'400;
  if (unit == "w") return 604'800;
  return std::nullopt;
}

// More than seconds_max is all the same.
std::int64_t count_of(std::string_view digits) {
  std::int64_t count = 0;
  for (const char digit : digits) count = std::min(count * 10 + (digit - '0'), seconds_max + 1);
  return count;
}

constexpr std::string_view units_words = "units are `s`, `m`, `h`, `d` and `w`";

// `1h 30m` without its blanks, if that is all that is wrong.
std::string without_blanks(Slice text) {
  std::string out;
  std::ranges::remove_copy_if(text.view(), std::back_inserter(out), is_blank);
  std::vector<syntax::Amount> amounts;
  if (out.size() == text.size() || syntax::read_amounts(Slice::of(out), amounts)) return {};
  const auto known = [](const syntax::Amount& each) {
    return unit_seconds(each.unit.view()).has_value();
  };
  return std::ranges::all_of(amounts, known) ? out : std::string();
}

void explain_amounts(Reading& reading, Slice text, const Halt& halt) {
  if (std::string mended = without_blanks(text); !mended.empty()) {
    reading.refuse_with_fix(Code::bad_duration, text, "a length of time is written without blanks",
                            std::move(mended));
    return;
  }
  if (halt.wanted == syntax::wanted_unit && halt.at == text.last) {
    reading.refuse(Code::bad_duration, text, "no unit stands after the last number",
                   std::string(units_words));
    return;
  }
  reading.refuse(Code::bad_duration, text,
                 quoted(text.view()) + " is not how a length of time is written",
                 "like `90s`, `10m`, `24h` or `1h30m`");
}

}  // namespace

std::optional<std::int64_t> read_duration(Reading& reading, Slice literal) {
  std::vector<syntax::Amount> amounts;
  if (const auto halt = syntax::read_amounts(literal, amounts)) {
    explain_amounts(reading, literal, *halt);
    return std::nullopt;
  }
  std::int64_t seconds = 0;
  std::int64_t unit_before = seconds_max;
  for (const syntax::Amount& amount : amounts) {
    const auto unit = unit_seconds(amount.unit.view());
    if (!unit) {
      return reading.refuse(Code::bad_duration, amount.unit,
                            quoted(amount.unit.view()) + " is no unit of time",
                            std::string(units_words));
    }
    if (*unit >= unit_before) {
      return reading.refuse(Code::bad_duration, {amount.count.first, amount.unit.last},
                            "units go from large to small, and each stands once");
    }
    unit_before = *unit;
    seconds = std::min(seconds + count_of(amount.count.view()) * *unit, seconds_max + 1);
  }
  if (seconds <= seconds_max) return seconds * 1'000;
  return reading.refuse(Code::bad_duration, literal,
                        fmt::format("longer than {} days, which is the most", days_max));
}

std::optional<ast::DurationExpr> parse_duration(const Fragment& fragment, Findings& findings) {
  Reading reading(fragment, findings);
  if (refuse_blank(reading, "a length of time")) return std::nullopt;
  if (!check_length(reading, expression_bytes_max, "a length of time")) return std::nullopt;
  const Slice literal = trimmed(reading.text());
  const auto milliseconds = read_duration(reading, literal);
  if (!milliseconds) return std::nullopt;
  if (*milliseconds == 0) {
    return reading.refuse(Code::bad_duration, literal, "no time at all");
  }
  return ast::DurationExpr{*milliseconds, reading.span(literal)};
}

}  // namespace alur::dsl
