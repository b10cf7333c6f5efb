// Folding a code point at a time; after that the cursor knows bytes only.
#include "engine/value/typed_scan.hpp"

#include <unicode/uchar.h>

#include <algorithm>

#include "engine/value/code_points.hpp"

namespace alur::value {

namespace {

// As part of a word: jum'at.
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || c == '\'' || static_cast<unsigned char>(c) >= 0x80;
}

constexpr char32_t dropped = 0;

// Not NFKC, which would read 5² as 52.
char32_t folded_point(char32_t c) {
  if (c >= 0xff01 && c <= 0xff5e) c -= 0xfee0;  // full width
  const auto point = static_cast<UChar32>(c);
  if (c > ' ' && c < 0x7f) return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
  switch (u_charType(point)) {
    case U_DECIMAL_DIGIT_NUMBER:
      return U'0' + static_cast<char32_t>(u_charDigitValue(point));
    case U_DASH_PUNCTUATION:
      return '-';
    case U_FORMAT_CHAR:  // direction marks come along with pasted telephone numbers
      return dropped;
    default:
      break;
  }
  if (c == 0x2212) return '-';   // the minus sign
  if (c == 0x2019) return '\'';  // the typographic apostrophe
  if (c < ' ' || c == 0x7f || u_isUWhiteSpace(point)) return ' ';
  return static_cast<char32_t>(u_foldCase(point, U_FOLD_CASE_DEFAULT));
}

}  // namespace

Tongue tongue_of(std::string_view language) {
  const std::string_view code = language.substr(0, language.find('-'));
  if (code == "id") return Tongue::indonesian;
  return code == "en" ? Tongue::english : Tongue::other;
}

const Word* find_word(std::span<const Word> words, std::string_view word) {
  const auto found = std::find_if(words.begin(), words.end(),
                                  [word](const Word& entry) { return entry.word == word; });
  return found == words.end() ? nullptr : &*found;
}

std::string folded_typed(std::string_view input) {
  std::string out;
  char32_t last = ' ';
  for (CodePoints points(input); !points.at_end();) {
    const char32_t c = folded_point(points.next());
    if (c == dropped || (c == ' ' && last == ' ')) continue;
    append_utf8(c, out);
    last = c;
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

std::string_view TypedScan::take_first(std::size_t count) {
  const std::string_view taken = text_.substr(0, count);
  text_.remove_prefix(taken.size());
  return taken;
}

bool TypedScan::take(char wanted) {
  return take_any({&wanted, 1}) != '\0';
}

char TypedScan::take_any(std::string_view wanted) {
  if (text_.empty() || wanted.find(text_.front()) == wanted.npos) return '\0';
  return take_first(1).front();
}

bool TypedScan::take_word(std::string_view wanted) {
  const Word only{wanted, 0};
  return take_word(std::span(&only, 1)) != nullptr;
}

const Word* TypedScan::take_word(std::span<const Word> words) {
  TypedScan ahead = *this;
  ahead.skip_blank();
  const Word* found = find_word(words, ahead.take_letters());
  if (found != nullptr) *this = ahead;
  return found;
}

bool TypedScan::take_end() {
  if (text_.size() == 1) take_any(".!");
  return text_.empty();
}

std::string_view TypedScan::take_letters() {
  const auto end = std::find_if_not(text_.begin(), text_.end(), is_letter);
  return take_first(static_cast<std::size_t>(end - text_.begin()));
}

std::string_view TypedScan::take_digits() {
  const auto end = std::find_if_not(text_.begin(), text_.end(), is_digit);
  return take_first(static_cast<std::size_t>(end - text_.begin()));
}

std::string_view TypedScan::take_figures() {
  std::size_t end = 0;
  const auto digit_at = [this](std::size_t at) { return at < text_.size() && is_digit(text_[at]); };
  while (digit_at(end) ||
         (end < text_.size() && (text_[end] == '.' || text_[end] == ',') && digit_at(end + 1))) {
    ++end;
  }
  return take_first(end);
}

}  // namespace alur::value
