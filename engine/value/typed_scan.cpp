#include "engine/value/typed_scan.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cassert>

#include "engine/value/code_points.hpp"
#include "engine/value/text.hpp"

namespace alur::value {

namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

char32_t folded_point(char32_t c) {
  const auto point = static_cast<UChar32>(c);
  if (c >= 'A' && c <= 'Z') return c - 'A' + 'a';
  if (c < 0x20 || c == 0x7f || u_isUWhiteSpace(point)) return ' ';
  if (c < 0x80) return c;
  const auto type = u_charType(point);
  if (type == U_DECIMAL_DIGIT_NUMBER) return U'0' + static_cast<char32_t>(u_charDigitValue(point));
  if (type == U_DASH_PUNCTUATION || c == 0x2212) return '-';  // the minus sign
  return c;
}

std::string compatibility_folded(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const auto wide = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  std::string out;
  form->normalize(wide, status).toUTF8String(out);
  assert(U_SUCCESS(status));
  return out;
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
  const std::string plain =
      is_ascii(input) ? std::string(input) : compatibility_folded(trimmed(input));
  std::string out;
  char32_t last = ' ';
  for (CodePoints points(plain); !points.at_end();) {
    const char32_t c = folded_point(points.next());
    if (c != ' ' || last != ' ') append_utf8(c, out);
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

bool TypedScan::take(char wanted) { return take_any({&wanted, 1}) != '\0'; }

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
  while (digit_at(end) || (end < text_.size() && (text_[end] == '.' || text_[end] == ',') &&
                           digit_at(end + 1))) {
    ++end;
  }
  return take_first(end);
}

}  // namespace alur::value
