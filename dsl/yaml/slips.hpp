// Slips that bring the parser out of step some lines before or after it complains: characters that
// only look like YAML's own, a text that has left its `|`, an entry without its dash. Each is told
// where it is, and mended so that the lines around it read as they were meant.
#pragma once

#include <optional>

#include "dsl/yaml/line_shape.hpp"
#include "dsl/yaml/trouble.hpp"

namespace alur::dsl {

// A dash, blank or colon in this line that is none of YAML's, or a `-` without its blank.
std::optional<Trouble> find_foreign_character(const MendedText& mended, const LineShape& line);

// A text under `|` above this line, or that this line belongs to, which goes on too far to the left
// for it. Pasted texts are so.
std::optional<Trouble> find_outdented_text(const MendedText& mended, const LineShape& line);

// A line above this one stands too far left and ends what this line and others go on with.
std::optional<Trouble> find_outdented_line(const MendedText& mended, const LineShape& line);

// The line above lacks the space after its `:`, so that this one has no key to stand beside.
std::optional<Trouble> find_glued_colon_above(const MendedText& mended, const LineShape& line);

// This line is an entry of a list whose first entry lacks its `- `.
std::optional<Trouble> find_entry_without_dash(const MendedText& mended, const LineShape& line);

}  // namespace alur::dsl
