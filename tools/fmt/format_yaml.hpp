// An app's YAML in one form: two spaces a level, list dashes below their key, one space after `:`
// and `-` and before a comment, a blank line between states and sections, no blanks at the ends of
// lines. Comments, the order of keys, quotes and the words stay as they are.
#pragma once

#include <optional>
#include <string>

#include "dsl/finding/finding.hpp"
#include "dsl/finding/source.hpp"

namespace alur::tools {

// Nothing when the file cannot be read: the findings say why. Nothing and no finding when what came
// out would not say the same, which is a fault of the formatter.
std::optional<std::string> format_yaml(const dsl::SourceFile& file, dsl::FileId id,
                                       dsl::Findings& findings);

}  // namespace alur::tools
