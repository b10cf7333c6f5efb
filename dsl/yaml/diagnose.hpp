// The parser has stopped and says only where and in its own words. This looks at the source around
// the place and tells an author what is wrong there.
#pragma once

#include <cstdint>
#include <optional>

#include "dsl/yaml/mended_text.hpp"
#include "dsl/yaml/trouble.hpp"

namespace alur::dsl {

// What the parser complains of, as far as it helps.
enum class Complaint : std::uint8_t {
  colon,            // a `:` where no key can be
  dash,             // a `- ` where no item can be
  line,             // something between the lines of a map or list
  flow,             // something between the parts of a `[ ]` or `{ }`
  closing_bracket,  // a `]` or `}` that closes nothing
  character,        // a character that nothing begins with
  name,             // an alias or anchor
  block_header,     // something after `|` or `>`
  open_quote,       // a quote without an end
  escape,           // a backslash that means nothing
  tab,              // a tab in the indentation
  depth,            // too deep
  other,
};

struct Complained {
  Complaint what = Complaint::other;
  std::uint32_t at = 0;
  // Everything before this place has been understood.
  std::uint32_t understood = 0;
  // The outermost bracket that is open there.
  std::optional<std::uint32_t> bracket;
};

// Always mends something, or is fatal.
Trouble diagnose(const MendedText& mended, const Complained& complained);

}  // namespace alur::dsl
