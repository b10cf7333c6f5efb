#include "dsl/check/destination.hpp"

#include <algorithm>
#include <utility>

#include "dsl/ast/print.hpp"

namespace alur::dsl {
namespace {

using ast::Expr;
using ast::ExprKind;

// What does not fit, as sentences need it.
struct Misfit {
  Fit fit;
  const Type& from;
  const Destination& to;
  std::string words;   // for the value: "`count + 1`"
  std::string is;      // its type in words
  std::string source;  // the expression, to be written into a suggestion; may be empty
  bool is_variable;
  Span span;
};

std::vector<Related> declared_at(const Destination& to) {
  if (to.declared == Span{}) return {};
  return {{to.declared, to.words + " is declared here"}};
}

// `31/12/2026` is a division, and `14.30` a number.
std::string literal_hint(const Misfit& misfit) {
  if (misfit.from.kind != TypeKind::number && misfit.from.kind != TypeKind::integer) return {};
  switch (misfit.to.type->kind) {
    case TypeKind::date:
      return "a date is written `2026-12-31`: year, month, day";
    case TypeKind::time:
      return "a time is written `14:30`";
    default:
      return {};
  }
}

void report_kind(Scope& scope, const Misfit& misfit) {
  scope.findings.add(Code::wrong_type, misfit.span,
                     misfit.to.words + " takes " + quoted_name(bare_name(*misfit.to.type)) +
                         ", and " + misfit.words + " is " + misfit.is,
                     literal_hint(misfit), declared_at(misfit.to));
}

std::string units(const Type& type, std::int64_t count) {
  if (type.kind == TypeKind::integer) return {};
  const bool list = type.kind == TypeKind::list;
  return std::string(list ? " item" : " character") + (count == 1 ? "" : "s");
}

// The innermost pair of which one does not hold the other's ends.
std::pair<const Type*, const Type*> bounded_pair(const Type& from, const Type& to) {
  const Type* inner_from = &from;
  const Type* inner_to = &to;
  while (inner_from->kind == TypeKind::list && inner_from->element && inner_to->element &&
         fit(*inner_from->element, *inner_to->element) != Fit::fits) {
    inner_from = inner_from->element.get();
    inner_to = inner_to->element.get();
  }
  return {inner_from, inner_to};
}

std::int64_t shown_length(const Type& type, bool high) {
  // As in type_rules.cpp: what a telephone number or an e-mail address can be as a text.
  if (type.kind == TypeKind::phone) return high ? 16 : 3;
  if (type.kind == TypeKind::email) return high ? 254 : 3;
  return high ? type.high : type.low;
}

// "may be up to 6", "has 7 characters"
std::string extent(const Type& from, const Type& to, bool high) {
  const bool exact = from.low == from.high;
  const bool number = to.kind == TypeKind::integer;
  const std::int64_t has = shown_length(from, high);
  std::string words = exact ? (number ? "is " : "has ") : (number ? "may be " : "may have ");
  if (!exact && high) words += "up to ";
  if (!exact && !high) words += number ? "as small as " : "as few as ";
  return words + std::to_string(has) + units(to, has);
}

// What both types hold; nothing if that is not one that could be written.
std::string narrower(const Type& from, const Type& to) {
  Type both = to;
  both.low = std::max(from.low, to.low);
  both.high = std::min(from.high, to.high);
  both.is_private = from.is_private;
  both.optional = false;
  return both.low <= both.high ? both.to_text() : std::string();
}

// An integer can be held within bounds on the spot; a text only where it comes from.
std::string keep_within(const Misfit& misfit, const Type& from, const Type& to) {
  if (misfit.source.empty() || from.low == from.high) return {};
  if (to.kind == TypeKind::integer) {
    const bool high = misfit.fit == Fit::too_high;
    return std::string("write `") + (high ? "min(" : "max(") + misfit.source + ", " +
           std::to_string(high ? to.high : to.low) + ")`?";
  }
  if (!misfit.is_variable || to.kind != TypeKind::text || from.kind != TypeKind::text) return {};
  const std::string type = narrower(from, to);
  return type.empty() ? type : "declare `" + misfit.source + "` as `" + type + "`?";
}

void report_bounds(Scope& scope, const Misfit& misfit) {
  const bool high = misfit.fit == Fit::too_high;
  const auto [from, to] = bounded_pair(misfit.from, *misfit.to.type);
  scope.findings.add(Code::out_of_bounds, misfit.span,
                     misfit.words + ' ' + extent(*from, *to, high) + ", and " + misfit.to.words +
                         " takes " + (high ? "at most " : "at least ") +
                         std::to_string(high ? to->high : to->low),
                     keep_within(misfit, *from, *to), declared_at(misfit.to));
}

void report_private(Scope& scope, const Misfit& misfit) {
  scope.findings.add(Code::private_leak, misfit.span,
                     misfit.words + " is private, and " + misfit.to.words + " is not declared so",
                     "declare it `private " + misfit.to.type->to_text() + "`?",
                     declared_at(misfit.to));
}

void report_misfit(Scope& scope, const Misfit& misfit) {
  switch (misfit.fit) {
    case Fit::wrong_kind:
    case Fit::wrong_members:
      report_kind(scope, misfit);
      return;
    case Fit::too_low:
    case Fit::too_high:
      report_bounds(scope, misfit);
      return;
    case Fit::is_private:
      report_private(scope, misfit);
      return;
    case Fit::may_be_unset:
      scope.findings.add(
          Code::may_be_unset, misfit.span,
          misfit.words + " may be unset, and " + misfit.to.words + " always needs a value",
          "declare it `" + misfit.to.type->to_text() + "?`", declared_at(misfit.to));
      return;
    case Fit::fits:
      return;
  }
}

void check_unset(Scope& scope, const Expr& expr, const Destination& destination) {
  if (destination.type->optional) return;
  scope.findings.add(Code::cannot_be_unset, expr.span,
                     destination.words + " cannot be unset: it is declared without `?`",
                     "declare it `" + destination.type->to_text() + "?`", declared_at(destination));
}

}  // namespace

void check_fits(Scope& scope, Expr& expr, const Destination& destination) {
  if (expr.kind == ExprKind::unset) {
    expr.resolved.type = with_optional(destination.type, true);
    if (destination.type) check_unset(scope, expr, destination);
    return;
  }
  const TypeRef type = type_of(scope, expr, {destination.type.get(), !destination.type});
  if (!type || !destination.type) return;
  const Fit found = fit(*type, *destination.type);
  if (found == Fit::fits) return;
  if (found == Fit::may_be_unset) {
    report_unset(scope, expr, destination.words,
                 "declare it `" + destination.type->to_text() + "?`, or say what then: `... or`");
    return;
  }
  const std::string source = expr.kind == ExprKind::text ? "" : ast::to_text(expr);
  const bool is_variable = declared_type(scope, expr) != nullptr;
  report_misfit(scope, {found, *type, destination, words_for(expr), type_words(expr, *type), source,
                        is_variable, expr.span});
}

void check_type_fits(Scope& scope, const TypeRef& type, std::string_view words, Span span,
                     const Destination& destination) {
  if (!type || !destination.type) return;
  const Fit found = fit(*type, *destination.type);
  if (found == Fit::fits) return;
  report_misfit(scope, {found,
                        *type,
                        destination,
                        std::string(words),
                        quoted_name(bare_name(*type)),
                        {},
                        false,
                        span});
}

}  // namespace alur::dsl
