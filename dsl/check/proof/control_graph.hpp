// ControlGraph: every place of an app that a conversation can come to, and what is known there. The
// one ground of all proofs about control and people: read off the Program, so that it follows the
// very instructions that the machine runs.
//
// A flow is looked at apart for each set of parameters that it is started with (a Context), until
// there are too many of them; there the last one stands for all. What is known at a place is a few
// cases side by side; where they are too many they are joined. Both only ever add conversations,
// so that what cannot be reached here cannot be reached at run time.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "dsl/check/proof/steps.hpp"

namespace alur::dsl::proof {

// A place where a flow is run, and what is known there of the flow that runs it.
struct Caller {
  Index context = 0;
  Index unit = 0;  // of the instruction: 0 for a handler of app.yaml, in whatever flow it is heard
  Index address = 0;
  Store store;
  bool operator==(const Caller&) const = default;
};

struct Context {
  Index unit = 0;
  Store entry;
  bool afresh = false;      // started with nothing below it
  bool by_trigger = false;  // started by a phrase, perhaps in the midst of another flow
  std::vector<Caller> callers;
  std::vector<std::vector<Store>> known;       // by address; none: never reached
  std::vector<std::optional<Possible>> ended;  // by declared outcome: its value, once reached
};

class ControlGraph {
 public:
  explicit ControlGraph(const program::Program& program);

  const program::Program& program() const { return program_; }
  const Reasoning& reasoning() const { return reasoning_; }
  // Number 0 is app.yaml's handlers, of which nothing is known.
  const std::deque<Context>& contexts() const { return contexts_; }
  // Of a unit, in the order in which they were found.
  const std::vector<Index>& contexts_of(Index unit) const { return of_unit_[unit]; }
  // The one that a start with these parameters falls in.
  Index context_for(Index unit, const Store& entry) const;

  bool reached(Index unit, Index address) const;
  // Whether a branching instruction ever goes this way.
  bool taken(Index unit, Index address, Turning turning, Index number = 0) const;

  // What is known where a flow begins, given what is known where it is started.
  Store entry_of(Index from_unit, Index flow, program::Range arguments, const Store& store) const;
  // What is known where an outcome leads, of the flow that has called.
  Store after_outcome(Index unit, const program::Outcome& outcome, Store store,
                      const Possible* payload) const;

 private:
  struct Task {
    Index context;
    Index address;
    Store store;
  };

  Store all_unset(const Unit& unit, Index from_slot) const;
  void seed();
  void walk();
  void visit(const Task& task);
  void ask(const Task& task);
  void branch_out(const Task& task, program::Range outcomes);
  void run(const Task& task);
  void end(const Task& task);
  void give_back(const Caller& caller, Index callee, Index outcome);
  void ask_again(const Task& task);
  Index start(Index flow, Store entry);
  void add(Index context, Index address, Store store);
  void mark(Index unit, Index address, Turning turning, Index number);
  const Unit& unit_of(Index context) const { return program_.unit(contexts_[context].unit); }

  const program::Program& program_;
  Reasoning reasoning_;
  std::deque<Context> contexts_;
  std::vector<std::vector<Index>> of_unit_;
  std::deque<Task> tasks_;
  struct Way {
    Index unit, address;
    Turning turning;
    Index number;
    auto operator<=>(const Way&) const = default;
  };
  std::set<Way> taken_;
};

}  // namespace alur::dsl::proof
