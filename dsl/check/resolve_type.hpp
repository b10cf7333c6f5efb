// Written types -> types. Records are resolved in the order in which they need one another; one
// that needs itself has no smallest value and is refused.
#pragma once

#include <map>
#include <string>

#include "dsl/check/symbols.hpp"
#include "dsl/check/type_rules.hpp"
#include "dsl/finding/finding.hpp"

namespace alur::dsl {

using Records = std::map<std::string, TypeRef, std::less<>>;

// Every record of the app; null for one that is faulty.
Records resolve_records(const ast::App& app, Findings& findings);

// Null after a finding. `broken`: some record could not be read, so an unknown one may be that.
TypeRef resolve_type(const ast::TypeExpr& written, const Records& records, bool broken,
                     Findings& findings);

}  // namespace alur::dsl
