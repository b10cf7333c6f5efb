// What every family of proofs works on and writes to. Internal to this folder.
#pragma once

#include <map>
#include <string>

#include "dsl/check/proof/control_graph.hpp"
#include "dsl/check/proof/proofs.hpp"
#include "dsl/check/proof/stretch.hpp"

namespace alur::dsl::proof {

class Case {
 public:
  Case(const ControlGraph& graph, const Stretches& stretches, const Sources& sources,
       Proofs& proofs);

  const program::Program& program() const { return graph.program(); }
  const Unit& unit(Index index) const { return graph.program().unit(index); }
  // The word at a place, to point at.
  Span span(Index unit, program::Place place) const;
  Span span_of(Index unit, Index address) const;
  // The line of app.yaml that begins with this key, or its first.
  Span app_line(std::string_view key) const;
  std::string text(Span span) const;
  void report(Code code, Span span, std::string message, std::string suggestion = {},
              std::vector<Related> related = {});
  // About a path: with a witness.
  void report(Fault fault, std::string message, std::string suggestion = {},
              std::vector<Related> related = {});

  // Calls back with every question that is reached: its context, unit and address.
  template <class Take>
  void each_question(const Take& take) const {
    each_reached(program::Op::ask, take);
  }
  // The same with every instruction of this kind.
  template <class Take>
  void each_reached(program::Op op, const Take& take) const {
    for (Index c = 1; c < graph.contexts().size(); ++c) {
      const Context& context = graph.contexts()[c];
      const Unit& flow = unit(context.unit);
      for (Index at = 0; at < flow.code.size(); ++at) {
        if (flow.code[at].op != op || context.known[at].empty()) continue;
        take(c, context.unit, at);
      }
    }
  }

  const ControlGraph& graph;
  const Stretches& stretches;

 private:
  const Sources& sources_;
  Proofs& proofs_;
  std::map<std::string, FileId> files_;
};

void prove_reached(Case& app);                      // reached.cpp
void prove_ladders(Case& app);                      // ladders.cpp
void prove_depth(Case& app, Measures& measures);    // depth.cpp
void prove_bursts(Case& app, Measures& measures);   // bursts.cpp
void prove_people(Case& app, Measures& measures);   // people.cpp
void prove_silence(Case& app, Measures& measures);  // silence.cpp
void prove_promises(Case& app);                     // promises.cpp
void prove_taps(Case& app);                         // taps.cpp
void prove_window(Case& app);                       // window.cpp

}  // namespace alur::dsl::proof
