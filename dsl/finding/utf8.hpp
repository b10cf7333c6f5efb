// One code point at a time out of bytes that may be anything. Normalising and case belong
// elsewhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace alur::dsl {

inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// `valid` is false for a byte that begins no well-formed UTF-8 sequence (overlong forms, surrogates
// and code points past U+10FFFF are not well formed); then `size` is 1 and `value` is that byte.
struct CodePoint {
  char32_t value;
  std::uint32_t size;
  bool valid;
};

// The code point at `offset`, which must lie inside the text.
CodePoint decode_utf8(std::string_view text, std::size_t offset);
void append_utf8(std::string& out, char32_t value);
// How many code points; a byte that is not UTF-8 counts as one.
std::size_t count_code_points(std::string_view text);
// Where the first byte is that is not UTF-8, or npos.
std::size_t find_invalid_utf8(std::string_view text);
// The text with U+FFFD for every byte that is not UTF-8.
std::string to_valid_utf8(std::string_view text);

}  // namespace alur::dsl
