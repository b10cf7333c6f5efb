// Where the steps of a state lead quietly: without an answer of the citizen. Services, agents,
// timers and silence are not the citizen: a call's outcomes, a handoff's (but for `left`, which the
// citizen says) and what a question's own `no_input` does are quiet. What app.yaml does about
// silence is not looked at: `session_ends` bounds it.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/ast/ast.hpp"

namespace alur::dsl {

// A way from a state's entry to another state's entry.
struct QuietEdge {
  std::uint32_t to;
  Span span;
  bool through_run;          // on every such way a flow was run, and ended quietly
  std::vector<Span> also{};  // where the same state leads there again
};

// A way from a state's entry to the beginning of a flow, by `goto` or `run`.
struct QuietStart {
  std::string_view flow;
  Span span;
};

// Of each flow: the outcomes in which it may end quietly.
using QuietEnds = std::map<std::string_view, std::set<std::string_view>>;

// What is assumed of what lies outside the state.
struct QuietRules {
  // Null: every flow that is run asks something before it ends.
  const QuietEnds* ends = nullptr;
  // Whether a `goto` with `at_most` is a way too. It bounds ways round within one start of a flow,
  // but each start counts anew.
  bool through_bounds = false;
};

// Collects the quiet ways of one state. Each function says whether the end of what it looks at can
// be reached quietly.
class QuietWalk {
 public:
  explicit QuietWalk(const QuietRules& rules) : rules_(rules) {}

  std::vector<QuietEdge> edges;
  std::vector<QuietStart> starts;
  std::set<std::string_view> ends;

  bool steps(const std::vector<ast::Step>& steps);

  bool operator()(const ast::Question& question);
  bool operator()(const ast::Call& call);
  bool operator()(const ast::Handoff& handoff);
  bool operator()(const ast::Run& run);
  bool operator()(const ast::If& choice);
  bool operator()(const ast::Match& match);
  bool operator()(const ast::Wait& wait);
  bool operator()(const ast::Goto& jump);
  bool operator()(const ast::End& end);
  bool operator()(const ast::Stop& stop);
  template <typename Verb>
  bool operator()(const Verb&) {
    return true;
  }

 private:
  void target(const ast::Target& target);
  bool branch(const ast::Branch& branch);
  bool silence(const ast::Action& action);
  bool handoff_outcomes(const ast::Handoff& handoff);

  QuietRules rules_;
  bool ran_ = false;  // a flow was run on the way here
};

}  // namespace alur::dsl
