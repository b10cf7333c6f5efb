// A quiet edge leads from a state's entry to another state's entry on a way that holds no answer of
// the citizen and no `at_most`. Services, agents, timers and silence are not the citizen: a call's
// outcomes, a handoff's (but for `left`, which the citizen says) and what silence does are quiet. A
// run without end is an endless walk over quiet edges, and as states are few it comes to some state
// twice; so without a cycle of quiet edges every run ends.
#include "dsl/check/cycles.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace alur::dsl {
namespace {

struct QuietEdge {
  std::uint32_t to;
  Span span;
  std::vector<Span> also{};  // where the same state leads there again
};

// Collects the quiet edges of one state. Each function says whether the end of what it looks at can
// be reached quietly.
class QuietWalk {
 public:
  explicit QuietWalk(const ast::Flow& flow) : flow_(flow) {}

  std::vector<QuietEdge> edges;

  bool steps(const std::vector<ast::Step>& steps) {
    for (const ast::Step& step : steps) {
      if (!std::visit(*this, step.verb)) return false;
    }
    return true;
  }

  bool operator()(const ast::Question& question) {
    bool on = false;
    for (const ast::Silence& each : question.no_input) on |= silence(each.action);
    return on;
  }
  bool operator()(const ast::Call& call) { return outcomes(call.outcomes, false); }
  bool operator()(const ast::Handoff& handoff) { return outcomes(handoff.outcomes, true); }
  // The flow that it runs is taken to ask something.
  bool operator()(const ast::Run&) { return false; }
  bool operator()(const ast::If& choice) {
    const bool met = branch(choice.then);
    return choice.otherwise ? branch(*choice.otherwise) || met : true;
  }
  bool operator()(const ast::Match& match) {
    bool on = false;
    for (const ast::Case& each : match.cases) on |= branch(each.branch);
    return on;
  }
  bool operator()(const ast::Goto& jump) {
    if (jump.at_most) return true;
    target(jump.target);
    return false;
  }
  bool operator()(const ast::End&) { return false; }
  bool operator()(const ast::Stop&) { return false; }
  template <typename Verb>
  bool operator()(const Verb&) {
    return true;
  }

 private:
  void target(const ast::Target& target) {
    if (target.kind == ast::Target::Kind::state) add(target.state_index, target.span);
    if (target.kind == ast::Target::Kind::flow && target.name.text == flow_.name.text) {
      add(0, target.span);
    }
  }
  void add(std::uint32_t to, Span span) {
    const auto known = std::find_if(edges.begin(), edges.end(),
                                    [to](const QuietEdge& edge) { return edge.to == to; });
    if (known == edges.end()) {
      edges.push_back({to, span});
    } else {
      known->also.push_back(span);
    }
  }
  bool branch(const ast::Branch& branch) {
    if (!branch.target) return steps(branch.steps);
    target(*branch.target);
    return branch.target->kind == ast::Target::Kind::next;
  }
  bool outcomes(const std::vector<ast::Outcome>& outcomes, bool of_handoff) {
    bool on = false;
    for (const ast::Outcome& each : outcomes) {
      if (of_handoff && each.binding.outcome.text == "left") continue;
      on |= branch(each.branch);
    }
    return on;
  }
  bool silence(const ast::Action& action) {
    if (action.go_to) target(*action.go_to);
    if (action.handoff) return outcomes(action.handoff->outcomes, true);
    return false;
  }

  const ast::Flow& flow_;
};

// Depth first; an edge back to a state on the path closes a cycle. Each state is gone through once,
// so a cycle is told once, by its first closing edge in file order.
class CycleSearch {
 public:
  CycleSearch(Scope& scope, const ast::Flow& flow) : scope_(scope), flow_(flow) {
    for (const ast::State& state : flow.states) {
      QuietWalk walk(flow);
      walk.steps(state.steps);
      edges_.push_back(std::move(walk.edges));
    }
    looks_.assign(flow.states.size(), Look::unseen);
  }

  bool run() {
    for (std::uint32_t i = 0; i < edges_.size(); ++i) {
      if (looks_[i] == Look::unseen) visit(i);
    }
    return !found_;
  }

 private:
  enum class Look : std::uint8_t { unseen, on_path, done };

  // Paths are at most as long as there are states (1,000), so this does not go too deep.
  void visit(std::uint32_t state) {
    looks_[state] = Look::on_path;
    path_.push_back({state, {}});
    for (const QuietEdge& edge : edges_[state]) {
      path_.back().span = edge.span;
      if (looks_[edge.to] == Look::unseen)
        visit(edge.to);
      else if (looks_[edge.to] == Look::on_path)
        report(edge);
    }
    path_.pop_back();
    looks_[state] = Look::done;
  }

  void report(const QuietEdge& closing) {
    found_ = true;
    const auto first = std::find_if(path_.begin(), path_.end(),
                                    [&](const QuietEdge& each) { return each.to == closing.to; });
    std::vector<Related> related;
    for (auto each = first; each != path_.end(); ++each) {
      const auto next = std::next(each) == path_.end() ? first : std::next(each);
      if (std::next(each) == path_.end() && each == first) break;
      related.push_back({each->span, quoted_name(name(each->to)) + " leads to " +
                                         quoted_name(name(next->to)) + " here"});
    }
    for (const Span also : closing.also) related.push_back({also, "and so does this"});
    scope_.findings.add(Code::endless_cycle, closing.span,
                        "this leads back to " + quoted_name(name(closing.to)) +
                            ", round and round, without a message of the citizen",
                        "ask something on the way, or add `at_most:` to a `goto`",
                        std::move(related));
  }

  const std::string& name(std::uint32_t state) const { return flow_.states[state].name.text; }

  Scope& scope_;
  const ast::Flow& flow_;
  std::vector<std::vector<QuietEdge>> edges_;
  std::vector<Look> looks_;
  bool found_ = false;
  std::vector<QuietEdge> path_;  // `to`: the state itself; `span`: the edge that leaves it
};

}  // namespace

bool check_cycles(Scope& scope, const ast::Flow& flow) {
  return CycleSearch(scope, flow).run();
}

}  // namespace alur::dsl
