#include "engine/program/endless.hpp"

#include <algorithm>

namespace alur::program {
namespace {

using Addresses = std::vector<Index>;

// The sources of the edges that close a cycle, by depth-first search in the order of the nodes.
template <class Successors>
std::vector<Index> closing_edges(Index count, const Successors& successors) {
  enum class Colour : std::uint8_t { unseen, open, done };
  struct Visit {
    Index node;
    Addresses next;
  };
  std::vector<Colour> colours(count, Colour::unseen);
  std::vector<Index> closing;
  std::vector<Visit> path;
  const auto enter = [&](Index node) {
    colours[node] = Colour::open;
    path.push_back({node, successors(node)});
    std::reverse(path.back().next.begin(), path.back().next.end());
  };
  for (Index root = 0; root < count; ++root) {
    if (colours[root] == Colour::unseen) enter(root);
    while (!path.empty()) {
      Visit& visit = path.back();
      if (visit.next.empty()) {
        colours[visit.node] = Colour::done;
        path.pop_back();
        continue;
      }
      const Index next = visit.next.back();
      visit.next.pop_back();
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
      const auto next = [&](Index at) { return successors(i, at, Bounds::cut); };
      for (const Index at : closing_edges(size, next)) walks.push_back({i, at});
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
    const auto next = [&](Index i) {
      Addresses flows;
      for (const EndlessWalk& start : starts[i]) flows.push_back(start.unit);
      return flows;
    };
    for (const Index i : closing_edges(units_, next)) {
      walks.push_back({i, starts[i].front().address});
    }
  }

  // What a flow comes to from its start without rest, in order.
  Addresses reached(Index index) const {
    std::vector<bool> seen(unit(index).code.size());
    Addresses open{unit(index).states.front().address};
    seen[open.front()] = true;
    Addresses all;
    while (!open.empty()) {
      const Index at = open.back();
      open.pop_back();
      all.push_back(at);
      for (const Index next : successors(index, at, Bounds::walked)) {
        if (!seen[next]) open.push_back(next);
        seen[next] = true;
      }
    }
    std::sort(all.begin(), all.end());
    return all;
  }

  Addresses successors(Index index, Index at, Bounds bounds) const {
    const Instruction& step = unit(index).code[at];
    switch (step.op) {
      case Op::enter:
      case Op::say:
      case Op::set:
      case Op::track:
        return {at + 1};
      case Op::jump:
        return {step.c};
      case Op::jump_unless:
        return {at + 1, step.d};
      case Op::bound:
        return bounds == Bounds::cut ? Addresses{at + 1} : Addresses{at + 1, step.d};
      case Op::match:
        return after_match(index, unit(index).matches[step.c]);
      case Op::run:
        return after_run(index, unit(index).runs[step.c]);
      case Op::handoff:
        return after_handoff(index, unit(index).handoffs[step.c]);
      default:
        return {};
    }
  }

  Addresses after_match(Index index, const Match& match) const {
    Addresses next;
    for (Index i = match.cases.begin; i < match.cases.end; ++i) {
      next.push_back(unit(index).cases[i].address);
    }
    if (match.otherwise != none) next.push_back(match.otherwise);
    return next;
  }

  Addresses after_run(Index index, const Run& run) const {
    const Index flow = program_.imported(index, run.import);
    Addresses next;
    for (Index i = run.outcomes.begin; i < run.outcomes.end; ++i) {
      const Outcome& outcome = unit(index).outcomes[i];
      for (std::size_t o = 0; o < passes_[flow].size(); ++o) {
        const bool passes = passes_[flow][o] && unit(flow).outcomes_declared[o].key == outcome.key;
        if (passes) next.push_back(outcome.address);
      }
    }
    return next;
  }

  // Out of hours nobody is waited for.
  Addresses after_handoff(Index index, const Handoff& handoff) const {
    Addresses next;
    if (program_.app().queues[handoff.queue].hours == none) return next;
    for (Index i = handoff.outcomes.begin; i < handoff.outcomes.end; ++i) {
      const Outcome& outcome = unit(index).outcomes[i];
      if (outcome.name == "out_of_hours") next.push_back(outcome.address);
    }
    return next;
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
