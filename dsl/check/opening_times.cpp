#include "dsl/check/opening_times.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/value/civil_time.hpp"

namespace alur::dsl {
namespace {

using value::OpenInterval;

// Sorted, and those that touch or overlap made one.
std::vector<OpenInterval> merged(std::vector<OpenInterval> intervals) {
  std::sort(intervals.begin(), intervals.end());
  std::vector<OpenInterval> out;
  for (const OpenInterval& each : intervals) {
    if (each.open >= each.close) continue;
    if (!out.empty() && each.open <= out.back().close) {
      out.back().close = std::max(out.back().close, each.close);
    } else {
      out.push_back(each);
    }
  }
  return out;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

struct BadLine {
  std::size_t number = 0;
  std::string text;
  std::size_t count = 0;  // of bad lines in all
};

// One ISO date a line; after a comma whatever it is called.
std::vector<value::Date> read_holidays(std::string_view text, BadLine& bad) {
  std::vector<value::Date> dates;
  std::size_t number = 0;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty()) {
    ++number;
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    line = trimmed(line.substr(0, line.find(',')));
    if (line.empty()) continue;
    if (const auto date = value::parse_date(line)) {
      dates.push_back(*date);
    } else if (++bad.count == 1) {
      bad.number = number;
      bad.text = std::string(line.substr(0, 40));
    }
  }
  std::sort(dates.begin(), dates.end());
  dates.erase(std::unique(dates.begin(), dates.end()), dates.end());
  return dates;
}

void report_bad_line(const ast::Name& file, const BadLine& bad, Findings& findings) {
  std::string message = "line " + std::to_string(bad.number) + " of `" + file.text +
                        "` does not begin with a date: `" + bad.text + "`";
  if (bad.count > 1) message += " (and " + std::to_string(bad.count - 1) + " more)";
  findings.add(Code::bad_holidays, file.span, std::move(message),
               "a holiday is written `2026-01-01, New Year`");
}

}  // namespace

HoursSymbol declare_hours(const ast::Hours& hours, const ReadFile& read_file, Findings& findings) {
  HoursSymbol symbol{hours.name.text, {}, hours.name.span};
  symbol.hours.always = hours.hours.always;
  for (std::size_t day = 0; day < symbol.hours.weekdays.size(); ++day) {
    std::vector<OpenInterval> intervals;
    for (const ast::HoursExpr::Range& range : hours.hours.ranges) {
      if ((range.days >> day & 1) != 0)
        intervals.push_back({range.open_seconds, range.close_seconds});
    }
    symbol.hours.weekdays[day] = merged(std::move(intervals));
  }
  const ast::Name& file = hours.hours.except;
  if (file.empty()) return symbol;
  const auto text = read_file ? read_file(file.text) : std::nullopt;
  if (!text) {
    findings.add(Code::unknown_file, file.span, "the app has no file `" + file.text + "`");
    return symbol;
  }
  BadLine bad;
  symbol.hours.holidays = read_holidays(*text, bad);
  if (bad.count > 0) report_bad_line(file, bad, findings);
  return symbol;
}

}  // namespace alur::dsl
