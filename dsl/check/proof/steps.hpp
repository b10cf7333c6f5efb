// Steps: where one instruction leads without anybody else having a say, and what is known there;
// and the ways on from a question. What services, people, flows and the citizen do is for those
// who walk.
#pragma once

#include <functional>

#include "dsl/check/proof/reasoning.hpp"

namespace alur::dsl::proof {

// Which way a branching instruction goes: `holds` and `fails` of a condition, `counted` and
// `exceeded` of a bound, the number of a case, or `otherwise`.
enum class Turning : std::uint8_t { only, holds, fails, counted, exceeded, matched, otherwise };

struct QuietStep {
  Turning turning = Turning::only;
  Index number = 0;  // matched: of the case, counted within the match
  Index address = 0;
  Store store;
};

// False for an instruction that is no such step.
bool each_quiet_step(const Reasoning& reasoning, const Unit& unit, Index address,
                     const Store& store, const std::function<void(QuietStep)>& take);

// What can follow at a question: an option is chosen, an item of `each`, something is typed, the
// question's own phrases, a failed attempt, a silence, and what is done instead of it outside the
// channel's window. `unit` is where its code stands: 0 for the
// app's defaults.
struct Answer {
  enum class Kind : std::uint8_t { option, item, typed, hear, rung, silence, outside };
  Kind kind = Kind::option;
  Index index = 0;  // of the unit's options, rungs or silences
  Index unit = 0;
  Index address = program::none;  // none: it only speaks, and the question stands
  Store store;
};
std::vector<Answer> answers_of(const Reasoning& reasoning, const program::Program& program,
                               Index unit_index, const program::Question& question,
                               const Store& store);

// The entries of no_match and no_input that hold at a question, and the unit that they stand in.
struct LadderOf {
  Index rungs_unit = 0;
  program::Range rungs;
  Index silences_unit = 0;
  program::Range silences;
};
LadderOf ladder_of(const program::Program& program, Index unit_index,
                   const program::Question& question);

}  // namespace alur::dsl::proof
