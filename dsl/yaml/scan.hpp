// Where a scalar ends and which byte of it came from where. The parser only says where a scalar
// begins and what its text is; this walks over the source beside that text and must arrive at the
// same bytes. It does not decide what a scalar's text is: where the two disagree it says so.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "dsl/yaml/node.hpp"

namespace alur::dsl {

struct ScannedScalar {
  bool agrees = false;
  ScalarStyle style = ScalarStyle::plain;
  std::uint32_t end = 0;  // after its last byte, quotes included, the last line break not
  // How many bytes of the value are the scalar's text: the last line break of a block text is not.
  std::uint32_t text_size = 0;
};

// Scans the scalar that begins at `begin` and whose text the parser says is `value`. Writes the
// runs of its text into `runs`, the places in them being places in `text`.
ScannedScalar scan_scalar(std::string_view text, std::uint32_t begin, std::string_view value,
                          std::vector<TextRun>& runs);

}  // namespace alur::dsl
