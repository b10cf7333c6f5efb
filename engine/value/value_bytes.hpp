// The compact bytes of values and of whatever is stored beside them: a writer, a reader that
// survives any garbage, and the encoding of a Value. What a session is made of is engine/machine's.
//
// A value is a tag byte and its content: false 1 byte, a small integer 2, ten letters 12. Numbers
// are varints, names four-byte keys. There is one encoding for each value: what decodes encodes
// back to the same bytes.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "engine/value/value.hpp"

namespace alur::value {

// Appends to a string that the caller owns.
class ByteWriter {
 public:
  explicit ByteWriter(std::string& out) : out_(out) {}

  void byte(std::uint8_t number) { out_.push_back(static_cast<char>(number)); }
  void boolean(bool flag) { byte(flag ? 1 : 0); }
  // 7 bits a byte, lowest first.
  void varint(std::uint64_t number) {
    if (number < 0x80) return byte(static_cast<std::uint8_t>(number));
    std::array<char, 10> raw;
    std::size_t size = 0;
    for (; number >= 0x80; number >>= 7) raw[size++] = static_cast<char>(number | 0x80);
    raw[size++] = static_cast<char>(number);
    out_.append(raw.data(), size);
  }
  // A varint in which small negative numbers are small.
  void zigzag(std::int64_t number) {
    varint((static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63));
  }
  void fixed32(std::uint32_t number) { fixed(number); }  // little-endian
  void fixed64(std::uint64_t number) { fixed(number); }
  void bytes(std::string_view raw) { out_.append(raw); }  // no length
  void text(std::string_view text) {                      // length, then bytes
    varint(text.size());
    bytes(text);
  }

 private:
  template <class Number>
  void fixed(Number number) {
    static_assert(std::endian::native == std::endian::little);
    std::array<char, sizeof(Number)> raw;
    std::memcpy(raw.data(), &number, raw.size());
    out_.append(raw.data(), raw.size());
  }

  std::string& out_;
};

// Reads what ByteWriter wrote. The first thing that does not fit makes it fail for good: from then
// on every read gives zero or empty. Views point into the input.
class ByteReader {
 public:
  explicit ByteReader(std::string_view input) : input_(input) {}

  bool ok() const { return ok_; }
  bool at_end() const { return input_.empty(); }
  std::size_t remaining() const { return input_.size(); }
  // Everything was read and nothing failed.
  bool finished() const { return ok_ && input_.empty(); }
  void fail() {
    ok_ = false;
    input_ = {};
  }

  std::uint8_t byte() {
    if (input_.empty()) {
      fail();
      return 0;
    }
    const auto number = static_cast<std::uint8_t>(input_.front());
    input_.remove_prefix(1);
    return number;
  }
  bool boolean();  // 0 or 1, else it fails
  // In its shortest form, else it fails.
  std::uint64_t varint() {
    const std::uint8_t first = byte();
    return first < 0x80 ? first : varint_after(first);
  }
  std::int64_t zigzag() {
    const std::uint64_t number = varint();
    return static_cast<std::int64_t>((number >> 1) ^ (~(number & 1) + 1));
  }
  std::uint32_t fixed32() { return fixed<std::uint32_t>(); }
  std::uint64_t fixed64() { return fixed<std::uint64_t>(); }
  std::string_view bytes(std::size_t count) {
    if (count > input_.size()) {
      fail();
      return {};
    }
    const std::string_view raw = input_.substr(0, count);
    input_.remove_prefix(count);
    return raw;
  }
  std::string_view text() { return bytes(varint()); }
  // The length of a list to come, each item of which takes at least so many bytes: fails when the
  // input cannot hold it, so that it may be reserved.
  std::size_t count(std::size_t item_bytes_min);

 private:
  std::uint64_t varint_after(std::uint8_t first);

  template <class Number>
  Number fixed() {
    Number number = 0;
    const std::string_view raw = bytes(sizeof number);
    if (!raw.empty()) std::memcpy(&number, raw.data(), sizeof number);
    return number;
  }

  std::string_view input_;
  bool ok_ = true;
};

inline constexpr int value_depth_max = 16;

// Asserts that lists and records are nested at most value_depth_max deep.
void encode_value(const Value& value, ByteWriter& writer);
// Unset, and the reader failed, for anything that encode_value does not write.
Value decode_value(ByteReader& reader);

}  // namespace alur::value
