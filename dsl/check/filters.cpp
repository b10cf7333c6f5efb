// A filter makes a text of a value, or a text of a text; so after the first one only those that
// change texts make sense. Bounds of texts are followed where a filter tells them.
#include "dsl/check/filters.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "dsl/check/plurals.hpp"

namespace alur::dsl {
namespace {

using ast::ExprKind;
using ast::Filter;

// What a filter may stand after.
enum class After { number, day, time_of_day, moment, anything_shown, list };
enum class Brackets { none, length, plural };

struct FilterRow {
  std::string_view name;
  After after;
  Brackets brackets;
};

// In the order of filter.def, which is compared below.
constexpr FilterRow rows[] = {
    {"number", After::number, Brackets::none},
    {"rupiah", After::number, Brackets::none},
    {"percent", After::number, Brackets::none},
    {"date", After::day, Brackets::none},
    {"short_date", After::day, Brackets::none},
    {"time", After::time_of_day, Brackets::none},
    {"datetime", After::moment, Brackets::none},
    {"upper", After::anything_shown, Brackets::none},
    {"lower", After::anything_shown, Brackets::none},
    {"title", After::anything_shown, Brackets::none},
    {"join", After::list, Brackets::none},
    {"plural", After::number, Brackets::plural},
    {"shorten", After::anything_shown, Brackets::length},
    {"mask", After::anything_shown, Brackets::none},
};

#define FILTER(name, meaning) #name,
constexpr std::string_view declared_order[] = {
#include "engine/program/filter.def"
};
#undef FILTER

constexpr bool in_declared_order() {
  if (std::size(rows) != std::size(declared_order)) return false;
  for (std::size_t i = 0; i < std::size(rows); ++i) {
    if (rows[i].name != declared_order[i]) return false;
  }
  return true;
}
static_assert(in_declared_order(), "filters.cpp and filter.def list the same filters");

bool stands_after(After after, const Type& type) {
  switch (after) {
    case After::number:
      return is_number(type);
    case After::day:
      return type.kind == TypeKind::date || type.kind == TypeKind::datetime;
    case After::time_of_day:
      return type.kind == TypeKind::time || type.kind == TypeKind::datetime;
    case After::moment:
      return type.kind == TypeKind::datetime;
    case After::anything_shown:
      return is_showable(type);
    case After::list:
      return type.kind == TypeKind::list && type.element && is_showable(*type.element);
  }
  return false;
}

std::string_view after_words(After after) {
  switch (after) {
    case After::number:
      return "a number";
    case After::day:
      return "a date";
    case After::time_of_day:
      return "a time, or a date with its time";
    case After::moment:
      return "a date with its time";
    case After::anything_shown:
      return "something that can be shown";
    case After::list:
      return "a list of texts";
  }
  return {};
}

constexpr std::int64_t shortest_max = 1;

// `shorten(80)`; the number, or nothing after a finding.
std::optional<std::int64_t> check_length(Scope& scope, const Filter& filter) {
  if (filter.arguments.size() == 1 && filter.arguments.front().name.empty()) {
    const ast::Expr& number = filter.arguments.front().value;
    if (number.kind == ExprKind::broken) return std::nullopt;
    const auto length = number.kind == ExprKind::number ? number.number.to_int64() : std::nullopt;
    if (length && *length >= shortest_max && *length <= value::text_high_default) return length;
  }
  scope.findings.add(Code::wrong_filter, filter.span,
                     "`shorten` needs the largest number of characters, from 1 to 4096",
                     "write `shorten(80)`");
  return std::nullopt;
}

void check_no_brackets(Scope& scope, const Filter& filter) {
  if (filter.arguments.empty()) return;
  scope.findings.add(Code::wrong_filter, filter.span,
                     quoted_name(filter.name.text) + " takes nothing in brackets",
                     "write `| " + filter.name.text + "`");
}

// Numbers, dates and times as texts; the longest of them is a date with its time.
constexpr std::int64_t formatted_length_max = 64;

TypeRef shown_type(const FilterRow& row, const Type& type, std::optional<std::int64_t> length) {
  const bool text = is_text(type);
  if (row.brackets == Brackets::length && length) {
    const std::int64_t high = type.kind == TypeKind::text ? type.high : value::text_high_default;
    return make_text(text ? std::min(type.low, *length) : 0, std::min(high, *length));
  }
  if (row.name == "mask" && type.kind == TypeKind::text) return make_text(type.low, type.high);
  if (row.after == After::anything_shown || row.after == After::list ||
      row.brackets == Brackets::plural) {
    return make_text(0, value::text_high_default);
  }
  return make_text(1, formatted_length_max);
}

void report_wrong_place(Scope& scope, const Filter& filter, const FilterRow& row,
                        const std::string& what) {
  scope.findings.add(Code::wrong_filter, filter.name.span,
                     quoted_name(row.name) + " stands after " +
                         std::string(after_words(row.after)) + ", and " + what);
}

// The type of what is shown after this filter.
TypeRef check_filter(Scope& scope, Filter& filter, const FilterRow& row, const TypeRef& type,
                     const std::string& what, std::optional<std::size_t> language) {
  std::optional<std::int64_t> length;
  if (row.brackets == Brackets::none) check_no_brackets(scope, filter);
  if (row.brackets == Brackets::length) length = check_length(scope, filter);
  if (row.brackets == Brackets::plural) check_plural(scope, filter, language);
  if (!type) return nullptr;
  if (!stands_after(row.after, *type)) {
    report_wrong_place(scope, filter, row, what);
    return nullptr;
  }
  return with_private(shown_type(row, *type, length), holds_private(*type));
}

}  // namespace

TypeRef check_filters(Scope& scope, std::vector<Filter>& filters, const ast::Expr& expr,
                      TypeRef type, std::optional<std::size_t> language) {
  std::string what = type ? words_for(expr) + " is " + type_words(expr, *type) : std::string();
  for (Filter& filter : filters) {
    const auto row =
        std::find_if(std::begin(rows), std::end(rows),
                     [&filter](const FilterRow& each) { return each.name == filter.name.text; });
    if (row == std::end(rows)) {
      if (!filter.name.empty()) {
        report_unknown(scope, Code::unknown_filter, filter.name,
                       "no filter is called " + quoted_name(filter.name.text),
                       {std::begin(declared_order), std::end(declared_order)});
      }
      type = nullptr;
      continue;
    }
    type = check_filter(scope, filter, *row, type, what, language);
    what = quoted_name(filter.name.text) + " has made it a text already";
  }
  return type;
}

}  // namespace alur::dsl
