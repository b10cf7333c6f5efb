// A private value reaches nobody who is not cleared for it.
//
// Why this is right: `private` is a part of a type, and types are followed through every
// expression, filter, variable, parameter, payload and outcome: whatever holds a private value, or
// something worked out of it other than a truth, has a private type, and where such a value would
// go into something that is not declared private, that step is refused (T043). So each flow can be
// looked at by itself: what it gets from others is as private as it declares it. What is left are
// the places where values leave the app; analytics, addresses and services are checked where their
// types are (T043), and the people of a queue here.
#pragma once

#include "dsl/check/symbols.hpp"
#include "dsl/finding/finding.hpp"

namespace alur::dsl {

// Summaries and fields of handoffs. Expressions must have their types.
void check_privacy(const ast::Flow& flow, const Symbols& symbols, Findings& findings);
void check_privacy(const ast::App& app, const Symbols& symbols, Findings& findings);

}  // namespace alur::dsl
