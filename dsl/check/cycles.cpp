// A run without end is an endless walk over quiet ways (quiet_walk.hpp) from state to state, and as
// states are few it comes to some state twice; so without a cycle of quiet ways every run ends.
#include "dsl/check/cycles.hpp"

#include <algorithm>
#include <utility>

#include "dsl/check/quiet_walk.hpp"

namespace alur::dsl {
namespace {

constexpr const char* advice = "ask something on the way, or add `at_most:` to a `goto`";

// Depth first; an edge back to a state on the path closes a cycle. Each state is gone through once,
// so a cycle is told once, by its first closing edge in file order.
class CycleSearch {
 public:
  // `only_through_runs`: the other cycles were told before.
  CycleSearch(const ast::Flow& flow, const QuietRules& rules, bool only_through_runs,
              Findings& findings)
      : flow_(flow), only_through_runs_(only_through_runs), findings_(findings) {
    for (const ast::State& state : flow.states) {
      QuietWalk walk(rules);
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
  struct Stop {
    std::uint32_t state;
    const QuietEdge* edge;  // that leaves it
  };

  // Paths are at most as long as there are states (1,000), so this does not go too deep.
  void visit(std::uint32_t state) {
    looks_[state] = Look::on_path;
    path_.push_back({state, nullptr});
    for (const QuietEdge& edge : edges_[state]) {
      path_.back().edge = &edge;
      if (looks_[edge.to] == Look::unseen) {
        visit(edge.to);
      } else if (looks_[edge.to] == Look::on_path) {
        close(edge);
      }
    }
    path_.pop_back();
    looks_[state] = Look::done;
  }

  void close(const QuietEdge& closing) {
    const auto first = std::find_if(path_.begin(), path_.end(), [&closing](const Stop& each) {
      return each.state == closing.to;
    });
    const bool through_run =
        std::any_of(first, path_.end(), [](const Stop& each) { return each.edge->through_run; });
    if (only_through_runs_ && !through_run) return;
    found_ = true;
    std::vector<Related> related;
    if (path_.end() - first > 1) {
      for (auto each = first; each != path_.end(); ++each) {
        related.push_back({each->edge->span, quoted_name(name(each->state)) + " leads to " +
                                                 quoted_name(name(each->edge->to)) + " here"});
      }
    }
    for (const Span also : closing.also) related.push_back({also, "and so does this"});
    findings_.add(Code::endless_cycle, closing.span,
                  "this leads back to " + quoted_name(name(closing.to)) +
                      ", round and round, without a message of the citizen",
                  advice, std::move(related));
  }

  const std::string& name(std::uint32_t state) const { return flow_.states[state].name.text; }

  const ast::Flow& flow_;
  const bool only_through_runs_;
  Findings& findings_;
  std::vector<std::vector<QuietEdge>> edges_;
  std::vector<Look> looks_;
  bool found_ = false;
  std::vector<Stop> path_;
};

}  // namespace

bool check_cycles(Scope& scope, const ast::Flow& flow) {
  return CycleSearch(flow, {}, false, scope.findings).run();
}

namespace {

// What a flow may do, from its first state on, before the citizen says anything.
struct QuietFlow {
  std::vector<QuietStart> starts;
  std::set<std::string_view> ends;
};

QuietFlow quiet_flow(const ast::Flow& flow, const QuietRules& rules) {
  QuietFlow quiet;
  std::vector<bool> seen(flow.states.size(), false);
  std::vector<std::uint32_t> open;
  if (!flow.states.empty()) open.push_back(0);
  while (!open.empty()) {
    const std::uint32_t state = open.back();
    open.pop_back();
    if (seen[state]) continue;
    seen[state] = true;
    QuietWalk walk(rules);
    walk.steps(flow.states[state].steps);
    for (const QuietEdge& edge : walk.edges) open.push_back(edge.to);
    quiet.starts.insert(quiet.starts.end(), walk.starts.begin(), walk.starts.end());
    quiet.ends.merge(walk.ends);
  }
  return quiet;
}

// How flows may end quietly depends on how those that they run may: from nothing upwards until
// nothing is added.
QuietEnds quiet_ends(const std::vector<const ast::Flow*>& flows) {
  QuietEnds ends;
  for (bool more = true; more;) {
    more = false;
    for (const ast::Flow* flow : flows) {
      std::set<std::string_view> now = quiet_flow(*flow, {&ends, true}).ends;
      std::set<std::string_view>& before = ends[flow->name.text];
      if (now.size() == before.size()) continue;
      before = std::move(now);
      more = true;
    }
  }
  return ends;
}

// The same search as CycleSearch, over flows. Every start of a flow is one of its first state.
class FlowCycleSearch {
 public:
  FlowCycleSearch(const std::vector<const ast::Flow*>& flows, const QuietRules& rules,
                  Findings& findings)
      : findings_(findings) {
    for (const ast::Flow* flow : flows) {
      starts_[flow->name.text] = quiet_flow(*flow, rules).starts;
    }
  }

  void run() {
    for (const auto& [flow, starts] : starts_) visit(flow);
  }

 private:
  void visit(std::string_view flow) {
    if (!seen_.insert(flow).second) return;
    path_.push_back({flow, {}});
    std::set<std::string_view> told;
    for (const QuietStart& start : starts_[flow]) {
      path_.back().span = start.span;
      const auto on_path = std::find_if(path_.begin(), path_.end(), [&start](const auto& each) {
        return each.flow == start.flow;
      });
      if (on_path == path_.end()) {
        visit(start.flow);
      } else if (told.insert(start.flow).second) {
        report(on_path - path_.begin(), start);
      }
    }
    path_.pop_back();
  }

  void report(std::ptrdiff_t first, const QuietStart& closing) {
    std::vector<Related> related;
    for (auto each = path_.begin() + first; each != path_.end(); ++each) {
      if (path_.end() - path_.begin() - first == 1) break;
      const auto next = std::next(each);
      const std::string_view to = next == path_.end() ? closing.flow : next->flow;
      related.push_back(
          {each->span, quoted_name(each->flow) + " starts " + quoted_name(to) + " here"});
    }
    findings_.add(Code::endless_cycle, closing.span,
                  "this starts the flow " + quoted_name(closing.flow) +
                      " again, round and round, without a message of the citizen",
                  "ask something on the way", std::move(related));
  }

  Findings& findings_;
  std::map<std::string_view, std::vector<QuietStart>> starts_;
  std::set<std::string_view> seen_;
  std::vector<QuietStart> path_;  // the flow, and where it starts the next one
};

bool runs_something(const QuietRules& rules, const ast::Flow& flow) {
  return std::any_of(flow.states.begin(), flow.states.end(), [&rules](const ast::State& state) {
    QuietWalk walk(rules);
    walk.steps(state.steps);
    return std::any_of(walk.edges.begin(), walk.edges.end(),
                       [](const QuietEdge& edge) { return edge.through_run; });
  });
}

}  // namespace

void check_cycles_of_flows(const std::vector<const ast::Flow*>& flows, Findings& findings) {
  const QuietEnds ends = quiet_ends(flows);
  FlowCycleSearch(flows, {&ends, true}, findings).run();
  const QuietRules within{&ends, false};
  for (const ast::Flow* flow : flows) {
    if (runs_something(within, *flow)) CycleSearch(*flow, within, true, findings).run();
  }
}

}  // namespace alur::dsl
