#include "engine/ports/files.hpp"

#include <algorithm>

namespace alur::ports {
namespace {

constexpr std::size_t name_bytes_max = 100;

bool is_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

// The length of the letter of UTF-8 at the front; 0: there is none. Overlong forms and surrogates
// are let through: what shows the name draws them as a box.
std::size_t letter_length(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t length = first < 0x80             ? 1
                             : (first & 0xe0) == 0xc0 ? 2
                             : (first & 0xf0) == 0xe0 ? 3
                             : (first & 0xf8) == 0xf0 ? 4
                                                      : 0;
  if (length == 0 || length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80) return 0;
  }
  return length;
}

// Control characters of ASCII and Latin-1, and what is not seen but turns, joins or parts lines:
// U+200B to U+200F, U+2028 to U+202E, U+2060 to U+206F, U+FEFF.
bool is_unseen(std::string_view letter) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(letter[i]); };
  if (letter.size() == 1) return at(0) < 0x20 || at(0) == 0x7f;
  if (letter.size() == 2) return at(0) == 0xc2 && at(1) < 0xa0;
  if (letter.size() != 3) return false;
  if (at(0) == 0xef) return at(1) == 0xbb && at(2) == 0xbf;
  if (at(0) != 0xe2) return false;
  if (at(1) == 0x80) return (at(2) >= 0x8b && at(2) <= 0x8f) || (at(2) >= 0xa8 && at(2) <= 0xae);
  return at(1) == 0x81 && at(2) >= 0xa0 && at(2) <= 0xaf;
}

}  // namespace

std::string_view to_text(FileFault fault) {
  switch (fault) {
    case FileFault::too_large:
      return "too_large";
    case FileFault::not_taken:
      return "not_taken";
    case FileFault::too_many:
      return "too_many";
    case FileFault::no_room:
      return "no_room";
    case FileFault::unavailable:
      break;
  }
  return "unavailable";
}

std::string clean_file_name(std::string_view name) {
  const std::size_t folder = name.find_last_of("/\\");
  if (folder != std::string_view::npos) name.remove_prefix(folder + 1);
  std::string out;
  while (!name.empty()) {
    const std::size_t length = letter_length(name);
    const std::string_view letter = name.substr(0, std::max<std::size_t>(1, length));
    name.remove_prefix(letter.size());
    if (length == 0 || is_unseen(letter)) continue;
    if (out.size() + letter.size() > name_bytes_max) break;
    out += letter;
  }
  const std::size_t first = out.find_first_not_of(" .");
  return first == std::string::npos ? std::string() : out.substr(first);
}

value::Media media_of(const KeptFile& file, std::string_view name) {
  value::Media media;
  media.kind = file.kind;
  media.source = file.reference;
  media.mime = file.mime;
  media.file_name = clean_file_name(name);
  media.size_bytes = file.size_bytes;
  return media;
}

std::string file_reference(std::string_view id, std::string_view digest) {
  std::string out(reference_begin);
  out += id;
  out += ':';
  out += digest;
  return out;
}

std::optional<FileReference> parse_reference(std::string_view text) {
  constexpr std::size_t length = reference_begin.size() + file_id_length + 1 + file_digest_length;
  if (text.size() != length || !text.starts_with(reference_begin)) return std::nullopt;
  const FileReference found{text.substr(reference_begin.size(), file_id_length),
                            text.substr(length - file_digest_length)};
  const bool good = text[reference_begin.size() + file_id_length] == ':' && is_hex(found.id) &&
                    is_hex(found.digest);
  return good ? std::optional(found) : std::nullopt;
}

}  // namespace alur::ports
