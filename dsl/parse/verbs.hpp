// The verbs of steps: what each is given and makes of it. One row a verb in verbs.cpp.
#pragma once

#include <span>
#include <string_view>

#include "dsl/ast/ast.hpp"
#include "dsl/parse/map_reader.hpp"

namespace alur::dsl {

// One step: its verb with its value, and what stands beside it.
struct StepMap {
  Place verb;
  Map map;  // the verb's own entry is skipped; `what` is "a `say` step"
};

struct VerbRow {
  std::string_view key;
  std::string_view what;                      // "a `say` step"
  bool (*takes)(std::string_view companion);  // may this key stand beside the verb?
  ast::Verb (*parse)(Pass&, const StepMap&);
};

// Null for a key that is no verb.
const VerbRow* find_verb(std::string_view key);

std::span<const std::string_view> verb_keys();

// What `takes` of a table of keys is.
template <class Owner, std::size_t count>
bool has_key(const Key<Owner> (&keys)[count], std::string_view name) {
  for (const Key<Owner>& key : keys) {
    if (key.name == name) return true;
  }
  return false;
}

// parse_question.cpp
ast::Verb parse_question(Pass& pass, const StepMap& step);
bool question_takes(std::string_view key);
// parse_jump.cpp: what leaves the step for elsewhere.
ast::Verb parse_call(Pass& pass, const StepMap& step);
ast::Verb parse_run(Pass& pass, const StepMap& step);
ast::Verb parse_handoff(Pass& pass, const StepMap& step);
ast::Verb parse_goto(Pass& pass, const StepMap& step);
ast::Verb parse_end(Pass& pass, const StepMap& step);
ast::Verb parse_stop(Pass& pass, const StepMap& step);
bool outcomes_takes(std::string_view key);
bool handoff_takes(std::string_view key);
bool goto_takes(std::string_view key);
// parse_decision.cpp
ast::Verb parse_if(Pass& pass, const StepMap& step);
ast::Verb parse_match(Pass& pass, const StepMap& step);
bool if_takes(std::string_view key);
bool match_takes(std::string_view key);
// parse_deed.cpp: what is said and done on the way.
ast::Verb parse_say(Pass& pass, const StepMap& step);
bool say_takes(std::string_view key);
ast::Verb parse_set(Pass& pass, const StepMap& step);
ast::Verb parse_wait(Pass& pass, const StepMap& step);
ast::Verb parse_track(Pass& pass, const StepMap& step);
bool track_takes(std::string_view key);

}  // namespace alur::dsl
