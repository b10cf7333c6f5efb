#include "dsl/check/functions.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "dsl/check/ranges.hpp"
#include "engine/value/civil_time.hpp"

namespace alur::dsl {
namespace {

using ast::Expr;
using ast::ExprKind;

// What an argument must be.
enum class Wants {
  number,
  whole,
  places,  // a whole number from 0 to 18, written out
  text,
  pattern,  // a text in RE2 syntax, written out
  date,
  datetime,
  hours,
  list,
  anything,
};

using Types = std::span<const TypeRef>;
using Result = TypeRef (*)(const Scope& scope, const Expr& call, Types arguments);

constexpr std::size_t arguments_max = 3;
struct Signature {
  std::string_view name;
  std::string_view written;  // for a finding about the number of arguments
  std::size_t count;
  std::array<Wants, arguments_max> wants;
  Result result;
};

template <TypeKind kind>
TypeRef gives(const Scope&, const Expr&, Types) {
  return basic_type(kind);
}

template <TypeKind kind>
TypeRef perhaps(const Scope&, const Expr&, Types) {
  return with_optional(basic_type(kind), true);
}

TypeRef gives_days(const Scope&, const Expr&, Types) {
  constexpr std::int64_t days = value::date_max.days - value::date_min.days;
  return make_integer(-days, days);
}

template <Range (*choose)(Range, Range)>
TypeRef gives_extreme(const Scope&, const Expr&, Types types) {
  const bool whole = types[0]->kind == TypeKind::integer && types[1]->kind == TypeKind::integer;
  if (!whole) return basic_type(TypeKind::number);
  return make_integer(choose(range_of(*types[0]), range_of(*types[1])));
}

TypeRef gives_rounded(const Scope&, const Expr& call, Types types) {
  if (types[0]->kind == TypeKind::integer) return types[0];
  const bool whole = call.arguments[1].value.number.is_zero();
  return basic_type(whole ? TypeKind::integer : TypeKind::number);
}

TypeRef gives_size(const Scope&, const Expr&, Types types) {
  return make_integer(types[0]->low, types[0]->high);
}

TypeRef gives_first(const Scope& scope, const Expr& call, Types types) {
  return with_optional(types[0]->element, !never_empty(scope, call.arguments[0].value));
}

// In the citizen's language, as it would be shown.
TypeRef gives_text(const Scope& scope, const Expr&, Types types) {
  if (is_text(*types[0])) return types[0];
  std::int64_t longest = 1;
  for (const auto& language : scope.symbols.shown) {
    longest = std::max(longest, language->of(*types[0]).extent().utf16);
  }
  return make_text(1, std::min(longest, value::text_high_default));
}

// In the order of function.def, which a test compares.
constexpr Signature signatures[] = {
    {"now", "now()", 0, {}, gives<TypeKind::datetime>},
    {"today", "today()", 0, {}, gives<TypeKind::date>},
    {"is_open", "is_open(hours)", 1, {Wants::hours}, gives<TypeKind::boolean>},
    {"next_opening", "next_opening(hours)", 1, {Wants::hours}, perhaps<TypeKind::datetime>},
    {"workday_after",
     "workday_after(date, days, hours)",
     3,
     {Wants::date, Wants::whole, Wants::hours},
     perhaps<TypeKind::date>},
    {"days_between", "days_between(a, b)", 2, {Wants::date, Wants::date}, gives_days},
    {"date_of", "date_of(datetime)", 1, {Wants::datetime}, gives<TypeKind::date>},
    {"time_of", "time_of(datetime)", 1, {Wants::datetime}, gives<TypeKind::time>},
    {"min", "min(a, b)", 2, {Wants::number, Wants::number}, gives_extreme<smaller>},
    {"max", "max(a, b)", 2, {Wants::number, Wants::number}, gives_extreme<larger>},
    {"round", "round(number, places)", 2, {Wants::number, Wants::places}, gives_rounded},
    {"length", "length(text)", 1, {Wants::text}, gives_size},
    {"count", "count(list)", 1, {Wants::list}, gives_size},
    {"first", "first(list)", 1, {Wants::list}, gives_first},
    {"text", "text(x)", 1, {Wants::anything}, gives_text},
    {"matches",
     "matches(text, \"pattern\")",
     2,
     {Wants::text, Wants::pattern},
     gives<TypeKind::boolean>},
};

#define FUNCTION(name, meaning) #name,
constexpr std::string_view declared_order[] = {
#include "engine/program/function.def"
};
#undef FUNCTION

constexpr bool in_declared_order() {
  if (std::size(signatures) != std::size(declared_order)) return false;
  for (std::size_t i = 0; i < std::size(signatures); ++i) {
    if (signatures[i].name != declared_order[i]) return false;
  }
  return true;
}
static_assert(in_declared_order(), "functions.cpp and function.def list the same functions");

std::string_view wanted_words(Wants wants) {
  switch (wants) {
    case Wants::number:
      return "a number";
    case Wants::whole:
      return "a whole number";
    case Wants::places:
      return "a number of places from 0 to 18, written out";
    case Wants::text:
      return "a text";
    case Wants::pattern:
      return "a pattern, written out in double quotes";
    case Wants::date:
      return "a date";
    case Wants::datetime:
      return "a date with its time";
    case Wants::hours:
      return "the name of opening hours";
    case Wants::list:
      return "a list";
    case Wants::anything:
      return "something that can be shown";
  }
  return {};
}

bool accepts(Wants wants, const Expr& expr, const Type& type) {
  switch (wants) {
    case Wants::number:
      return is_number(type);
    case Wants::whole:
      return type.kind == TypeKind::integer;
    case Wants::places:
      return expr.kind == ExprKind::number && type.kind == TypeKind::integer && type.low >= 0 &&
             type.high <= value::Decimal::digits_max;
    case Wants::text:
      return is_text(type);
    case Wants::pattern:
      return expr.kind == ExprKind::text;
    case Wants::date:
      return type.kind == TypeKind::date;
    case Wants::datetime:
      return type.kind == TypeKind::datetime;
    case Wants::list:
      return type.kind == TypeKind::list;
    case Wants::anything:
      return is_showable(type) || type.kind == TypeKind::boolean;
    case Wants::hours:
      break;
  }
  return false;
}

// As engine/machine/functions.cpp compiles it.
constexpr std::int64_t pattern_memory_max = 1 << 20;

std::string_view fault_words(re2::RE2::ErrorCode code) {
  switch (code) {
    case re2::RE2::ErrorBadEscape:
    case re2::RE2::ErrorTrailingBackslash:
      return "a backslash that means nothing";
    case re2::RE2::ErrorBadCharClass:
    case re2::RE2::ErrorBadCharRange:
      return "a set of characters that is none";
    case re2::RE2::ErrorMissingBracket:
      return "a `[` that is never closed";
    case re2::RE2::ErrorMissingParen:
      return "a `(` that is never closed";
    case re2::RE2::ErrorUnexpectedParen:
      return "a `)` that closes nothing";
    case re2::RE2::ErrorRepeatArgument:
    case re2::RE2::ErrorRepeatOp:
      return "a repetition of nothing";
    case re2::RE2::ErrorRepeatSize:
      return "a repetition that is too long";
    case re2::RE2::ErrorBadPerlOp:
      return "a group of a kind that does not exist here";
    case re2::RE2::ErrorPatternTooLarge:
      return "too much in all";
    default:
      return "something that is no pattern";
  }
}

bool check_pattern(Scope& scope, const Expr& expr) {
  re2::RE2::Options options(re2::RE2::Quiet);
  options.set_max_mem(pattern_memory_max);
  const re2::RE2 pattern(expr.text, options);
  if (pattern.ok()) return true;
  std::string message = "this pattern holds " + std::string(fault_words(pattern.error_code()));
  if (!pattern.error_arg().empty()) message += ": " + quoted_name(pattern.error_arg());
  scope.findings.add(Code::bad_pattern, expr.span, std::move(message));
  return false;
}

bool check_hours(Scope& scope, Expr& expr) {
  if (expr.kind == ExprKind::name) {
    if (const auto hours = find_hours(scope, expr.name.text)) {
      expr.resolved = {ast::Resolved::Use::hours, *hours, nullptr};
      return true;
    }
  }
  if (expr.kind == ExprKind::broken || scope.app_is_broken()) return false;
  if (expr.kind != ExprKind::name) {
    scope.findings.add(Code::wrong_type, expr.span,
                       "the name of opening hours is needed here, as app.yaml declares them",
                       "write their name, as in `is_open(office)`");
    return false;
  }
  report_unknown(scope, Code::unknown_hours, expr.name,
                 "app.yaml declares no opening hours " + quoted_name(expr.name.text),
                 names_of(scope.symbols.hours));
  return false;
}

// The argument's type, or null after a finding.
TypeRef check_argument(Scope& scope, const Signature& signature, Wants wants, Expr& expr) {
  const TypeRef type = type_of_set(scope, expr);
  if (!type) return nullptr;
  if (accepts(wants, expr, *type)) {
    return wants == Wants::pattern && !check_pattern(scope, expr) ? nullptr : type;
  }
  scope.findings.add(Code::wrong_type, expr.span,
                     quoted_name(signature.written) + " needs " + std::string(wanted_words(wants)) +
                         ", and " + words_for(expr) + " is " + type_words(expr, *type));
  return nullptr;
}

std::string count_words(std::size_t count) {
  if (count == 0) return "nothing";
  return std::to_string(count) + (count == 1 ? " value" : " values");
}

bool check_count(Scope& scope, const Signature& signature, const Expr& call) {
  for (const ast::Argument& argument : call.arguments) {
    if (argument.name.empty()) continue;
    scope.findings.add(Code::wrong_argument, argument.name.span,
                       "the arguments of a function stand in order, without names",
                       "write " + quoted_name(signature.written));
    return false;
  }
  if (call.arguments.size() == signature.count) return true;
  const std::size_t given = call.arguments.size();
  scope.findings.add(Code::wrong_argument, call.span,
                     quoted_name(signature.written) + " takes " + count_words(signature.count) +
                         ", and here " + (given == 1 ? "is " : "are ") + count_words(given),
                     "write " + quoted_name(signature.written));
  return false;
}

void check_loose_arguments(Scope& scope, Expr& call) {
  for (ast::Argument& argument : call.arguments) {
    const bool hours = argument.value.kind == ExprKind::name &&
                       find_hours(scope, argument.value.name.text).has_value();
    if (!hours) type_of(scope, argument.value);
  }
}

}  // namespace

std::string_view function_form(std::string_view name) {
  for (const Signature& row : signatures) {
    if (row.name == name) return row.written;
  }
  return {};
}

TypeRef type_of_call(Scope& scope, Expr& call) {
  const auto found =
      std::find_if(std::begin(signatures), std::end(signatures),
                   [&call](const Signature& row) { return row.name == call.name.text; });
  if (found == std::end(signatures)) {
    report_unknown(scope, Code::unknown_function, call.name,
                   "no function is called " + quoted_name(call.name.text),
                   {std::begin(declared_order), std::end(declared_order)});
    return nullptr;
  }
  call.resolved.use = ast::Resolved::Use::function;
  call.resolved.index = static_cast<std::uint32_t>(found - std::begin(signatures));
  if (!check_count(scope, *found, call)) {
    check_loose_arguments(scope, call);
    return nullptr;
  }
  std::array<TypeRef, arguments_max> types;
  bool good = true;
  bool is_private = false;
  for (std::size_t i = 0; i < found->count; ++i) {
    Expr& argument = call.arguments[i].value;
    if (found->wants[i] == Wants::hours) {
      good = check_hours(scope, argument) && good;
      continue;
    }
    types[i] = check_argument(scope, *found, found->wants[i], argument);
    good = good && types[i];
    is_private = is_private || (types[i] && types[i]->is_private);
  }
  if (!good) return nullptr;
  const TypeRef type = found->result(scope, call, types);
  // A truth about a private value tells less than the value.
  return type && type->kind == TypeKind::boolean ? type : with_private(type, is_private);
}

}  // namespace alur::dsl
