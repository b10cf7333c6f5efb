// Opening hours as they are written -> as they are kept, with the holidays of their file.
#pragma once

#include "dsl/check/check.hpp"

namespace alur::dsl {

HoursSymbol declare_hours(const ast::Hours& hours, const ReadFile& read_file, Findings& findings);

}  // namespace alur::dsl
