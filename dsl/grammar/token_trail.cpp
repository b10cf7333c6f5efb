#include "dsl/grammar/token_trail.hpp"

#include <algorithm>
#include <string_view>

#include "dsl/ast/operators.hpp"
#include "dsl/grammar/letters.hpp"
#include "dsl/grammar/mistakes.hpp"

namespace alur::dsl {
namespace {

const char* end_of_text(Slice text, const char* at) {
  for (++at; at != text.last && *at != '"'; ++at) {
    if (*at == '\\' && at + 1 != text.last) ++at;
  }
  return at == text.last ? nullptr : at + 1;
}

// Digits, and what belongs to a number, a date, a time or a duration.
const char* end_of_number(Slice text, const char* at) {
  while (at != text.last) {
    const bool joint = (*at == '.' || *at == ':') && at + 1 != text.last && is_digit(at[1]);
    if (!joint && !is_name_character(*at)) break;
    ++at;
  }
  return at;
}

void follow_brackets(TokenTrail& trail, Slice token) {
  switch (*token.first) {
    case '(':
    case '[':
    case '{':
      trail.open.push_back(token.first);
      break;
    case ')':
    case ']':
    case '}':
      if (!trail.open.empty()) trail.open.pop_back();
      break;
    case '|':
      if (trail.open.empty()) trail.after_bar = true;
      break;
    default:
      break;
  }
}

}  // namespace

bool is_operator_sign(char c) {
  return std::string_view("=!<>&|+-*/%^~").find(c) != std::string_view::npos;
}

bool is_operator(Slice token) {
  const std::string_view text = token.view();
  return ast::find_operator(text) != nullptr || text == "not" || text == "is" || text == "," ||
         text == "|";
}

Slice token_at(Slice text, const char* at) {
  if (*at == '"') {
    const char* end = end_of_text(text, at);
    return {at, end == nullptr ? at + 1 : end};
  }
  if (is_digit(*at)) return {at, end_of_number(text, at)};
  if (is_operator_sign(*at)) {
    if (at + 1 != text.last && ast::find_operator(std::string_view(at, 2)) != nullptr) {
      return {at, at + 2};
    }
    return {at, at + 1};
  }
  return piece_at(text, at);
}

TokenTrail follow_tokens(Slice text, const char* until) {
  TokenTrail trail;
  const Slice known{text.first, until};
  for (const char* at = skip_blanks(text.first, until); at != until;) {
    const Slice token = token_at(known, at);
    trail.before_last = trail.last;
    trail.last = token;
    trail.unclosed_text = *at == '"' && token.size() == 1;
    follow_brackets(trail, token);
    at = skip_blanks(token.last, until);
  }
  return trail;
}

}  // namespace alur::dsl
