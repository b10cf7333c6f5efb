#include "dsl/yaml/bytes.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <string_view>

#include "dsl/finding/utf8.hpp"
#include "dsl/yaml/lines.hpp"

namespace alur::dsl {
namespace {

constexpr std::array<bool, 256> control_bytes() {
  std::array<bool, 256> table{};
  for (std::size_t byte = 0; byte < 0x20; ++byte) table[byte] = true;
  table[0x7F] = true;
  table['\t'] = false;
  table['\n'] = false;
  return table;
}

// The first control character; npos if there is none. Of the two-byte ones only those from U+0080
// to U+009F are control characters.
std::size_t find_control_character(std::string_view text) {
  static constexpr std::array<bool, 256> is_control = control_bytes();
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte == 0xC2 && static_cast<unsigned char>(text[at + 1]) < 0xA0) return at;
    if (!is_control[byte]) continue;
    if (line_break_at(text, static_cast<std::uint32_t>(at)) == 0) return at;
  }
  return std::string_view::npos;
}

Span byte_at(FileId id, std::size_t at, std::size_t size) {
  return {id, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + size)};
}

}  // namespace

bool check_bytes(const SourceFile& file, FileId id, std::size_t bytes_max, Findings& findings) {
  const std::string_view text = file.text();
  if (text.size() > bytes_max) {
    findings.add(
        Code::file_too_large, {id, 0, 0},
        fmt::format("this file has {} bytes, and at most {} can be read", text.size(), bytes_max));
    return false;
  }
  if (const std::size_t at = find_invalid_utf8(text); at != std::string_view::npos) {
    const auto byte = static_cast<unsigned char>(text[at]);
    findings.add(Code::not_utf8, byte_at(id, at, 1),
                 fmt::format("byte {} of this file, {:02X} in hexadecimal, is not UTF-8", at + 1,
                             static_cast<unsigned>(byte)),
                 "save the file as UTF-8");
    return false;
  }
  if (const std::size_t at = find_control_character(text); at != std::string_view::npos) {
    const CodePoint point = decode_utf8(text, at);
    findings.add(Code::control_character, byte_at(id, at, point.size),
                 fmt::format("here is an invisible control character, U+{:04X}",
                             static_cast<unsigned>(point.value)),
                 "delete it");
    return false;
  }
  return true;
}

}  // namespace alur::dsl
