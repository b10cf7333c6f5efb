#include "dsl/grammar/hours_mistakes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "dsl/grammar/letters.hpp"
#include "dsl/grammar/mistakes.hpp"
#include "dsl/grammar/time_syntax.hpp"
#include "dsl/grammar/token_trail.hpp"

namespace alur::dsl {
namespace {

bool is_time_character(char c) {
  return is_digit(c) || c == ':' || c == '.';
}

// A word that is no day, before the place where reading stopped, explains more than that place.
bool explain_day(Reading& reading, const char* until) {
  const Slice text = reading.text();
  for (const char* at = text.first; at != until;) {
    if (!is_letter(*at)) {
      ++at;
      continue;
    }
    const Slice word{at, std::find_if_not(at, text.last, is_letter)};
    if (word.view() == "except") return false;
    if (word.view() != "always" && find_day(reading, word) < 0) return true;
    at = std::min(word.last, until);
  }
  return false;
}

// A time is wanted here, and this is none.
void explain_clock(Reading& reading, Slice here) {
  here.last = std::find_if_not(here.first, reading.text().last, is_time_character);
  if (!here.empty()) {
    reading.refuse(Code::bad_hours, here, quoted(here.view()) + " is not how a time is written",
                   "like `08:00`");
    return;
  }
  const Slice last = follow_tokens(reading.text(), here.first).last;
  reading.refuse(Code::bad_hours, last,
                 fmt::format("no time of day stands after {}", quoted(last.view())),
                 "like `mon-fri 08:00-17:00`");
}

// A comma without a day on its right.
void explain_comma(Reading& reading, Slice comma) {
  const char* next = skip_blanks(comma.last, reading.text().last);
  const bool time = next != reading.text().last && is_digit(*next);
  reading.refuse(Code::bad_hours, comma, "no day stands after this comma",
                 time ? "every pair of times has its days before it" : "");
}

// The hours are whole, or want a `-`, and this is none.
void explain_rest(Reading& reading, const char* at, const std::string& wanted) {
  const Slice text = reading.text();
  const Slice here = piece_at(text, at);
  if (here.empty() || (wanted == "'-'" && *at != '-' && !is_foreign(*at))) {
    const Slice last = follow_tokens(text, at).last;
    reading.refuse(Code::bad_hours, last,
                   fmt::format("no closing time stands after {}", quoted(last.view())),
                   "like `08:00-17:00`");
    return;
  }
  if (is_digit(*at)) {
    reading.refuse(Code::bad_hours, token_at(text, at), "no day stands before this time",
                   "like `mon-fri 08:00-17:00`");
    return;
  }
  std::string suggestion;
  if (is_foreign(*at)) suggestion = "between two days or times stands `-`";
  if (*at == ';') suggestion = "between two ranges stands `,`";
  reading.refuse(Code::bad_hours, here,
                 fmt::format("{} has no meaning here", character_words(here)), suggestion);
}

}  // namespace

void explain_hours(Reading& reading, const Halt& halt) {
  const Slice text = reading.text();
  const char* at = skip_blanks(halt.at, text.last);
  const Slice here = piece_at(text, at);
  if (explain_day(reading, at)) return;
  const Slice last = follow_tokens(text, at).last;
  if (halt.wanted == syntax::wanted_path) {
    reading.refuse(Code::bad_hours, last, "no file stands after `except`",
                   "like `except data/holidays.csv`");
  } else if (halt.wanted == syntax::wanted_day) {
    reading.refuse(Code::bad_hours, last,
                   fmt::format("no day stands after {}", quoted(last.view())));
  } else if (here.view() == "," && halt.wanted != "'-'") {
    explain_comma(reading, here);
  } else if (halt.wanted == syntax::wanted_clock && (here.empty() || !is_foreign(*at))) {
    explain_clock(reading, here);
  } else {
    explain_rest(reading, at, halt.wanted);
  }
}

}  // namespace alur::dsl
