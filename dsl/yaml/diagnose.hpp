// The parser has stopped and says only where and in its own words. This looks at the source around
// the place and tells an author what is wrong there.
#pragma once

#include <cstdint>
#include <optional>

#include "dsl/yaml/mended_text.hpp"
#include "dsl/yaml/traps.hpp"
#include "dsl/yaml/trouble.hpp"

namespace alur::dsl {

// What the parser complains of, as far as it helps to know.
enum class Complaint : std::uint8_t {
  colon,            // a `:` where no key can be
  line,             // something that is no part of the map, list or brackets it stands in
  closing_bracket,  // a `]` or `}` that closes nothing
  character,        // a character that nothing begins with
  open_quote,       // a quote without an end
  escape,           // a backslash that means nothing
  other,
};

struct Complained {
  Complaint what = Complaint::other;
  std::uint32_t at = 0;
  // Everything before this place has been understood. Lies in the text, as `at` need not.
  std::uint32_t understood = 0;
  // The last scalar that has been understood.
  Range last_text{};
  // The outermost bracket that is open there.
  std::optional<std::uint32_t> bracket;
};

// Always mends something, or is fatal.
Trouble diagnose(const MendedText& mended, const Complained& complained);

}  // namespace alur::dsl
