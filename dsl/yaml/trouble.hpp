// A mistake met while reading, with what takes it out of the way so that the rest can be read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dsl/finding/finding.hpp"
#include "dsl/yaml/mended_text.hpp"

namespace alur::dsl {

struct Trouble {
  Finding finding;
  // With these the file reads as its author meant it. Empty: the reader goes on without.
  std::vector<Edit> edits;
  // Something of the file is lost all the same.
  bool loses = false;
  // Nothing more can be read.
  bool fatal = false;
};

// A file with more mistakes than these is not read to its end.
inline constexpr std::size_t troubles_max = Findings::kept_max;

// Thrown through the parser by its event handler after it has noted a trouble that ends the pass.
// Never leaves read_yaml.
struct Stop {};

// The text in double quotes, as YAML wants it.
std::string to_quoted(std::string_view text);

// What to do about a text that needs quotes: a suggestion, and the edit itself for the text at
// `span`.
void suggest_quotes(Finding& finding, Span span, std::string_view text);

}  // namespace alur::dsl
