// No conversation has more than 8 flows waiting for one another: following `run` from any flow, no
// chain is longer.
//
// A digression does not count: where it would not fit, the machine lets it start afresh. So the
// deepest stack is the longest chain of runs. Flows are taken by the parameters that they are
// started with, so that a flow that runs itself with a counter ends where its condition says. A
// `run` of an option or a phrase does nothing when its flow is under way already, so a chain does
// not come to it twice.
#include <algorithm>
#include <map>

#include "dsl/check/proof/family.hpp"
#include "engine/program/stack.hpp"

namespace alur::dsl::proof {
namespace {

constexpr int frames_max = static_cast<int>(program::stack_max);

struct Run {
  Index callee = 0;
  Index unit = 0;
  Index address = 0;
  bool by_handler = false;
};

class Depths {
 public:
  explicit Depths(Case& app) : app_(app), runs_(app.graph.contexts().size()) {
    for (Index callee = 1; callee < app.graph.contexts().size(); ++callee) {
      for (const Caller& caller : app.graph.contexts()[callee].callers) {
        if (caller.unit == 0) continue;
        const Unit& unit = app.unit(caller.unit);
        const bool by_handler = unit.runs[unit.code[caller.address].c].by_handler;
        runs_[caller.context].push_back({callee, caller.unit, caller.address, by_handler});
      }
    }
  }

  int deepest_from(Index context) { return below(context).frames; }

 private:
  struct Depth {
    int frames = 1;
    bool whole = true;  // nothing was left out because of the way that led here
  };
  static constexpr int visits_max = 200'000;

  Depth below(Index context) {
    const int above = static_cast<int>(path_.size());
    const auto known = depths_.find(context);
    if (known != depths_.end() && above + known->second <= frames_max) return {known->second};
    if (above >= frames_max || ++visits_ > visits_max) return {1, false};
    path_.push_back(context);
    Depth deepest;
    for (const Run& run : runs_[context]) {
      if (run.by_handler && under_way(run.callee)) {
        deepest.whole = false;
        continue;
      }
      if (above + 1 == frames_max) tell(run);
      const Depth next = below(run.callee);
      deepest.frames = std::max(deepest.frames, 1 + next.frames);
      deepest.whole &= next.whole;
    }
    path_.pop_back();
    if (deepest.whole) depths_[context] = deepest.frames;
    return deepest;
  }

  bool under_way(Index callee) const {
    const Index flow = app_.graph.contexts()[callee].unit;
    return std::any_of(path_.begin(), path_.end(),
                       [&](Index each) { return app_.graph.contexts()[each].unit == flow; });
  }

  void tell(const Run& run) {
    const Span span = app_.span_of(run.unit, run.address);
    if (!told_.insert(span).second) return;
    std::vector<Related> related;
    for (std::size_t i = 1; i < path_.size(); ++i) {
      const auto& callers = app_.graph.contexts()[path_[i]].callers;
      const auto from = std::find_if(callers.begin(), callers.end(), [&](const Caller& caller) {
        return caller.context == path_[i - 1];
      });
      if (from == callers.end()) continue;
      const Span way = app_.span_of(from->unit, from->address);
      const bool told = std::any_of(related.begin(), related.end(),
                                    [&](const Related& each) { return each.span == way; });
      if (!told) related.push_back({way, "on the way there this runs another flow"});
    }
    app_.report({Code::deep_stack, span, run.unit, run.address, frames_max},
                "this `run` may come when 8 flows are under way, and no more than 8 can wait for "
                "one another",
                "go there with `goto`, or end a flow before the next one is run",
                std::move(related));
  }

  Case& app_;
  std::vector<std::vector<Run>> runs_;
  std::vector<Index> path_;
  std::map<Index, int> depths_;
  int visits_ = 0;
  std::set<Span> told_;
};

}  // namespace

void prove_depth(Case& app, Measures& measures) {
  Depths depths(app);
  for (Index context = 1; context < app.graph.contexts().size(); ++context) {
    measures.frames = std::max(measures.frames, std::min(depths.deepest_from(context), frames_max));
  }
}

}  // namespace alur::dsl::proof
