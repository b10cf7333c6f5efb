// The decoding is ICU's macros, kept in this one file.
#include "engine/value/code_points.hpp"

#include <unicode/utf.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cassert>

namespace alur::value {

CodePoints::CodePoints(std::string_view text)
    : bytes_(text.data()), end_(static_cast<std::int32_t>(text.size())) {
  assert(text.size() <= INT32_MAX);
}

char32_t CodePoints::next_of_several() {
  UChar32 c = 0;
  U8_NEXT_OR_FFFD(bytes_, begin_, end_, c);
  return static_cast<char32_t>(c);
}

// The longest piece that reads forward to exactly the end.
char32_t CodePoints::next_from_end() {
  for (std::int32_t start = std::max(end_ - U8_MAX_LENGTH, begin_); start < end_; ++start) {
    std::int32_t at = start;
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(bytes_, at, end_, c);
    if (at == end_) {
      end_ = start;
      return static_cast<char32_t>(c);
    }
  }
  assert(false && "a single byte always reads to its end");
  return 0;
}

void append_utf8(char32_t code_point, std::string& out) {
  if (code_point < 0x80) {
    out += static_cast<char>(code_point);
    return;
  }
  std::uint32_t c = code_point;
  if (c > 0x10ffff || U_IS_SURROGATE(c)) c = 0xfffd;
  std::array<char, U8_MAX_LENGTH> bytes;
  std::int32_t length = 0;
  U8_APPEND_UNSAFE(bytes, length, c);
  out.append(bytes.data(), static_cast<std::size_t>(length));
}

}  // namespace alur::value
