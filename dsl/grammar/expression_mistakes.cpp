#include "dsl/grammar/expression_mistakes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "dsl/ast/words.hpp"
#include "dsl/grammar/expression_syntax.hpp"
#include "dsl/grammar/foreign_operator.hpp"
#include "dsl/grammar/letters.hpp"
#include "dsl/grammar/mistakes.hpp"
#include "dsl/grammar/name.hpp"
#include "dsl/grammar/token_trail.hpp"

namespace alur::dsl {
namespace {

class Explainer {
 public:
  Explainer(Reading& reading, const Halt& halt, std::string_view reference)
      : reading_(reading),
        text_(reading.text()),
        at_(skip_blanks(halt.at, text_.last)),
        here_(at_ == text_.last ? Slice{at_, at_} : token_at(text_, at_)),
        trail_(follow_tokens(text_, at_)),
        wanted_(halt.wanted),
        reference_(reference) {}

  void explain() {
    const bool known = at_end() ? explain_end() : explain_here();
    if (!known) explain_character();
  }

 private:
  bool wants(const char* what) const { return wanted_ == what; }
  bool wants_value() const { return wants(syntax::wanted_operand); }
  bool at_end() const { return at_ == text_.last; }
  bool outside() const { return trail_.open.empty(); }
  bool after_number() const { return !trail_.last.empty() && is_digit(*trail_.last.first); }
  bool refuse(Code code, Slice slice, std::string message, std::string suggestion = {}) {
    reading_.refuse(code, slice, std::move(message), std::move(suggestion));
    return true;
  }
  bool refuse_keyword() {
    return refuse(Code::bad_name, here_,
                  quoted(here_.view()) + " is a word of the language and cannot be a name");
  }
  bool nothing_after(Code code) {
    return refuse(code, trail_.last,
                  fmt::format("nothing stands after {}", quoted(trail_.last.view())));
  }
  bool nothing_between() {
    return refuse(Code::one_sided_operator, {trail_.last.first, here_.last},
                  fmt::format("nothing stands between {} and {}", quoted(trail_.last.view()),
                              quoted(here_.view())));
  }

  // Each tells and gives true when it knows what is wrong.
  bool explain_here();
  bool explain_end();
  bool explain_text();
  bool explain_closer();
  bool explain_field();
  bool explain_name();
  bool explain_arguments();
  bool explain_separators();
  bool explain_missing_value();
  bool explain_after_value();
  bool explain_after_filter();
  bool explain_after_reference();
  bool explain_missing_operator();
  void explain_character();

  Reading& reading_;
  Slice text_;
  const char* at_;
  Slice here_;  // the piece at at_; empty at the end
  TokenTrail trail_;
  std::string wanted_;
  std::string_view reference_;  // what the name at the beginning is: "a service"; empty: none
};

bool Explainer::explain_here() {
  const auto foreign = [this] {
    return refuse_foreign_operator(reading_, at_,
                                   wants_value() ? Before::value : Before::operator_);
  };
  return explain_text() || refuse_quotes(reading_, text_, at_) || explain_arguments() ||
         explain_separators() || explain_field() || explain_name() || explain_after_filter() ||
         explain_after_reference() || foreign() || explain_closer() ||
         (wants_value() ? explain_missing_value() : explain_after_value());
}

// Nothing more stands here, but something is missing.
bool Explainer::explain_end() {
  if (trail_.last.empty()) return refuse_blank(reading_, "an expression");
  if (explain_arguments() || explain_field() || explain_name()) return true;
  const bool after_opener = !outside() && trail_.open.back() == trail_.last.first;
  if (wants_value() && !after_opener) return nothing_after(Code::one_sided_operator);
  if (outside()) return false;
  const char* opener = trail_.open.back();
  return refuse(Code::never_closed, {opener, opener + 1},
                fmt::format("this `{}` is never closed", *opener));
}

// A `"` that no other one closes.
bool Explainer::explain_text() {
  if (*at_ != '"' || here_.size() > 1) return false;
  return refuse(Code::never_closed, here_, "this `\"` is never closed");
}

bool Explainer::explain_closer() {
  const char closer = *at_;
  if (closer != ')' && closer != ']' && closer != '}') return false;
  const char opener = closer == ')' ? '(' : closer == ']' ? '[' : '{';
  if (outside() || *trail_.open.back() != opener) {
    return refuse(Code::closes_nothing, here_, fmt::format("this `{}` closes nothing", closer));
  }
  if (!wants_value()) return false;
  if (trail_.open.back() != trail_.last.first) return nothing_after(Code::one_sided_operator);
  return refuse(Code::nothing_written, {trail_.last.first, here_.last},
                "nothing stands between these parentheses");
}

// The parentheses of a call are not there.
bool Explainer::explain_arguments() {
  if (!wants(syntax::wanted_arguments)) return false;
  if (!at_end() && *at_ == '.') {
    return refuse(Code::bad_reference, here_, "no name stands right after this `.`");
  }
  if (!at_end()) {
    return refuse(Code::bad_argument, here_, "the arguments do not stand in parentheses",
                  "write `( )` around them");
  }
  const Slice name = trimmed(text_);
  reading_.refuse_with_fix(Code::bad_argument, name, "the parentheses of a call are missing",
                           std::string(name.view()) + "()");
  return true;
}

// `1.500.000`, `500,000`, `1,5`
bool Explainer::explain_separators() {
  if (trail_.last.empty()) return false;
  const bool point = wants(syntax::wanted_field) && is_digit(*at_);
  const bool comma = *at_ == ',' && here_.last != text_.last && is_digit(*here_.last);
  const Slice number = point ? trail_.before_last : trail_.last;
  if ((!point && !comma) || number.empty() || !is_digit(*number.first)) return false;
  const auto belongs = [](char c) { return is_digit(c) || c == '.' || c == ','; };
  const char* last = std::find_if_not(at_, text_.last, belongs);
  while (!is_digit(last[-1])) --last;
  return refuse(Code::bad_number, {number.first, last},
                "a number has one point before its fraction and no other separator",
                "like `1500000` or `12.5`");
}

// After the dot of `company.name`.
bool Explainer::explain_field() {
  if (!wants(syntax::wanted_field)) return false;
  const Slice dot = trail_.last;
  if (is_digit(*trail_.before_last.first)) {
    return refuse(Code::bad_number, {trail_.before_last.first, dot.last},
                  "no digit stands after the point of this number");
  }
  if (!at_end() && at_ == dot.last && ast::is_keyword(here_.view())) return refuse_keyword();
  return refuse(Code::one_sided_operator, dot, "no field stands right after this `.`");
}

// The name of a filter, or that at the beginning of a target or a call, and what is here is none.
bool Explainer::explain_name() {
  const bool filter = wants(syntax::wanted_filter);
  if (!filter && !wants(syntax::wanted_name)) return false;
  const Code code = filter ? Code::bad_filter : Code::bad_reference;
  if (at_end()) return nothing_after(code);
  if (filter && *at_ == '|' && refuse_foreign_operator(reading_, at_, Before::operator_)) {
    return true;
  }
  if (ast::is_keyword(here_.view())) return refuse_keyword();
  return refuse(code, here_,
                fmt::format("{} is not the name of {}", character_words(here_),
                            filter ? "a filter" : reference_));
}

// An operand is missing before this.
bool Explainer::explain_missing_value() {
  if (*at_ == '.' && at_ + 1 != text_.last && is_digit(at_[1])) {
    return refuse(Code::bad_number, {at_, token_at(text_, at_ + 1).last},
                  "no digit stands before the point of this number", "write `0.5`, not `.5`");
  }
  const char* next = skip_blanks(here_.last, text_.last);
  const bool names_argument = !outside() && next != text_.last && *next == '=';
  const bool keyword = ast::is_keyword(here_.view());
  if (keyword && names_argument) return refuse_keyword();
  if (is_operator(here_)) {
    const bool first = trail_.last.empty() || *trail_.last.first == '(';
    if (!first && trail_.last.view() != ",") return nothing_between();
    return refuse(Code::one_sided_operator, here_,
                  fmt::format("nothing stands before {}", quoted(here_.view())));
  }
  return keyword && refuse_keyword();
}

// A whole value was read, and what follows does not belong to it.
bool Explainer::explain_after_value() {
  switch (*at_) {
    case ',':
      return refuse(Code::unexpected_character, here_, "a comma has no meaning here",
                    "it stands between arguments, and in a list after `in`");
    case '|':
      return refuse(Code::bad_filter, here_, "a filter has no meaning here",
                    "filters stand at the end of a `{...}` in a text");
    case '.':
      return refuse(Code::unexpected_character, here_, "this `.` does not belong to a field",
                    "a field follows its value at once, without a blank");
    case ':':
      if (!after_number() || trail_.last.last != at_) return false;
      return refuse(Code::bad_date_or_time, {trail_.last.first, here_.last},
                    "a time of day has hours and minutes only", "like `08:00`");
    default:
      return explain_missing_operator();
  }
}

bool Explainer::explain_after_filter() {
  if (!trail_.after_bar || !outside() || wanted_ != "eoi" || *at_ == '|') return false;
  if (*at_ == ')' || *at_ == ']') return false;
  return refuse(Code::bad_filter, here_,
                fmt::format("{} cannot follow a filter", character_words(here_)),
                "an expression stands before its first `|`");
}

// A target or a call is whole, and more stands here.
bool Explainer::explain_after_reference() {
  if (reference_.empty() || !outside() || wanted_ != "eoi" || *at_ == ')') return false;
  if (refuse_meant_name(reading_, trimmed(text_))) return true;
  const std::string_view before = trimmed({text_.first, at_}).view();
  if (*at_ == ':' && (before == "goto" || before == "run" || before == "call")) {
    return refuse(Code::bad_reference, here_, "here stands a name and nothing before it",
                  fmt::format("write only the name, without `{}:`", before));
  }
  return refuse(Code::bad_reference, here_,
                fmt::format("{} cannot follow the name of {}", character_words(here_), reference_));
}

// `5 seconds`: what stands for it here, or nothing.
std::string_view unit_of(std::string_view word) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 22> units{
      {{"s", "s"},       {"sec", "s"},   {"secs", "s"}, {"second", "s"}, {"seconds", "s"},
       {"detik", "s"},   {"m", "m"},     {"min", "m"},  {"mins", "m"},   {"minute", "m"},
       {"minutes", "m"}, {"menit", "m"}, {"h", "h"},    {"hour", "h"},   {"hours", "h"},
       {"jam", "h"},     {"d", "d"},     {"day", "d"},  {"days", "d"},   {"hari", "d"},
       {"week", "w"},    {"weeks", "w"}}};
  const auto found = std::find_if(units.begin(), units.end(),
                                  [&](const auto& unit) { return unit.first == word; });
  return found == units.end() ? std::string_view() : found->second;
}

bool Explainer::explain_missing_operator() {
  const bool starts_value = is_name_character(*at_) || *at_ == '"' || *at_ == '(';
  if (!starts_value || trail_.last.empty()) return false;
  if (refuse_foreign_not(reading_, trail_.last)) return true;
  if (*at_ == '(' && is_name_character(*trail_.last.first) && !after_number()) {
    return refuse(Code::missing_operator, here_,
                  "only the name of a function stands before parentheses");
  }
  const std::string message = fmt::format("nothing stands between {} and {}",
                                          quoted(trail_.last.view()), quoted(here_.view()));
  const std::string_view unit = after_number() ? unit_of(here_.view()) : std::string_view();
  if (!unit.empty()) {
    return refuse(Code::missing_operator, here_, message,
                  fmt::format("a length of time is written `{}{}`", trail_.last.view(), unit));
  }
  return refuse(Code::missing_operator, here_, message,
                outside() ? "an operator is missing, or quotes around a text"
                          : "an operator or a comma is missing, or quotes around a text");
}

void Explainer::explain_character() {
  const Slice character = character_at(text_, at_);
  const bool in_name =
      is_foreign(*at_) && at_ != text_.first && is_name_character(at_[-1]) && !after_number();
  if (in_name) {
    refuse_name_character(reading_, character);
    return;
  }
  std::string suggestion;
  if (*at_ == '[') {
    suggestion = wants_value() ? "lists stand in `( )`" : "the first item is `first(list)`";
  }
  if (*at_ == '{') suggestion = "braces have no meaning inside an expression";
  refuse(Code::unexpected_character, character,
         fmt::format("{} has no meaning here", character_words(character)), std::move(suggestion));
}

}  // namespace

void explain_expression(Reading& reading, const Halt& halt, std::string_view reference) {
  Explainer(reading, halt, reference).explain();
}

}  // namespace alur::dsl
