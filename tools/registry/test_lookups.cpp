#include "tools/registry/test_lookups.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/registry/delimited.hpp"
#include "adapters/registry/lookup.hpp"

namespace alur::tools {

using registry::Answer;
using registry::Column;
using registry::Snapshot;

namespace {

bool speaks_of(const Snapshot& lists, const Answer& answer, std::string_view key) {
  const auto is = [&](registry::RecordRef ref) {
    return lists.records(ref.list).cell(ref.row, Column::key) == key;
  };
  if (answer.about && is(*answer.about)) return true;
  return std::any_of(answer.candidates.begin(), answer.candidates.end(),
                     [&](const registry::Candidate& one) { return is(one.record); });
}

// Nothing when it is no expectation.
std::optional<bool> fits(const Snapshot& lists, const Answer& answer, std::string_view expected) {
  const std::size_t blank = std::min(expected.find(' '), expected.size());
  const std::string_view first = expected.substr(0, blank);
  const std::string_view rest = expected.substr(std::min(blank + 1, expected.size()));
  if (first == "not") {
    const auto outcome = registry::parse_outcome(rest);
    return outcome ? std::optional(answer.outcome != *outcome) : std::nullopt;
  }
  const auto outcome = registry::parse_outcome(first);
  if (!outcome) return std::nullopt;
  return answer.outcome == *outcome && (rest.empty() || speaks_of(lists, answer, rest));
}

std::string told(const Snapshot& lists, const Answer& answer) {
  std::string out(to_text(answer.outcome));
  const auto add = [&](registry::RecordRef ref) {
    out += fmt::format(" {}", lists.records(ref.list).cell(ref.row, Column::key));
  };
  if (answer.about) add(*answer.about);
  for (const registry::Candidate& candidate : answer.candidates) add(candidate.record);
  return out;
}

}  // namespace

LookupTest test_lookups(const Snapshot& lists, const std::string& path, std::string_view csv,
                        value::Date today) {
  LookupTest test;
  registry::DelimitedReader reader(csv, ',');
  registry::DelimitedRow row;
  const bool headed = reader.next(row) && row.fault.empty();
  const auto column = [&](std::string_view name) {
    return static_cast<std::size_t>(std::find(row.cells.begin(), row.cells.end(), name) -
                                    row.cells.begin());
  };
  const std::size_t query = headed ? column("query") : 0;
  const std::size_t expected = headed ? column("expected") : 0;
  if (!headed || std::max(query, expected) >= row.cells.size()) {
    test.error = path + ": the columns query and expected are wanted";
    return test;
  }
  while (reader.next(row)) {
    const bool whole = row.fault.empty() && std::max(query, expected) < row.cells.size();
    const Answer answer = whole ? look_up(lists, row.cells[query], today) : Answer();
    const auto good = whole ? fits(lists, answer, row.cells[expected]) : std::nullopt;
    if (!good) {
      test.error = fmt::format("{}:{}: {}", path, row.line,
                               !row.fault.empty() ? row.fault
                               : whole            ? "this is no expectation"
                                                  : "a cell is missing");
      return test;
    }
    *good ? ++test.passed : ++test.failed;
    if (*good) continue;
    test.report += fmt::format("{}:{}: \"{}\" should be {} and is {}\n", path, row.line,
                               row.cells[query], row.cells[expected], told(lists, answer));
  }
  test.report += fmt::format("{} passed, {} failed\n", test.passed, test.failed);
  return test;
}

}  // namespace alur::tools
