// An answer of the registry for people at a terminal: what it is, and if they want why.
#pragma once

#include <string>

#include "adapters/registry/lookup.hpp"

namespace alur::tools {

// `licensed: BANK CENTRAL ASIA (bca), full, as of 2026-01-02`, candidates on lines below it.
std::string tell_lookup(const registry::Snapshot& lists, const registry::Answer& answer);
// The forms that were compared, what was found out, the rule that decided, and every name that is
// similar with its score.
std::string explain_lookup(const registry::Snapshot& lists, std::string_view typed,
                           const registry::Answer& answer);

}  // namespace alur::tools
