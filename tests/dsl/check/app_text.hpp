// Small apps for tests: a frame around what a test is about.
#pragma once

#include <string>
#include <string_view>

#include "tests/dsl/check/checked_app.hpp"

namespace alur::dsl {

// A standard app.yaml in one language, with some of everything, and a flow `main` of which only the
// variables and the states are given.
inline constexpr std::string_view standard_app = R"(
app: small
languages: [en]
timezone: Asia/Jakarta
start: main
channels: [console, whatsapp]
types:
  institution:
    name: text(1..80)
    licence: text(1..40)?
    standing: one of full, restricted, candidate
    head: person?
  person:
    name: text(1..80)
    phone: phone?
services:
  registry.lookup:
    params:
      name: private text(1..120)
    outcomes:
      licensed: institution
      near: list of institution (1..3)
      not_found:
hours:
  office: mon-fri 08:00-17:00
queues:
  general:
    hours: office
contact:
  name: private text(2..80)?
  visits: integer(0..100)?
session:
  topic: text(1..20)?
)";

inline std::vector<SourceText> app_with(std::string_view vars, std::string_view states) {
  std::string flow = "flow: main\noutcomes: [done]\n";
  if (!vars.empty()) flow += "vars:\n" + std::string(vars.substr(vars.find_first_not_of('\n')));
  flow += "states:\n" + std::string(states.substr(states.find_first_not_of('\n')));
  // Uses everything of the app, so that nothing seems unused; and what `main` may run.
  constexpr std::string_view other = R"(
flow: other
outcomes:
  done:
  named: text(1..80)
triggers:
  - hear: other
params:
  about: text(1..80)?
vars:
  found: institution
states:
  start:
    - call: registry.lookup(name = about or contact.name or session.topic or "x")
      outcomes:
        licensed(found): tell
        near: next
        not_found: next
        unavailable: next
    - handoff: general
      outcomes:
        closed: next
        left: next
        no_agent: next
        out_of_hours: next
        timed_out: next
        unavailable: next
    - say: "{contact.visits or 0}"
    - end: done
  tell:
    - end: named(found.name)
)";
  return {{"app.yaml", std::string(standard_app)},
          {"main.flow.yaml", flow},
          {"other.flow.yaml", std::string(other)}};
}

}  // namespace alur::dsl
