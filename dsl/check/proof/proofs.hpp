// What is proven about a whole app, once it is a Program: the findings where it does not hold, the
// figures where it does, and what a witness has to show. The facade of this folder: one file a
// family of proofs, all on one ControlGraph. docs/proofs.md says what is proven and what is not.
#pragma once

#include <string>
#include <vector>

#include "dsl/finding/figure.hpp"
#include "dsl/finding/finding.hpp"
#include "dsl/finding/source.hpp"
#include "engine/program/program.hpp"

namespace alur::dsl::proof {

using program::Index;

// The most that the citizen gets in one go after a message at this question.
struct Burst {
  Index unit = 0;
  Index address = 0;  // of the `ask`
  int messages = 0;
  int calls = 0;
};

struct Measures {
  std::size_t flows = 0;
  std::size_t states = 0;
  std::size_t questions = 0;
  std::size_t waits = 0;      // questions, services, people and times
  std::size_t places = 0;     // instructions that a conversation can come to
  std::vector<Burst> bursts;  // of each question, in the order of the files
  int messages = 0;           // the largest burst
  int calls = 0;
  int person = 0;           // messages of the citizen, from the farthest wait; 0: not asked for
  int frames = 0;           // the deepest stack
  int silent_messages = 0;  // what a citizen gets who says nothing more
  int silent_timers = 0;
};

// A finding about a path, as a place of the program: what its witness has to come to.
struct Fault {
  Code code{};
  Span span;
  Index unit = 0;
  Index address = 0;
  int number = 0;  // messages, of a burst; messages of the citizen, of a person out of reach
  std::vector<Index> told{};  // no_person: handlers of `anytime` by which they would ask for one
  // no_person: it is so where this language is spoken throughout; none: only where languages change
  Index language = 0;
};

struct Proofs {
  Findings findings;  // in file order
  Measures measures;
  Figures figures;  // the same as names and numbers, of each question too
  std::vector<Fault> faults;
};

// Whether a finding of this kind comes from here.
bool is_proven(Code code);

// `sources` are those that the program was compiled from.
Proofs prove(const program::Program& program, const Sources& sources);

}  // namespace alur::dsl::proof
