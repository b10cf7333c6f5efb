#include "dsl/finding/utf8.hpp"

#include <cstring>

namespace alur::dsl {
namespace {

unsigned byte_at(std::string_view text, std::size_t offset) {
  return static_cast<unsigned char>(text[offset]);
}

bool is_continuation(std::string_view text, std::size_t offset) {
  return offset < text.size() && (byte_at(text, offset) & 0xC0U) == 0x80U;
}

// How many bytes a sequence with this first byte has; 0 for a byte that begins none.
std::uint32_t sequence_size(unsigned first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return 2;
  if (first >= 0xE0 && first <= 0xEF) return 3;
  if (first >= 0xF0 && first <= 0xF4) return 4;
  return 0;
}

bool is_well_formed(char32_t value, std::uint32_t size) {
  if (size == 3) return value >= 0x800 && (value < 0xD800 || value > 0xDFFF);
  if (size == 4) return value >= 0x10000 && value <= 0x10FFFF;
  return true;
}

bool is_ascii(const char* eight_bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, eight_bytes, sizeof word);
  return (word & 0x8080808080808080U) == 0;
}

}  // namespace

CodePoint decode_utf8(std::string_view text, std::size_t offset) {
  const unsigned first = byte_at(text, offset);
  if (first < 0x80) return {first, 1, true};
  const std::uint32_t size = sequence_size(first);
  if (size == 0) return {first, 1, false};
  char32_t value = first & (0xFFU >> (size + 1));
  for (std::uint32_t i = 1; i < size; ++i) {
    if (!is_continuation(text, offset + i)) return {first, 1, false};
    value = (value << 6U) | (byte_at(text, offset + i) & 0x3FU);
  }
  if (!is_well_formed(value, size)) return {first, 1, false};
  return {value, size, true};
}

void append_utf8(std::string& out, char32_t value) {
  const auto tail = [&](unsigned shift) {
    out.push_back(static_cast<char>(0x80U | ((value >> shift) & 0x3FU)));
  };
  if (value < 0x80) {
    out.push_back(static_cast<char>(value));
  } else if (value < 0x800) {
    out.push_back(static_cast<char>(0xC0U | (value >> 6U)));
    tail(0);
  } else if (value < 0x10000) {
    out.push_back(static_cast<char>(0xE0U | (value >> 12U)));
    tail(6);
    tail(0);
  } else {
    out.push_back(static_cast<char>(0xF0U | (value >> 18U)));
    tail(12);
    tail(6);
    tail(0);
  }
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) {
    at += decode_utf8(text, at).size;
  }
  return count;
}

std::size_t find_invalid_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (at + 8 <= text.size() && is_ascii(text.data() + at)) {
      at += 8;
      continue;
    }
    const CodePoint point = decode_utf8(text, at);
    if (!point.valid) return at;
    at += point.size;
  }
  return std::string_view::npos;
}

std::string to_valid_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    append_utf8(out, point.valid ? point.value : U'\uFFFD');
    at += point.size;
  }
  return out;
}

}  // namespace alur::dsl
