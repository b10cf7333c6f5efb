// Whether a file can be text at all, before anybody looks for YAML in it.
#pragma once

#include <cstddef>

#include "dsl/finding/finding.hpp"
#include "dsl/finding/source.hpp"

namespace alur::dsl {

// False, and one finding, for a file that is too large, is not UTF-8, or has control characters
// other than tabs and line breaks (a carriage return must stand before a line feed).
bool check_bytes(const SourceFile& file, FileId id, std::size_t bytes_max, Findings& findings);

}  // namespace alur::dsl
