// What the template grammar reads: stretches of words and what stands between braces.
#pragma once

#include <optional>
#include <vector>

#include "dsl/grammar/halt.hpp"
#include "dsl/grammar/slice.hpp"

namespace alur::dsl::syntax {

struct Piece {
  bool hole = false;
  Slice text;  // of a hole: between the braces; of words: as written, `{{` and all
};

std::optional<Halt> read_template(Slice text, std::vector<Piece>& pieces);

}  // namespace alur::dsl::syntax
