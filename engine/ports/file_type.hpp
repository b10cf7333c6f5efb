// Which types of files there are for us, and which of them some bytes are: told by how the content
// begins, never by a name or by what somebody says it is. HTML and SVG, which a browser would run,
// are none of them.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "engine/value/value.hpp"

namespace alur::ports {

struct FileType {
  std::string_view name;    // in alur.yaml
  std::string_view ending;  // of the kept file's name
  std::string_view mime;
  value::MediaKind kind;  // image or document
};

std::span<const FileType> file_types();
// Null: there is none.
const FileType* find_file_type(std::string_view name);

// So many bytes tell it; a file with fewer is none of ours.
inline constexpr std::size_t type_bytes = 16;
// Of the first bytes of a file; null: none of ours.
const FileType* type_of_content(std::string_view begin);

}  // namespace alur::ports
