#include "tests/dsl/grammar/random_tree.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "dsl/ast/words.hpp"

namespace alur::dsl {
namespace {

using ast::Expr;
using ast::ExprKind;
using ast::PhrasePart;
using ast::TypeExpr;

constexpr int depth_max = 5;

int up_to(int last) {
  return *rc::gen::inRange(0, last + 1);
}
bool chance(int one_in) {
  return up_to(one_in - 1) == 0;
}

template <std::size_t size>
std::string_view one_of(const std::array<std::string_view, size>& choices) {
  return choices[static_cast<std::size_t>(up_to(static_cast<int>(size) - 1))];
}

ast::Name name() {
  constexpr std::string_view first = "abcnost";
  constexpr std::string_view rest = "abcnost019_";
  std::string out(1, first[static_cast<std::size_t>(up_to(6))]);
  for (int left = up_to(6); left > 0; --left) out += rest[static_cast<std::size_t>(up_to(10))];
  if (ast::is_keyword(out)) out += "_1";
  return {out, {}};
}

// Any text, with what the grammars must quote or double.
std::string text(int pieces_max) {
  constexpr std::array<std::string_view, 16> pieces{"a",      "Z",          "0",  " ", "\"", "\\",
                                                    "\n",     "{",          "}",  "|", "(",  "'",
                                                    "\u00e9", "\U0001f600", "\t", "#"};
  std::string out;
  for (int left = up_to(pieces_max); left > 0; --left) out += one_of(pieces);
  return out;
}

std::vector<ast::Argument> arguments(int depth, bool all_named);

Expr leaf() {
  Expr out;
  switch (up_to(7)) {
    case 0:
      out.kind = ExprKind::number;
      out.number =
          *value::Decimal::from_parts(*rc::gen::inRange<std::int64_t>(0, 1'000'000), up_to(4));
      return out;
    case 1:
      out.kind = ExprKind::text;
      out.text = text(6);
      return out;
    case 2:
      out.kind = ExprKind::boolean;
      out.text = chance(2) ? "true" : "false";
      return out;
    case 3:
      out.kind = ExprKind::duration;
      out.number =
          value::Decimal::from_integer(1000 * *rc::gen::inRange<std::int64_t>(0, 366 * 86'400 + 1));
      return out;
    case 4:
      out.kind = chance(2) ? ExprKind::date : ExprKind::time;
      out.text = out.kind == ExprKind::date ? "2026-02-28" : "23:59";
      return out;
    case 5:
      out.kind = ExprKind::unset;
      return out;
    default:
      out.kind = ExprKind::name;
      out.name = name();
      return out;
  }
}

Expr expr(int depth);

// A list, or what does not begin with a parenthesis.
Expr right_of_in(int depth) {
  Expr out;
  if (chance(2)) {
    out.kind = ExprKind::name;
    out.name = name();
    return out;
  }
  out.kind = ExprKind::list;
  for (int left = 1 + up_to(2); left > 0; --left) out.operands.push_back(expr(depth - 1));
  return out;
}

Expr expr(int depth) {
  if (depth == 0 || chance(5)) return leaf();
  Expr out;
  const int first = static_cast<int>(ExprKind::field);
  const int last = static_cast<int>(ExprKind::divide);
  out.kind = static_cast<ExprKind>(first + up_to(last - first));
  switch (out.kind) {
    case ExprKind::list:  // only right of `in`
      return leaf();
    case ExprKind::call:
      out.name = name();
      out.arguments = arguments(depth - 1, false);
      return out;
    case ExprKind::field:
      out.name = name();
      break;
    case ExprKind::negate:
    case ExprKind::not_:
    case ExprKind::is_set:
    case ExprKind::is_unset:
      break;
    case ExprKind::in:
      out.operands.push_back(expr(depth - 1));
      out.operands.push_back(right_of_in(depth));
      return out;
    default:
      out.operands.push_back(expr(depth - 1));
      break;
  }
  out.operands.push_back(expr(depth - 1));
  return out;
}

std::vector<ast::Argument> arguments(int depth, bool all_named) {
  std::vector<ast::Argument> out;
  for (int left = up_to(3); left > 0; --left) {
    const bool named = all_named || (!out.empty() && !out.back().name.empty()) || chance(2);
    ast::Argument argument{{}, expr(depth)};
    // Numbered, so that no name comes twice.
    if (named) argument.name.text = name().text + '_' + std::to_string(out.size());
    out.push_back(std::move(argument));
  }
  return out;
}

// Words that no bracket could be glued to and that are more than punctuation.
std::string words() {
  constexpr std::array<std::string_view, 8> choices{
      "cek", "apa, kabar", "#x", "\u4f60\u597d", "a 'b'", "1 + 1 =", "?a", "na\u00efve \"x\""};
  return std::string(one_of(choices));
}

// Words and brackets in turn, so that captures are told apart.
std::vector<PhrasePart> phrase_parts(int depth, int& captures) {
  std::vector<PhrasePart> out;
  for (int left = 1 + 2 * up_to(1); left > 0; --left) {
    PhrasePart& part = out.emplace_back();
    if (out.size() % 2 == 1) {
      part.words = words();
    } else if (depth == 0 || chance(2)) {
      part.kind = PhrasePart::Kind::capture;
      part.capture.text = "c" + std::to_string(captures++);
    } else {
      const bool choice = chance(2);
      part.kind = choice ? PhrasePart::Kind::one_of : PhrasePart::Kind::optional;
      for (int branches = choice ? 2 + up_to(1) : 1; branches > 0; --branches) {
        part.branches.push_back(phrase_parts(depth - 1, captures));
      }
    }
  }
  return out;
}

void random_bounds(TypeExpr& type, std::int64_t low_min) {
  if (chance(2)) return;
  type.low = *rc::gen::inRange<std::int64_t>(low_min, 100);
  type.high = *type.low + up_to(100);
}

TypeExpr plain_type() {
  TypeExpr out;
  switch (up_to(5)) {
    case 0:
      out.kind = TypeExpr::Kind::named;
      out.name = name();
      return out;
    case 1:
      out.kind = TypeExpr::Kind::choice;
      for (int left = 1 + up_to(3); left > 0; --left) out.members.push_back(name());
      return out;
    case 2:
      out.kind = TypeExpr::Kind::text;
      random_bounds(out, 0);
      return out;
    case 3:
      out.kind = TypeExpr::Kind::integer;
      random_bounds(out, -100);
      return out;
    default:
      out.kind = ast::type_words[static_cast<std::size_t>(up_to(12))].kind;
      return out;
  }
}

}  // namespace

ast::Expr random_expr() {
  return expr(depth_max);
}

ast::Template random_template() {
  ast::Template out;
  for (int left = up_to(5); left > 0; --left) {
    ast::TemplatePart part;
    part.literal = chance(2) ? text(8) : "";
    const bool after_words = !out.parts.empty() && !out.parts.back().expression;
    if (part.literal.empty() || after_words) {
      part.literal.clear();
      part.expression = expr(2);
      for (int filters = up_to(2); filters > 0; --filters) {
        part.filters.push_back({name(), arguments(1, false), {}});
      }
    }
    out.parts.push_back(std::move(part));
  }
  return out;
}

ast::Phrase random_phrase() {
  ast::Phrase out;
  int captures = 0;
  out.parts = phrase_parts(3, captures);
  return out;
}

ast::TypeExpr random_type() {
  TypeExpr out = plain_type();
  if (chance(3)) {
    TypeExpr list;
    list.kind = TypeExpr::Kind::list;
    random_bounds(list, 0);
    list.element.push_back(std::move(out));
    out = std::move(list);
  }
  out.optional = chance(2);
  out.is_private = chance(2);
  return out;
}

ast::Target random_target() {
  ast::Target out;
  out.name = name();
  out.has_arguments = chance(2);
  if (out.has_arguments) out.arguments = arguments(2, true);
  return out;
}

ast::CallExpr random_call() {
  ast::CallExpr out;
  out.service = name();
  for (int left = up_to(2); left > 0; --left) out.service.text += '.' + name().text;
  out.arguments = arguments(2, true);
  return out;
}

ast::Binding random_binding() {
  ast::Binding out;
  out.outcome = name();
  if (chance(2)) out.variable = name();
  return out;
}

ast::DurationExpr random_duration() {
  return ast::DurationExpr{1000 * *rc::gen::inRange<std::int64_t>(1, 366 * 86'400 + 1), {}};
}

ast::HoursExpr random_hours() {
  ast::HoursExpr out;
  out.always = chance(5);
  // One range after the other, so that none overlap.
  std::int32_t minute = 0;
  while (!out.always && (out.ranges.empty() || (chance(2) && minute < 1300))) {
    ast::HoursExpr::Range range;
    range.days = static_cast<std::uint8_t>(1 + up_to(126));
    minute += up_to(30);
    range.open_seconds = minute * 60;
    minute = std::min(1440, minute + 1 + up_to(300));
    range.close_seconds = minute * 60;
    out.ranges.push_back(range);
  }
  if (chance(3)) out.except.text = "data/holidays_2026.csv";
  return out;
}

}  // namespace alur::dsl
