// CodePoints: a walk over the code points of UTF-8 from either end. Bytes that are not UTF-8 give
// U+FFFD, one for each maximal ill-formed piece, as everywhere in this layer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace alur::value {

class CodePoints {
 public:
  // At most 2 GiB of text.
  explicit CodePoints(std::string_view text);

  bool at_end() const { return begin_ >= end_; }
  // The byte offsets of what is left.
  std::size_t begin() const { return static_cast<std::size_t>(begin_); }
  std::size_t end() const { return static_cast<std::size_t>(end_); }

  // Not at the end.
  char32_t next() {
    const auto byte = static_cast<unsigned char>(bytes_[begin_]);
    if (byte >= 0x80) return next_of_several();
    ++begin_;
    return byte;
  }
  char32_t next_from_end();

 private:
  char32_t next_of_several();

  const char* bytes_;
  std::int32_t begin_ = 0;
  std::int32_t end_;
};

// U+FFFD for what is no code point.
void append_utf8(char32_t code_point, std::string& out);

}  // namespace alur::value
