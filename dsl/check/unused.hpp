// What a flow declares and never uses. The app's own declarations are check_unused's (check.hpp).
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "dsl/check/scope.hpp"

namespace alur::dsl {

// What a flow uses of the app and of other flows: as long as this stays the same, so does what
// check_unused says. `broken`: some part of it was not read or means nothing, and may use anything.
struct AppUses {
  using Words = std::set<std::string, std::less<>>;
  std::set<std::uint32_t> contact, session, hours;
  Words types, services, queues, templates, flows;
  bool broken = false;
  std::uint64_t ways = 14'695'981'039'346'656'037U;  // a hash of where its steps lead
  bool operator==(const AppUses&) const = default;
};
AppUses app_uses(const ast::Flow& flow);

// Variables that nothing reads, outcomes that nothing ends with. Names must have been resolved.
void check_unused_in_flow(Scope& scope, const ast::Flow& flow);

}  // namespace alur::dsl
