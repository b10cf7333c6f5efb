// The names of kept files. All that has to be known of a file stands in its name, so that nothing
// else has to agree with the folder: ID-OWNER-UPLOAD-DIGEST.jpg, in hexadecimal. None of it is a
// citizen's own word.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/ports/file_type.hpp"

namespace alur::adapters {

// What comes before a name is final.
inline constexpr std::string_view part_ending = ".part";

struct FileName {
  std::string id;            // ports::file_id_length characters of chance
  std::uint64_t owner = 0;   // the citizen's key
  std::uint64_t upload = 0;  // a keyed hash of the owner and of their own name for it
  std::string digest;        // ports::file_digest_length
  const ports::FileType* type = nullptr;
};

std::string to_text(const FileName& name);
// Nothing for a name that is not ours.
std::optional<FileName> parse_file_name(std::string_view text);

// 16 characters.
std::string key_to_hex(std::uint64_t key);

// A new id.
std::string make_file_id();

}  // namespace alur::adapters
