// Everything that is written can come to pass: no condition has the same answer in every
// conversation, no case is left without a value that takes it, and no flow is started only from
// where nobody comes.
//
// The ControlGraph holds at least every conversation that can be, so a way that it never takes is
// never taken. What is told is where ways end: a branch that is come to and of which one way is
// never gone. Whatever else is never reached stands behind such a branch, behind a step or a state
// that its own flow's shape shuts off (which other checks tell), or in flows that only start one
// another, which are told here.
#include <algorithm>
#include <set>

#include "dsl/check/proof/family.hpp"

namespace alur::dsl::proof {

using program::Instruction;
using program::none;
using program::Op;

namespace {

// What is written behind a way that is never gone, up to the next place where anything else leads.
std::vector<Related> what_is_lost(const Case& app, Index unit_index, Index address) {
  const Unit& unit = app.unit(unit_index);
  std::vector<Related> lost;
  for (Index at = address; at < unit.code.size() && lost.empty(); ++at) {
    if (app.graph.reached(unit_index, at)) break;
    if (unit.code[at].op == Op::jump) break;
    lost.push_back({app.span_of(unit_index, at), "this never happens"});
  }
  return lost;
}

void check_condition(Case& app, Index unit_index, Index address) {
  const ControlGraph& graph = app.graph;
  const Instruction& step = app.unit(unit_index).code[address];
  const bool holds = graph.taken(unit_index, address, Turning::holds);
  const bool fails = graph.taken(unit_index, address, Turning::fails);
  if (holds == fails) return;
  const Span span = app.span_of(unit_index, address);
  Fault fault{holds ? Code::always_holds : Code::never_holds, span, unit_index, address, 0};
  if (holds) {
    app.report(fault, "this condition holds in every conversation that comes here",
               "what comes before has decided it already: is it meant so?",
               what_is_lost(app, unit_index, step.d));
  } else {
    app.report(fault, "this condition never holds when a conversation comes here",
               "what comes before has decided it already: is it meant so?",
               what_is_lost(app, unit_index, address + 1));
  }
}

void check_cases(Case& app, Index unit_index, Index address) {
  const Unit& unit = app.unit(unit_index);
  const program::Match& match = unit.matches[unit.code[address].c];
  const auto report = [&](Index to, const std::string& which) {
    Fault fault{Code::case_never_comes, app.span_of(unit_index, address), unit_index, address, 0};
    app.report(fault, which + " of this `match` never comes: what leads here has ruled it out",
               "a `match` must name every member: lead it where a mistake is told",
               what_is_lost(app, unit_index, to));
  };
  for (Index i = match.cases.begin; i < match.cases.end; ++i) {
    if (app.graph.taken(unit_index, address, Turning::matched, i - match.cases.begin)) continue;
    const value::Value& member = unit.cases[i].member;
    report(unit.cases[i].address, "the case `" + member.to_text() + "`");
  }
  if (match.otherwise != none && !app.graph.taken(unit_index, address, Turning::otherwise)) {
    report(match.otherwise, "the `else`");
  }
}

// The flows that a flow starts, wherever in it.
std::set<Index> started_by(const Case& app, Index unit_index) {
  std::set<Index> flows;
  for (Index i = 0; i < app.unit(unit_index).imports.size(); ++i) {
    flows.insert(app.program().imported(unit_index, i));
  }
  return flows;
}

// Marks a flow and what can be reached of it by the shape of flows alone.
void explain(const Case& app, Index flow, std::vector<bool>& explained) {
  if (explained[flow]) return;
  explained[flow] = true;
  for (const Index next : started_by(app, flow)) explain(app, next, explained);
}

// Flows that nobody comes to although they are started somewhere: only by one another.
void check_flows(Case& app) {
  const auto count = static_cast<Index>(app.program().unit_count());
  std::vector<bool> explained(count, false);
  std::vector<bool> is_started(count, false);
  const auto reached = [&](Index i) { return !app.graph.contexts_of(i).empty(); };
  for (Index i = 0; i < count; ++i) {
    for (const Index flow : started_by(app, i)) is_started[flow] = is_started[flow] || flow != i;
    if (reached(i)) explain(app, i, explained);  // reached, or told where its way ends
  }
  for (Index i = 1; i < count; ++i) {
    if (!is_started[i]) explain(app, i, explained);  // told as unused
  }
  for (Index i = 1; i < count; ++i) {
    if (explained[i]) continue;
    const Unit& flow = app.unit(i);
    app.report(Code::unreached_flow, app.span(i, flow.states.front().place),
               "no conversation comes to the flow `" + flow.name +
                   "`: only flows that nobody comes to start it",
               "give one of them `triggers`, or lead to it from a flow that is used");
    explain(app, i, explained);
  }
}

}  // namespace

void prove_reached(Case& app) {
  for (Index i = 0; i < app.program().unit_count(); ++i) {
    const Unit& unit = app.unit(i);
    for (Index at = 0; at < unit.code.size(); ++at) {
      if (!app.graph.reached(i, at)) continue;
      if (unit.code[at].op == Op::jump_unless) check_condition(app, i, at);
      if (unit.code[at].op == Op::match) check_cases(app, i, at);
    }
  }
  check_flows(app);
}

}  // namespace alur::dsl::proof
