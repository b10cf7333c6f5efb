#include "engine/program/endless.hpp"

#include <algorithm>

namespace alur::program {
namespace {

// Whether the edges, given by calling back with each, close a cycle at all: nodes that nothing
// leads to are taken away until none is left. Most flows have none, and this needs no path.
template <class EachEdge>
bool has_cycle(Index count, const EachEdge& each_edge) {
  std::vector<Index> ways_in(count);
  for (Index node = 0; node < count; ++node) {
    each_edge(node, [&](Index next) { ++ways_in[next]; });
  }
  std::vector<Index> free;
  for (Index node = 0; node < count; ++node) {
    if (ways_in[node] == 0) free.push_back(node);
  }
  Index gone = 0;
  for (; !free.empty(); ++gone) {
    const Index node = free.back();
    free.pop_back();
    each_edge(node, [&](Index next) {
      if (--ways_in[next] == 0) free.push_back(next);
    });
  }
  return gone < count;
}

// The sources of the edges that close a cycle, by depth-first search in the order of the nodes.
template <class EachEdge>
std::vector<Index> closing_edges(Index count, const EachEdge& each_edge) {
  if (!has_cycle(count, each_edge)) return {};
  enum class Colour : std::uint8_t { unseen, open, done };
  struct Visit {
    Index node;
    std::vector<Index> left;  // where it leads that was not followed yet, last first
  };
  std::vector<Colour> colours(count, Colour::unseen);
  std::vector<Index> closing;
  std::vector<Visit> path;
  const auto enter = [&](Index node) {
    colours[node] = Colour::open;
    path.push_back({node, {}});
    each_edge(node, [&](Index next) { path.back().left.push_back(next); });
    std::reverse(path.back().left.begin(), path.back().left.end());
  };
  for (Index root = 0; root < count; ++root) {
    if (colours[root] == Colour::unseen) enter(root);
    while (!path.empty()) {
      Visit& visit = path.back();
      if (visit.left.empty()) {
        colours[visit.node] = Colour::done;
        path.pop_back();
        continue;
      }
      const Index next = visit.left.back();
      visit.left.pop_back();
      if (colours[next] == Colour::open) closing.push_back(visit.node);
      if (colours[next] == Colour::unseen) enter(next);
    }
  }
  std::sort(closing.begin(), closing.end());
  closing.erase(std::unique(closing.begin(), closing.end()), closing.end());
  return closing;
}

class EndlessFinder {
 public:
  explicit EndlessFinder(const Program& program)
      : program_(program), units_(static_cast<Index>(program.unit_count())), passes_(units_) {
    for (Index i = 0; i < units_; ++i) passes_[i].resize(unit(i).outcomes_declared.size());
  }

  std::vector<EndlessWalk> find() {
    find_passes();
    std::vector<EndlessWalk> walks;
    for (Index i = 0; i < units_; ++i) {
      const auto size = static_cast<Index>(unit(i).code.size());
      const auto edges = [&](Index at, const auto& take) { each_next(i, at, Bounds::cut, take); };
      for (const Index at : closing_edges(size, edges)) walks.push_back({i, at});
    }
    find_between(walks);
    return walks;
  }

 private:
  enum class Bounds : bool { cut, walked };

  const Unit& unit(Index index) const { return program_.unit(index); }

  // How a flow that is started may end without rest, for all flows at once: repeated until nothing
  // is added, since flows pass through one another.
  void find_passes() {
    for (bool added = true; added;) {
      added = false;
      for (Index i = 1; i < units_; ++i) {
        for (const Index at : reached(i)) {
          const Instruction& step = unit(i).code[at];
          if (step.op != Op::end || passes_[i][step.b]) continue;
          passes_[i][step.b] = true;
          added = true;
        }
      }
    }
  }

  void find_between(std::vector<EndlessWalk>& walks) const {
    std::vector<std::vector<EndlessWalk>> starts(units_);  // unit: the flow started
    for (Index i = 1; i < units_; ++i) {
      for (const Index at : reached(i)) {
        const Instruction& step = unit(i).code[at];
        if (step.op == Op::run) {
          starts[i].push_back({program_.imported(i, unit(i).runs[step.c].import), at});
        } else if (step.op == Op::leave) {
          starts[i].push_back({program_.imported(i, unit(i).departures[step.c].import), at});
        }
      }
    }
    const auto edges = [&](Index i, const auto& take) {
      for (const EndlessWalk& start : starts[i]) take(start.unit);
    };
    for (const Index i : closing_edges(units_, edges)) {
      walks.push_back({i, starts[i].front().address});
    }
  }

  // What a flow comes to from its start without rest, in order.
  std::vector<Index> reached(Index index) const {
    std::vector<bool> seen(unit(index).code.size());
    std::vector<Index> open{unit(index).states.front().address};
    seen[open.front()] = true;
    std::vector<Index> all;
    while (!open.empty()) {
      const Index at = open.back();
      open.pop_back();
      all.push_back(at);
      each_next(index, at, Bounds::walked, [&](Index next) {
        if (!seen[next]) open.push_back(next);
        seen[next] = true;
      });
    }
    std::sort(all.begin(), all.end());
    return all;
  }

  // Where an instruction leads without rest.
  template <class Take>
  void each_next(Index index, Index at, Bounds bounds, const Take& take) const {
    const Instruction& step = unit(index).code[at];
    switch (step.op) {
      case Op::enter:
      case Op::say:
      case Op::set:
      case Op::track:
        return take(at + 1);
      case Op::jump:
        return take(step.c);
      case Op::jump_unless:
        take(at + 1);
        return take(step.d);
      case Op::bound:
        take(at + 1);
        if (bounds == Bounds::walked) take(step.d);
        return;
      case Op::match:
        return each_case(unit(index), unit(index).matches[step.c], take);
      case Op::run:
        return each_passed(index, unit(index).runs[step.c], take);
      case Op::handoff:
        return each_closed(unit(index), unit(index).handoffs[step.c], take);
      default:
        return;
    }
  }

  template <class Take>
  void each_case(const Unit& flow, const Match& match, const Take& take) const {
    for (Index i = match.cases.begin; i < match.cases.end; ++i) take(flow.cases[i].address);
    if (match.otherwise != none) take(match.otherwise);
  }

  template <class Take>
  void each_passed(Index index, const Run& run, const Take& take) const {
    const Index flow = program_.imported(index, run.import);
    for (Index i = run.outcomes.begin; i < run.outcomes.end; ++i) {
      const Outcome& outcome = unit(index).outcomes[i];
      for (std::size_t o = 0; o < passes_[flow].size(); ++o) {
        const bool passes = passes_[flow][o] && unit(flow).outcomes_declared[o].key == outcome.key;
        if (passes) take(outcome.address);
      }
    }
  }

  // Out of hours nobody is waited for.
  template <class Take>
  void each_closed(const Unit& flow, const Handoff& handoff, const Take& take) const {
    if (program_.app().queues[handoff.queue].hours == none) return;
    for (Index i = handoff.outcomes.begin; i < handoff.outcomes.end; ++i) {
      if (flow.outcomes[i].name == "out_of_hours") take(flow.outcomes[i].address);
    }
  }

  const Program& program_;
  Index units_;
  std::vector<std::vector<bool>> passes_;  // of each unit, for each declared outcome
};

}  // namespace

std::vector<EndlessWalk> find_endless_walks(const Program& program) {
  return EndlessFinder(program).find();
}

}  // namespace alur::program
