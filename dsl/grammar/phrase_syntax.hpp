// What the phrase grammar reads, branches inside branches.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "dsl/grammar/halt.hpp"
#include "dsl/grammar/slice.hpp"

namespace alur::dsl::syntax {

struct PhrasePiece;

struct PhraseBranch {
  std::vector<PhrasePiece> pieces;
  Slice extent;
};

enum class PhraseKind : std::uint8_t { words, capture, one_of, optional };

struct PhrasePiece {
  PhraseKind kind{};
  Slice text;  // words, or what stands between the braces of a capture
  std::vector<PhraseBranch> branches;
  Slice extent;
};

// The bracket depth of the text must have been checked: this recurses.
std::optional<Halt> read_phrase(Slice text, PhraseBranch& tree);

}  // namespace alur::dsl::syntax
