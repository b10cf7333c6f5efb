#include "dsl/grammar/type_mistakes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "dsl/grammar/letters.hpp"
#include "dsl/grammar/mistakes.hpp"
#include "dsl/grammar/token_trail.hpp"
#include "dsl/grammar/type_syntax.hpp"

namespace alur::dsl {
namespace {

class Explainer {
 public:
  Explainer(Reading& reading, const Halt& halt)
      : reading_(reading),
        text_(reading.text()),
        at_(skip_blanks(halt.at, text_.last)),
        here_(piece_at(text_, at_)),
        trail_(follow_tokens(text_, at_)),
        wanted_(halt.wanted) {}

  void explain();

 private:
  bool at_end() const { return at_ == text_.last; }
  std::string_view before() const { return trail_.last.view(); }
  bool in_choice() const {
    const Slice text = trimmed(text_);
    const std::string_view words = text.view();
    return words.find("one of") < static_cast<std::size_t>(at_ - text.first);
  }
  bool refuse(Code code, Slice slice, std::string message, std::string suggestion = {}) {
    reading_.refuse(code, slice, std::move(message), std::move(suggestion));
    return true;
  }

  // Each tells and gives true when it knows what is wrong.
  bool explain_bounds();
  bool explain_missing_word();
  bool explain_sign();
  bool explain_word();

  Reading& reading_;
  Slice text_;
  const char* at_;
  Slice here_;  // the piece at at_; empty at the end
  TokenTrail trail_;
  std::string wanted_;
};

void Explainer::explain() {
  if (explain_bounds() || explain_missing_word() || explain_sign() || explain_word()) return;
  refuse(Code::bad_type, here_, fmt::format("{} has no meaning in a type", character_words(here_)));
}

// What stands in parentheses is not two numbers.
bool Explainer::explain_bounds() {
  const std::string_view suggestion = "bounds are two whole numbers, like `(2..80)`";
  if (wanted_ == syntax::wanted_bounds) {
    const char* opener = trail_.last.first;
    const char* closer = std::find(opener, text_.last, ')');
    if (closer == text_.last) {
      return refuse(Code::never_closed, {opener, opener + 1}, "this `(` is never closed");
    }
    return refuse(Code::bad_bounds, {opener, closer + 1}, "these are no bounds",
                  std::string(suggestion));
  }
  if (at_end() || trail_.last.empty() || (!is_digit(*at_) && *at_ != '[')) return false;
  if (before() == "of" || before() == ",") return false;
  const Slice rest = trimmed({at_, text_.last});
  return refuse(Code::bad_bounds, rest, "bounds stand in round brackets", std::string(suggestion));
}

bool Explainer::explain_missing_word() {
  // A comma is given back when no word follows it.
  const bool after_comma = !at_end() && *at_ == ',' && in_choice();
  if (wanted_ != syntax::wanted_word && !after_comma) return false;
  const char* at = after_comma ? skip_blanks(here_.last, text_.last) : at_;
  if (at == text_.last) {
    const Slice last = after_comma ? here_ : trail_.last;
    return refuse(Code::bad_type, last,
                  fmt::format("nothing stands after {}", quoted(last.view())));
  }
  const Slice piece = token_at(text_, at);
  if (*at == '"' || *at == '\'' || *at == '`') {
    return refuse(Code::wrong_quotes, piece, "names stand without quotes here");
  }
  return refuse(Code::bad_type, piece,
                fmt::format("{} is not the name of a {}", character_words(piece),
                            in_choice() ? "choice" : "type"));
}

bool Explainer::explain_sign() {
  if (at_end()) return false;
  switch (*at_) {
    case ')':
    case ']':
    case '}':
      return refuse(Code::closes_nothing, here_, fmt::format("this `{}` closes nothing", *at_));
    case '?':
      return refuse(Code::bad_type, here_, "one `?` is enough");
    case ',':
    case '|':
    case '/':
      return refuse(Code::bad_type, here_,
                    fmt::format("{} has no meaning here", quoted(here_.view())),
                    "a choice is written `one of a, b, c`");
    case '(':
      return refuse(Code::bad_type, here_, "these bounds come too late",
                    "the `?` stands at the end of a type");
    default:
      return false;
  }
}

// One word too many; the one before it often says why.
bool Explainer::explain_word() {
  if (at_end() || !is_name_character(*at_) || trail_.last.empty()) return false;
  const std::string_view here = here_.view();
  if (before() == "list" && here == "of") {
    return refuse(Code::bad_type, {trail_.last.first, here_.last}, "a list cannot hold lists",
                  "make a type with a list in it");
  }
  if (before() == "list" || before() == "one") {
    return refuse(Code::bad_type, trail_.last,
                  fmt::format("`of` is missing after {}", quoted(before())),
                  fmt::format("write `{} of {}`", before(), here));
  }
  if (before() == "private" || here == "private") {
    return refuse(Code::bad_type, before() == "private" ? trail_.last : here_,
                  "`private` stands once, before the whole type");
  }
  if (before() == "optional") {
    return refuse(Code::bad_type, trail_.last, "`optional` is no word of a type",
                  "write " + quoted(std::string(here) + "?"));
  }
  return refuse(Code::bad_type, here_,
                fmt::format("nothing stands between {} and {}", quoted(before()), quoted(here)),
                in_choice() ? "put a comma between them" : "");
}

}  // namespace

void explain_type(Reading& reading, const Halt& halt) {
  Explainer(reading, halt).explain();
}

}  // namespace alur::dsl
