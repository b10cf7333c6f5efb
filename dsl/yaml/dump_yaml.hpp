// The marked tree as text, for tests and for people.
#pragma once

#include <string>

#include "dsl/finding/source.hpp"
#include "dsl/yaml/node.hpp"

namespace alur::dsl {

// One node a line, children indented by two spaces: where it stands, what it is, and its text with
// escapes. A key's line bears its value's line below it.
//
//   1:1-2:9 map
//     1:1-1:5 key plain "flow"
//       1:7-1:15 plain "greeting"
std::string dump_yaml(const SourceFile& file, const Document& document);

}  // namespace alur::dsl
