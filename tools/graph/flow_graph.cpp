#include "tools/graph/flow_graph.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "engine/program/dump_words.hpp"
#include "tools/graph/state_walk.hpp"

namespace alur::tools {

using program::Index;
using program::Unit;

namespace {

constexpr std::size_t words_units_max = 44;
constexpr std::size_t label_lines_max = 4;

class Drawing {
 public:
  explicit Drawing(const program::Program& program) : program_(program) {
    graph_.title = program.app().name;
  }

  void draw(const std::vector<Index>& flows) {
    for (const Index flow : flows) add_flow(flow);
    for (const Index flow : flows) add_edges(flow);
  }
  FlowGraph take() { return std::move(graph_); }

  // What is said at any time, and where it leads.
  void add_anytime() {
    std::map<Index, std::vector<std::string>> phrases;
    const program::PhraseTable& anytime = program_.app().anytime;
    for (const program::PhraseTable::Exact& exact : anytime.exact()) {
      phrases[exact.entry].emplace_back(anytime.string(exact.phrase));
    }
    if (phrases.empty()) return;
    const std::size_t from =
        add({GraphNode::Kind::anytime, "anytime", "", "at any time", "", false});
    for (auto& [address, said] : phrases) {
      std::sort(said.begin(), said.end());
      for (const Exit& exit : exits_from(program_, 0, address)) {
        const bool to_flow = exit.kind == Exit::Kind::flow || exit.kind == Exit::Kind::run;
        if (!to_flow || !exit.way.empty()) continue;
        const auto kind = exit.kind == Exit::Kind::run ? GraphEdge::Kind::run : GraphEdge::Kind::go;
        for (const std::string& words : said) connect(kind, from, start_of(exit.target), words);
      }
    }
  }

 private:
  std::size_t add(GraphNode node) {
    graph_.nodes.push_back(std::move(node));
    return graph_.nodes.size() - 1;
  }

  void add_flow(Index flow) {
    const Unit& unit = program_.unit(flow);
    graph_.flows.push_back(unit.name);
    drawn_.insert(flow);
    for (Index s = 0; s < unit.states.size(); ++s) {
      const program::State& state = unit.states[s];
      states_[{flow, s}] = add({GraphNode::Kind::state, unit.name + "__" + state.name, unit.name,
                                state.name, words_of(unit, s), s == 0});
    }
  }

  // What the state asks, or else the first that it says.
  std::string words_of(const Unit& unit, Index state) const {
    Index said = program::none;
    for (Index at = unit.states[state].address + 1; at < unit.code.size(); ++at) {
      const program::Instruction& step = unit.code[at];
      if (step.op == program::Op::enter) break;
      if (step.op == program::Op::ask) {
        said = unit.messages[unit.questions[step.c].message].text;
        break;
      }
      const bool says = step.op == program::Op::say && said == program::none;
      if (says) said = unit.messages[step.c].text;
    }
    return said == program::none ? "" : shown_text(program_, unit, said, words_units_max);
  }

  void add_edges(Index flow) {
    const Unit& unit = program_.unit(flow);
    for (Index s = 0; s < unit.states.size(); ++s) {
      const std::size_t from = states_.at({flow, s});
      for (const Exit& exit : exits_from(program_, flow, unit.states[s].address)) {
        add_edge(flow, from, exit);
      }
    }
  }

  void add_edge(Index flow, std::size_t from, const Exit& exit) {
    std::string label;
    for (const std::string& part : exit.way) label += (label.empty() ? "" : " \u203a ") + part;
    GraphEdge::Kind kind = exit.is_miss ? GraphEdge::Kind::miss : GraphEdge::Kind::go;
    switch (exit.kind) {
      case Exit::Kind::state:
        return connect(kind, from, states_.at({flow, exit.target}), label);
      case Exit::Kind::flow: {
        const bool home = exit.target == program_.start_unit() && exit.target != flow;
        const std::size_t to = home ? way_home(flow) : start_of(exit.target);
        return connect(kind, from, to, label);
      }
      case Exit::Kind::run:
        return connect(GraphEdge::Kind::run, from, start_of(exit.target), label);
      case Exit::Kind::end:
        return connect(kind, from, end_of(flow, exit.target), label);
      case Exit::Kind::stop:
        return connect(kind, from, stop_of(flow), label);
    }
  }

  // The first state of a flow that is drawn, else a node for the flow.
  std::size_t start_of(Index flow) {
    if (drawn_.contains(flow)) return states_.at({flow, 0});
    const auto [known, is_new] = others_.try_emplace(flow, graph_.nodes.size());
    const std::string& name = program_.unit(flow).name;
    if (is_new) add({GraphNode::Kind::flow, "flow__" + name, "", name, "", false});
    return known->second;
  }

  // Nearly every flow leads back to the first: each has a node for that, lest all lines meet there.
  std::size_t way_home(Index flow) {
    const auto [known, is_new] = ways_home_.try_emplace(flow, graph_.nodes.size());
    const std::string& from = program_.unit(flow).name;
    const std::string& home = program_.unit(program_.start_unit()).name;
    if (is_new) add({GraphNode::Kind::flow, from + "__to__" + home, from, home, "", false});
    return known->second;
  }

  std::size_t end_of(Index flow, Index outcome) {
    const auto [known, is_new] = ends_.try_emplace({flow, outcome}, graph_.nodes.size());
    const Unit& unit = program_.unit(flow);
    const std::string& name = unit.outcomes_declared[outcome].name;
    if (is_new) {
      add({GraphNode::Kind::end, unit.name + "__end__" + name, unit.name, name, "", false});
    }
    return known->second;
  }

  std::size_t stop_of(Index flow) {
    const auto [known, is_new] = stops_.try_emplace(flow, graph_.nodes.size());
    const std::string& name = program_.unit(flow).name;
    if (is_new) add({GraphNode::Kind::stop, name + "__stop", name, "stop", "", false});
    return known->second;
  }

  // Ways of one kind between the same two nodes are one edge.
  void connect(GraphEdge::Kind kind, std::size_t from, std::size_t to, const std::string& label) {
    const auto [place, is_new] = edges_.try_emplace({kind, from, to}, graph_.edges.size());
    if (is_new) graph_.edges.push_back({kind, from, to, {}});
    GraphEdge& edge = graph_.edges[place->second];
    const bool known =
        std::find(edge.labels.begin(), edge.labels.end(), label) != edge.labels.end();
    if (!label.empty() && !known) edge.labels.push_back(label);
  }

  const program::Program& program_;
  FlowGraph graph_;
  std::set<Index> drawn_;
  std::map<std::pair<Index, Index>, std::size_t> states_;
  std::map<Index, std::size_t> others_;
  std::map<std::pair<Index, Index>, std::size_t> ends_;
  std::map<Index, std::size_t> stops_;
  std::map<std::tuple<GraphEdge::Kind, std::size_t, std::size_t>, std::size_t> edges_;
  std::map<Index, std::size_t> ways_home_;
};

}  // namespace

FlowGraph draw_program(const program::Program& program) {
  std::vector<Index> flows{program.start_unit()};
  for (Index i = 1; i < program.unit_count(); ++i) {
    if (i != program.start_unit()) flows.push_back(i);
  }
  Drawing drawing(program);
  drawing.draw(flows);
  drawing.add_anytime();
  return drawing.take();
}

std::optional<FlowGraph> draw_flow(const program::Program& program, std::string_view flow) {
  for (Index i = 1; i < program.unit_count(); ++i) {
    if (program.unit(i).name != flow) continue;
    Drawing drawing(program);
    drawing.draw({i});
    FlowGraph graph = drawing.take();
    graph.title += ": " + std::string(flow);
    return graph;
  }
  return std::nullopt;
}

std::vector<std::string> label_lines(const GraphEdge& edge) {
  if (edge.labels.size() <= label_lines_max) return edge.labels;
  std::vector<std::string> lines(edge.labels.begin(), edge.labels.begin() + label_lines_max - 1);
  lines.push_back("and " + std::to_string(edge.labels.size() - lines.size()) + " more");
  return lines;
}

}  // namespace alur::tools
