#include "dsl/check/text_bounds.hpp"

#include <algorithm>
#include <utility>

#include "dsl/check/type_rules.hpp"
#include "engine/value/text.hpp"

namespace alur::dsl {
namespace {

using ast::Expr;
using ast::ExprKind;
using ast::Filter;
using value::Decimal;

constexpr std::int64_t ellipsis_units = 1;
constexpr std::int64_t bullet_bytes = 3;

std::optional<Shown> shown_value(const Expr& expr, const ShownBounds& bounds);

// `x or y`: one of the two, each with its own bounds.
std::optional<Shown> shown_choice(const Expr& expr, const ShownBounds& bounds) {
  auto left = shown_value(expr.operands[0], bounds);
  auto right = shown_value(expr.operands[1], bounds);
  if (!left || !right) return std::nullopt;
  return either(*std::move(left), *std::move(right));
}

std::optional<Shown> shown_value(const Expr& expr, const ShownBounds& bounds) {
  if (expr.kind == ExprKind::text) return Shown{{expr.text}, std::nullopt, false};
  if (!expr.resolved.type) return std::nullopt;
  if (expr.kind == ExprKind::number) {
    return Shown{{bounds.formatter().format_number(expr.number)}, std::nullopt, false};
  }
  const Type& type = *expr.resolved.type;
  if (expr.kind == ExprKind::or_ && type.kind != TypeKind::boolean) {
    return shown_choice(expr, bounds);
  }
  const bool as_text = expr.kind == ExprKind::call && expr.name.text == "text";
  if (as_text && expr.arguments.size() == 1) return shown_value(expr.arguments[0].value, bounds);
  return bounds.of(type);
}

// --- filters

// Each form of words with the longest number that it can be said of.
Shown shown_plural(const Filter& filter, const Type& type, const ShownBounds& bounds) {
  constexpr std::int64_t numbers_tried_max = 1'000;
  const value::Formatter& formatter = bounds.formatter();
  const bool few = type.kind == TypeKind::integer && type.high - type.low < numbers_tried_max;
  const Extent any_number = bounds.number(type).extent();
  Shown shown;
  Extent longest;
  for (const ast::Argument& form : filter.arguments) {
    Extent number = few ? Extent{} : any_number;
    bool said = !few;
    for (std::int64_t each = type.low; few && each <= type.high; ++each) {
      const Decimal decimal = Decimal::from_integer(each);
      const std::string_view category = value::to_text(formatter.plural_category(decimal));
      const bool given =
          std::any_of(filter.arguments.begin(), filter.arguments.end(),
                      [&](const ast::Argument& other) { return other.name.text == category; });
      if (form.name.text != (given ? category : std::string_view("other"))) continue;
      number = widest(number, extent_of(formatter.format_number(decimal)));
      said = true;
    }
    if (!said) continue;
    const std::string& words = form.value.text;
    const auto marks = std::count(words.begin(), words.end(), '#');
    Extent extent = extent_of(words);
    extent += {-marks, -marks, -marks};
    longest = widest(longest, extent + marks * number);
  }
  shown.open = longest;
  shown.may_grow = true;
  return shown;
}

// All but the last four characters become bullets, each one unit and one code point.
Shown shown_masked(const Shown& shown) {
  constexpr std::int64_t left_bytes_max = 16;  // four characters
  const Extent whole = shown.extent();
  const Extent masked{whole.utf16, whole.code_points,
                      bullet_bytes * whole.code_points + left_bytes_max};
  return {{}, masked, shown.may_grow};
}

Shown shown_shortened(const Shown& shown, const Filter& filter) {
  const auto units =
      filter.arguments.empty() ? std::nullopt : filter.arguments.front().value.number.to_int64();
  Extent cut = shown.extent();
  if (units && cut.utf16 > *units) {
    const Extent most = extent_of_units(std::max(*units, ellipsis_units));
    cut = {most.utf16, std::min(cut.code_points + ellipsis_units, most.code_points),
           std::min(cut.bytes + bullet_bytes, most.bytes)};
  }
  return {{}, cut, shown.may_grow};
}

Shown shown_date(const std::string& filter, const ShownBounds& bounds) {
  if (filter == "short_date") return bounds.short_date();
  if (filter == "time") return bounds.time();
  return filter == "date" ? bounds.date() : bounds.datetime();
}

// The first filter makes a text of the value.
std::optional<Shown> shown_first(const Filter& filter, const Expr& expr,
                                 const ShownBounds& bounds) {
  const std::string& name = filter.name.text;
  const Type& type = *expr.resolved.type;
  if (is_number(type)) {
    if (name == "rupiah") return bounds.rupiah(type);
    if (name == "percent") return bounds.percent(type);
    if (name == "plural") return shown_plural(filter, type, bounds);
  }
  if (name == "date" || name == "short_date" || name == "time" || name == "datetime") {
    if (type.kind == TypeKind::time) return bounds.time();
    return shown_date(name, bounds);
  }
  return shown_value(expr, bounds);
}

Shown shown_next(const Filter& filter, Shown shown, const ShownBounds& bounds) {
  const std::string& name = filter.name.text;
  if (name == "upper") return bounds.upper(shown);
  if (name == "lower") return bounds.lower(shown);
  if (name == "title") return bounds.title(shown);
  if (name == "mask") return shown_masked(shown);
  if (name == "shorten") return shown_shortened(shown, filter);
  return shown;
}

std::optional<Shown> shown_filling(const ast::TemplatePart& part, const ShownBounds& bounds) {
  const Expr& expr = *part.expression;
  if (!expr.resolved.type) return std::nullopt;
  if (part.filters.empty()) return shown_value(expr, bounds);
  std::optional<Shown> shown = shown_first(part.filters.front(), expr, bounds);
  for (const Filter& filter : part.filters) {
    if (shown) shown = shown_next(filter, *std::move(shown), bounds);
  }
  return shown;
}

// Only a text may be empty, or nothing but blanks.
bool may_be_empty(const Expr& expr) {
  if (expr.kind == ExprKind::text) return value::trimmed(expr.text).empty();
  if (!expr.resolved.type) return false;
  if (expr.kind == ExprKind::or_ && expr.operands.size() == 2) {
    return may_be_empty(expr.operands[0]) || may_be_empty(expr.operands[1]);
  }
  const Type& type = *expr.resolved.type;
  return (type.kind == TypeKind::text || type.kind == TypeKind::list) && type.low == 0;
}

}  // namespace

std::optional<TextBound> text_bound(const ast::Template& words, const ShownBounds& bounds) {
  TextBound bound;
  bound.may_be_blank = true;
  for (const ast::TemplatePart& part : words.parts) {
    if (!part.expression) {
      bound.extent += extent_of(part.literal);
      bound.may_be_blank &= value::trimmed(part.literal).empty();
      continue;
    }
    const std::optional<Shown> shown = shown_filling(part, bounds);
    if (!shown) return std::nullopt;
    const Extent extent = shown->extent();
    bound.extent += extent;
    bound.has_data = true;
    bound.may_be_blank &= may_be_empty(*part.expression);
    if (bound.longest.part == nullptr || extent.utf16 > bound.longest.extent.utf16) {
      bound.longest = {&part, extent};
    }
  }
  return bound;
}

const ast::Template* wording_in(const ast::Text& text, std::string_view language) {
  const ast::Template* fallback = nullptr;
  for (const ast::LocalText& local : text.languages) {
    if (local.language.text == language) return &local.text;
    if (local.language.empty() || fallback == nullptr) fallback = &local.text;
  }
  return fallback;
}

}  // namespace alur::dsl
