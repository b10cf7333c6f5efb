// The picture of an app before it is drawn: states as nodes, where they lead as edges, flows as
// clusters. Read off a compiled program. How it looks is the writers' business.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/program/program.hpp"

namespace alur::tools {

struct GraphNode {
  enum class Kind { state, flow, end, stop, anytime };
  Kind kind = Kind::state;
  std::string id;     // letters, digits and `_`, of one node only
  std::string flow;   // the cluster that it lies in; empty: none
  std::string title;  // the state's name
  std::string words;  // what it asks or says, shortened; may be empty
  bool is_start = false;
};

struct GraphEdge {
  enum class Kind { go, run, miss };  // miss: nothing fitted, or silence
  Kind kind = Kind::go;
  std::size_t from = 0;  // nodes
  std::size_t to = 0;
  std::vector<std::string> labels;  // one a way to come there, in the order of the file
};

struct FlowGraph {
  std::string title;
  std::vector<std::string> flows;  // clusters
  std::vector<GraphNode> nodes;
  std::vector<GraphEdge> edges;
};

// The whole app, and what can be said at any time.
FlowGraph draw_program(const program::Program& program);
// One flow, with the flows that it leads to as single nodes. Nothing when there is no such flow.
std::optional<FlowGraph> draw_flow(const program::Program& program, std::string_view flow);

std::string to_mermaid(const FlowGraph& graph);
std::string to_dot(const FlowGraph& graph);
// Nothing when Graphviz cannot lay it out.
std::optional<std::string> to_svg(const FlowGraph& graph);

// An edge's labels in one, a line each; of many only the first.
std::vector<std::string> label_lines(const GraphEdge& edge);

}  // namespace alur::tools
