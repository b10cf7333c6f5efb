// No message is taken by two things at once: by two options, two flows' triggers, or by an
// `anytime` word where it was meant as an answer.
//
// Why this is right: what a message means is decided in one fixed order (engine/machine/hear.cpp),
// each step of which asks whether some phrase takes the normalised words. Two phrases both take a
// message exactly if the product of their machines reaches an end in both, and the path to it is
// the message; so every example here is one that the machine would really hear. What the order
// itself settles, a free text that some phrase takes, or exact words that a phrase with captures
// takes too, is no fault.
#pragma once

#include <cstddef>
#include <vector>

#include "dsl/check/phrase_machine.hpp"
#include "dsl/check/symbols.hpp"
#include "dsl/finding/finding.hpp"

namespace alur::dsl {

std::vector<AnytimePhrase> anytime_phrases(const ast::App& app);

// The questions of a flow. May run in parallel on different flows.
void check_overlap(const ast::Flow& flow, const ast::App& app, const Symbols& symbols,
                   Findings& findings);
// app.yaml's own phrases, among themselves and against the sample data.
void check_overlap(const ast::App& app, const Symbols& symbols, Findings& findings);

// A flow's triggers as machines: kept between compilations, as long as they stay the same.
struct HeardTrigger {
  PhraseMachine machine;
  Span span;
  bool operator==(const HeardTrigger&) const = default;
};
struct HeardTriggers {
  std::vector<HeardTrigger> phrases;
  std::vector<VariableSymbol> params;
  bool pages = false;  // some question of the flow comes in pages
  bool operator==(const HeardTriggers& other) const;
};
HeardTriggers triggers_of(const ast::Flow& flow, const ast::App& app, const Symbols& symbols);

// Triggers of different flows against one another, against `anytime`, and against the words that
// show the next page of a question.
struct FlowTriggers {
  std::string_view flow;
  const HeardTriggers* triggers = nullptr;
};
void check_triggers_apart(const std::vector<FlowTriggers>& flows, const ast::App& app,
                          const Symbols& symbols, Findings& findings);

}  // namespace alur::dsl
