#include "dsl/grammar/foreign_operator.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "dsl/ast/words.hpp"
#include "dsl/grammar/letters.hpp"
#include "dsl/grammar/mistakes.hpp"
#include "dsl/grammar/token_trail.hpp"

namespace alur::dsl {
namespace {

struct Mistaken {
  std::string_view written;
  std::string_view instead;
};

constexpr Mistaken mistaken_operators[] = {
#define MISTAKEN(written, instead) {written, instead},
#include "dsl/grammar/mistaken_operator.def"
#undef MISTAKEN
};

std::string_view instead_of(std::string_view written) {
  for (const Mistaken& each : mistaken_operators) {
    if (each.written == written) return each.instead;
  }
  return {};
}

// Of a word in any case: what it stands for here, or nothing when it is right or unknown.
std::string instead_of_word(std::string_view word) {
  std::string small(word);
  std::ranges::transform(small, small.begin(), to_small);
  if (small != word && ast::is_keyword(small)) return small;
  return std::string(instead_of(small));
}

void refuse_operator(Reading& reading, Slice written, std::string instead) {
  const Slice text = reading.text();
  const bool touches = written.last != text.last && is_name_character(*written.last);
  if (touches && is_letter(instead.back())) instead += ' ';
  const bool glued = written.first != text.first && is_name_character(written.first[-1]);
  if (glued && is_letter(instead.front())) instead.insert(0, 1, ' ');
  reading.refuse_with_fix(Code::foreign_operator, written,
                          quoted(written.view()) + " is no operator here", std::move(instead));
}

// All signs of operators that touch this one.
Slice sign_run(Slice text, const char* at) {
  Slice run{at, at};
  while (run.first != text.first && is_operator_sign(run.first[-1])) --run.first;
  while (run.last != text.last && is_operator_sign(*run.last)) ++run.last;
  return run;
}

bool refuse_signs(Reading& reading, const char* at, Before before) {
  const Slice text = reading.text();
  const Slice here = token_at(text, at);
  const Slice whole = is_operator_sign(*at) ? sign_run(text, at) : here;
  for (const Slice run : {whole, Slice{at, whole.last}, here}) {
    const std::string_view instead = instead_of(run.view());
    if (instead.empty()) continue;
    if (instead == "not" && before == Before::operator_) continue;
    refuse_operator(reading, run, std::string(instead));
    return true;
  }
  return false;
}

// The piece after this one, blanks between them or not; empty at the end.
Slice next_token(Slice text, Slice token) {
  const char* at = skip_blanks(token.last, text.last);
  return at == text.last ? Slice{at, at} : token_at(text, at);
}

// `a is not set`, `a is b`
void refuse_is(Reading& reading, Slice is) {
  const Slice next = next_token(reading.text(), is);
  if (next.view() != "not") {
    reading.refuse(Code::foreign_operator, is, "after `is` comes `set` or `unset`",
                   "to compare, write `==`");
    return;
  }
  const Slice last = next_token(reading.text(), next);
  const bool set = last.view() == "set";
  if (set || last.view() == "unset") {
    reading.refuse_with_fix(Code::foreign_operator, {is.first, last.last},
                            fmt::format("`is not {}` is said in another way here", last.view()),
                            set ? "is unset" : "is set");
    return;
  }
  reading.refuse(Code::foreign_operator, {is.first, next.last}, "`is not` is no operator here",
                 "write `!=`, or `is unset`");
}

// `a not in b`
void refuse_not(Reading& reading, Slice word) {
  const bool in = next_token(reading.text(), word).view() == "in";
  reading.refuse(Code::foreign_operator, word, "`not` stands before what it turns round",
                 in ? "write `not x in y`" : "write `not x`");
}

}  // namespace

bool refuse_foreign_operator(Reading& reading, const char* at, Before before) {
  if (!is_name_character(*at)) return refuse_signs(reading, at, before);
  const Slice word = token_at(reading.text(), at);
  const bool after_value = before == Before::operator_;
  if (after_value && word.view() == "is") {
    refuse_is(reading, word);
  } else if (after_value && word.view() == "not") {
    refuse_not(reading, word);
  } else {
    std::string instead = instead_of_word(word.view());
    if (instead.empty()) return false;
    refuse_operator(reading, word, std::move(instead));
  }
  return true;
}

bool refuse_foreign_not(Reading& reading, Slice word) {
  if (instead_of_word(word.view()) != "not") return false;
  refuse_operator(reading, word, "not");
  return true;
}

}  // namespace alur::dsl
