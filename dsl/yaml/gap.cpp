#include "dsl/yaml/gap.hpp"

#include "dsl/yaml/lines.hpp"

namespace alur::dsl {
namespace {

bool is_punctuation(char c) {
  return c == '-' || c == ':' || c == ',';
}

bool is_document_end(std::string_view text, std::uint32_t at) {
  return text.substr(at, 3) == "..." && find_line_begin(text, at) == at;
}

}  // namespace

Gap scan_gap(std::string_view text, std::uint32_t begin, std::uint32_t end, bool after_plain,
             bool in_brackets) {
  Gap gap;
  bool text_before = after_plain || (in_brackets && begin > 0);
  for (std::uint32_t at = begin; at < end;) {
    const char c = text[at];
    if (is_blank(c) || c == '\r') {
      ++at;
    } else if (c == '\n') {
      text_before = false;
      ++at;
      if (!gap.tab) gap.tab = find_tab_in_indentation(text, at);
    } else if (c == '#') {
      const bool before_text = at + 1 < text.size() && is_letter_or_digit(text[at + 1]);
      if (text_before && before_text && !gap.hash) gap.hash = at;
      at = find_line_end(text, at);
    } else if (is_punctuation(c)) {
      text_before = in_brackets;
      ++at;
    } else if (c == '.' && is_document_end(text, at)) {
      at += 3;
    } else {
      gap.odd = at;
      return gap;
    }
  }
  return gap;
}

std::uint32_t skip_to_token(std::string_view text, std::uint32_t at) {
  while (at < text.size()) {
    const char c = text[at];
    if (c == '#') {
      at = find_line_end(text, at);
    } else if (is_blank(c) || c == '\n' || c == '\r') {
      ++at;
    } else {
      break;
    }
  }
  return at;
}

}  // namespace alur::dsl
