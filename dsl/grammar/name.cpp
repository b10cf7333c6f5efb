#include "dsl/grammar/name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "dsl/ast/words.hpp"
#include "dsl/grammar/grammar.hpp"
#include "dsl/grammar/letters.hpp"
#include "dsl/grammar/mistakes.hpp"

namespace alur::dsl {
namespace {

// An object, not a function: the algorithms that take it then see through it.
constexpr auto is_small = [](char c) { return is_name_character(c) && !is_capital(c); };

bool is_name(std::string_view text) {
  return !text.empty() && is_letter(text.front()) && std::ranges::all_of(text, is_small) &&
         text.size() <= word_bytes_max && !ast::is_keyword(text);
}

// `AmountDue`, `amount-due`, `Amount Due` as the name that was meant.
std::string meant_by(std::string_view text) {
  std::string out;
  char before = '_';
  for (const char each : text) {
    const bool hump = is_capital(each) && is_letter(before) && !is_capital(before);
    const bool joint = is_blank(each) || each == '-';
    if ((hump || joint) && !out.ends_with('_')) out += '_';
    if (!joint) out += to_small(each);
    before = each;
  }
  return out;
}

// What it is about this byte that no name has.
std::string reason_against(Slice word, const char* at) {
  if (is_capital(*at)) return "has capital letters";
  if (is_blank(*at)) return "has a blank in it";
  return fmt::format("has {} in it", character_words(character_at(word, at)));
}

void refuse_spelling(Reading& reading, Slice word, const char* at) {
  std::string meant = meant_by(word.view());
  if (ast::is_keyword(meant)) {
    return void(reading.refuse_with_fix(
        Code::bad_name, word, quoted(word.view()) + " is written in small letters", meant));
  }
  if (!is_name(meant)) return refuse_name_character(reading, character_at(word, at));
  reading.refuse_with_fix(
      Code::bad_name, word,
      fmt::format("{} {}, and names have none", quoted(word.view()), reason_against(word, at)),
      std::move(meant));
}

}  // namespace

void refuse_name_character(Reading& reading, Slice character) {
  reading.refuse(Code::bad_name, character,
                 fmt::format("{} cannot stand in a name", character_words(character)),
                 "a name is made of letters a to z, digits and `_`");
}

bool refuse_meant_name(Reading& reading, Slice text) {
  const auto joint = [](char c) { return is_name_character(c) || is_blank(c) || c == '-'; };
  const char* wrong = std::find_if_not(text.first, text.last, is_small);
  const bool words = std::ranges::all_of(text.view(), joint);
  if (!words || wrong == text.last || !is_name(meant_by(text.view()))) return false;
  refuse_spelling(reading, text, wrong);
  return true;
}

bool check_spelling(Reading& reading, Slice word) {
  const std::string_view text = word.view();
  const char* wrong = std::find_if_not(word.first, word.last, is_small);
  if (wrong != word.last) {
    refuse_spelling(reading, word, wrong);
    return false;
  }
  if (!is_letter(text.front())) {
    reading.refuse(Code::bad_name, word, quoted(text) + " does not begin with a letter",
                   "a name begins with a letter a to z");
    return false;
  }
  if (text.size() > word_bytes_max) {
    reading.refuse(Code::bad_name, word,
                   fmt::format("this name has {} characters, and names have at most {}",
                               text.size(), word_bytes_max));
    return false;
  }
  return true;
}

bool check_name(Reading& reading, Slice word) {
  if (!check_spelling(reading, word)) return false;
  if (!ast::is_keyword(word.view())) return true;
  reading.refuse(Code::bad_name, word,
                 quoted(word.view()) + " is a word of the language and cannot be a name");
  return false;
}

}  // namespace alur::dsl
