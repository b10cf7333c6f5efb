// Services as they are declared and as flows call them.
//
// Why this is right: what a service can end with and what it takes are all in app.yaml, and who
// gives which argument is in the calls; nothing here depends on what a service really does.
#pragma once

#include <set>
#include <string>
#include <utility>

#include "dsl/check/symbols.hpp"
#include "dsl/finding/finding.hpp"

namespace alur::dsl {

// Which arguments a flow gives to which services; as long as this stays the same, so do the
// findings.
struct ServiceUses {
  std::set<std::string, std::less<>> called;
  std::set<std::pair<std::string, std::string>> given;  // service, parameter
  bool broken = false;                                  // some call was not read
  bool operator==(const ServiceUses&) const = default;
};
ServiceUses service_uses(const ast::Flow& flow);

// What is wrong with a declaration by itself.
void check_services(const ast::App& app, Findings& findings);
// Parameters that no call gives. `uses`: of all flows together.
void check_parameters_given(const ast::App& app, const ServiceUses& uses, Findings& findings);

}  // namespace alur::dsl
