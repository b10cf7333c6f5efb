#include "dsl/check/proof/proofs.hpp"

#include "dsl/check/proof/family.hpp"
#include "engine/program/names.hpp"
#include "engine/program/stack.hpp"

namespace alur::dsl::proof {
namespace {

void count(const ControlGraph& graph, Measures& measures) {
  const program::Program& program = graph.program();
  measures.flows = program.unit_count() - 1;
  for (Index i = 0; i < program.unit_count(); ++i) {
    const Unit& unit = program.unit(i);
    measures.states += unit.states.size();
    measures.questions += unit.questions.size();
    for (Index at = 0; at < unit.code.size(); ++at) {
      const program::Op op = unit.code[at].op;
      if (program::rests(op) && op != program::Op::run) ++measures.waits;
      if (graph.reached(i, at)) ++measures.places;
    }
  }
}

Figures to_figures(const Case& app, const Measures& measures) {
  const program::Bounds& bounds = app.program().app().bounds;
  const auto number = [](auto count) { return static_cast<std::int64_t>(count); };
  Figures figures{{"flows", number(measures.flows), {}, {}},
                  {"states", number(measures.states), {}, {}},
                  {"questions", number(measures.questions), {}, {}},
                  {"waits", number(measures.waits), {}, {}},
                  {"places", number(measures.places), {}, {}},
                  {"frames", measures.frames, number(program::stack_max), {}},
                  {"messages", measures.messages, bounds.messages, {}},
                  {"calls", measures.calls, {}, {}}};
  if (bounds.person_within > 0) {
    figures.push_back({"person", measures.person, bounds.person_within, {}});
  }
  figures.push_back({"silent_messages", measures.silent_messages, {}, {}});
  figures.push_back({"silent_timers", measures.silent_timers, {}, {}});
  for (const Burst& burst : measures.bursts) {
    const Span span = app.span_of(burst.unit, burst.address);
    figures.push_back({"question_messages", burst.messages, bounds.messages, span});
    figures.push_back({"question_calls", burst.calls, {}, span});
  }
  return figures;
}

}  // namespace

bool is_proven(Code code) {
  const CodeRow& kind = row(code);
  return kind.group == Group::people || (kind.group == Group::control && kind.text >= "C006");
}

Proofs prove(const program::Program& program, const Sources& sources) {
  Proofs proofs;
  const ControlGraph graph(program);
  const Stretches stretches(graph);
  Case app(graph, stretches, sources, proofs);
  count(graph, proofs.measures);
  prove_reached(app);
  prove_ladders(app);
  prove_depth(app, proofs.measures);
  prove_bursts(app, proofs.measures);
  prove_people(app, proofs.measures);
  prove_silence(app, proofs.measures);
  prove_promises(app);
  prove_taps(app);
  prove_window(app);
  proofs.figures = to_figures(app, proofs.measures);
  proofs.findings.sort_in_file_order();
  return proofs;
}

}  // namespace alur::dsl::proof
