// How long a text can become in a language, whatever its variables hold.
//
// A template's length is the sum of its parts'. Each part's bound follows from the type of its
// expression, which holds every value that can stand there, through its filters in their order;
// each of these can only make a longer text of a longer one. So the sum is never exceeded; and
// since the longest values of different variables can come together, it is reached wherever no two
// parts depend on each other.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "dsl/ast/ast.hpp"
#include "dsl/check/shown_bounds.hpp"

namespace alur::dsl {

// A `{...}` of a text and how long it can be.
struct FillingBound {
  const ast::TemplatePart* part = nullptr;
  Extent extent;
};

struct TextBound {
  Extent extent;
  FillingBound longest;  // the longest `{...}`, if there is one
  bool has_data = false;
  bool may_be_blank = false;  // nothing, or only blanks and filled-in texts that may be empty
};

// Expressions must have their types; nothing where one is faulty.
std::optional<TextBound> text_bound(const ast::Template& words, const ShownBounds& bounds);

// The wording of a text in a language: its own, else that for all languages, else the first; null
// where the text has none. As dsl/emit chooses.
const ast::Template* wording_in(const ast::Text& text, std::string_view language);

}  // namespace alur::dsl
