// What the type grammar reads.
#pragma once

#include <optional>
#include <vector>

#include "dsl/grammar/halt.hpp"
#include "dsl/grammar/slice.hpp"

namespace alur::dsl::syntax {

struct Bounds {
  Slice low;
  Slice high;
  Slice extent;  // parentheses included; empty when there are none
};

// A word with its bounds, or `one of` members.
struct PlainType {
  Slice word;
  std::vector<Slice> members;
  Bounds bounds;
  Slice extent;
};

struct Type {
  bool is_private = false;
  bool is_list = false;
  PlainType plain;  // of a list: what its items are
  Bounds apart;     // bounds that do not touch the word
  bool optional = false;
};

inline constexpr const char* wanted_bounds = "bounds";
inline constexpr const char* wanted_word = "word";

std::optional<Halt> read_type(Slice text, Type& tree);

}  // namespace alur::dsl::syntax
