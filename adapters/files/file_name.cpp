#include "adapters/files/file_name.hpp"

#include <openssl/rand.h>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <span>

#include "adapters/files/digest.hpp"
#include "engine/ports/files.hpp"

namespace alur::adapters {
namespace {

constexpr std::size_t key_length = 16;

bool is_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

const ports::FileType* type_of_ending(std::string_view ending) {
  for (const ports::FileType& type : ports::file_types()) {
    if (type.ending == ending) return &type;
  }
  return nullptr;
}

// The next `length` characters and the one that parts them from what follows.
std::string_view take(std::string_view& text, std::size_t length, char after) {
  if (text.size() <= length || text[length] != after || !is_hex(text.substr(0, length))) return {};
  const std::string_view taken = text.substr(0, length);
  text.remove_prefix(length + 1);
  return taken;
}

}  // namespace

std::string key_to_hex(std::uint64_t number) {
  std::string out(key_length, '0');
  for (std::size_t at = key_length; number != 0; number >>= 4) {
    out[--at] = "0123456789abcdef"[number & 15];
  }
  return out;
}

std::string to_text(const FileName& name) {
  std::string out = name.id;
  for (const std::string& part : {key_to_hex(name.owner), key_to_hex(name.upload), name.digest}) {
    out += '-';
    out += part;
  }
  out += '.';
  out += name.type->ending;
  return out;
}

std::optional<FileName> parse_file_name(std::string_view text) {
  FileName name;
  name.id = take(text, ports::file_id_length, '-');
  const std::string_view owner = take(text, key_length, '-');
  const std::string_view upload = take(text, key_length, '-');
  name.digest = take(text, ports::file_digest_length, '.');
  name.type = type_of_ending(text);
  if (name.id.empty() || owner.empty() || upload.empty() || name.digest.empty() || !name.type) {
    return std::nullopt;
  }
  std::from_chars(owner.data(), owner.data() + owner.size(), name.owner, 16);
  std::from_chars(upload.data(), upload.data() + upload.size(), name.upload, 16);
  return name;
}

std::string make_file_id() {
  unsigned char bytes[ports::file_id_length / 2];
  const int filled = RAND_bytes(bytes, sizeof bytes);
  assert(filled == 1);
  return bytes_to_hex(bytes);
}

}  // namespace alur::adapters
