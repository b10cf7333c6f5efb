// What an app declares, as every flow sees it: the interface that flows are checked against.
// Bodies of flows are not here, so that one changed flow needs only its own check again as long
// as its FlowSymbol stays the same.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "dsl/ast/ast.hpp"
#include "dsl/check/phrase_machine.hpp"
#include "dsl/check/samples.hpp"
#include "dsl/check/shown_bounds.hpp"
#include "dsl/finding/source.hpp"
#include "engine/value/opening_hours.hpp"
#include "engine/value/type.hpp"

namespace alur::dsl {

struct VariableSymbol {
  std::string name;
  value::TypeRef type;  // null where the declaration itself was faulty: stay silent about uses
  Span span;
};

struct OutcomeSymbol {
  std::string name;
  value::TypeRef payload;  // null: carries nothing
  Span span;
  bool is_faulty = false;  // it carries something, whose type was faulty: stay silent about it
};

struct ServiceSymbol {
  std::string name;
  std::vector<VariableSymbol> params;
  std::vector<OutcomeSymbol> outcomes;  // `unavailable` included, last
  Span span;
  bool is_broken = false;  // some of its declaration was not read
};

struct FlowSymbol {
  std::string name;
  std::vector<VariableSymbol> params;
  std::vector<OutcomeSymbol> outcomes;
  bool has_triggers = false;
  Span span;
  bool is_broken = false;  // some of its declarations were not read
};

struct HoursSymbol {
  std::string name;
  value::OpeningHours hours;
  Span span;
};

struct QueueSymbol {
  std::string name;
  std::string hours;  // empty: always open
  Span span;
  bool is_private = false;  // its people may see private values
};

// What can be said at any time; `handler` counts in ast::App::anytime.
struct AnytimePhrase {
  PhraseMachine machine;
  Span span;
  std::size_t handler = 0;
};

struct Symbols {
  std::vector<std::string> languages;  // the first is the default
  value::TypeRef language_type;        // one of the languages
  value::TypeRef channel_type;         // one of the channels
  std::map<std::string, value::TypeRef, std::less<>> records;
  std::map<std::string, ServiceSymbol, std::less<>> services;
  std::map<std::string, FlowSymbol, std::less<>> flows;
  std::vector<HoursSymbol> hours;  // Resolved::index of Use::hours
  std::map<std::string, QueueSymbol, std::less<>> queues;
  std::map<std::string, Span, std::less<>> templates;
  std::vector<VariableSymbol> contact;  // Resolved::index of Use::contact
  std::vector<VariableSymbol> session;  // Resolved::index of Use::session
  // Of each language: the names of its plural forms, `other` last.
  std::vector<std::vector<std::string>> plural_forms;
  // Of each language: how long values can be when they are shown.
  std::vector<std::shared_ptr<const ShownBounds>> shown;
  std::vector<AnytimePhrase> anytime;
  std::vector<SampleName> samples;  // what citizens may type, by the app's data
  // Part of app.yaml, or a flow's name, was not read: what seems unknown may have been there.
  bool broken = false;
};

// A flow's own variables in the order of Resolved::index: parameters, vars, then the item of each
// `each` in file order.
using Locals = std::vector<VariableSymbol>;

// The outcomes that every handoff has: closed, left, no_agent, out_of_hours, timed_out,
// unavailable; none carries a value.
const std::vector<OutcomeSymbol>& handoff_outcomes();

}  // namespace alur::dsl
