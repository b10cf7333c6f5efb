// Graphviz's language: flows as clusters, and the looks that its drawing is to have.
#include "tools/graph/flow_graph.hpp"

namespace alur::tools {
namespace {

constexpr std::string_view looks =
    R"(  rankdir=TB; ranksep=0.45; nodesep=0.35; fontname="Helvetica"; fontsize=16;
  node [fontname="Helvetica", fontsize=11, shape=box, style="rounded,filled",
        fillcolor="#ffffff", color="#5b6b7b", margin="0.2,0.08"];
  edge [fontname="Helvetica", fontsize=9, color="#5b6b7b", fontcolor="#33404d", arrowsize=0.7];
)";

std::string quoted(std::string_view words) {
  std::string out = "\"";
  for (const char c : words) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

// Words side by side on lines of about the same length.
std::string folded(std::string_view words, std::size_t columns) {
  std::string out;
  std::size_t line = 0;
  for (const char c : words) {
    if (c == ' ' && line >= columns) {
      out += '\n';
      line = 0;
      continue;
    }
    out += c;
    ++line;
  }
  return out;
}

std::string looks_of(const GraphNode& node) {
  switch (node.kind) {
    case GraphNode::Kind::state:
      return node.is_start ? ", fillcolor=\"#dcebfa\", penwidth=1.6" : "";
    case GraphNode::Kind::flow:
      return ", fillcolor=\"#eef1f4\", shape=folder";
    case GraphNode::Kind::end:
      return ", fillcolor=\"#e3f3e4\", shape=oval, style=filled";
    case GraphNode::Kind::stop:
      return ", fillcolor=\"#f6e1e1\", shape=oval, style=filled";
    case GraphNode::Kind::anytime:
      return ", fillcolor=\"#fdf3d7\", shape=hexagon, style=filled";
  }
  return "";
}

std::string line_of(const GraphNode& node) {
  std::string label = node.title;
  if (!node.words.empty()) label += "\n" + folded(node.words, 22);
  return quoted(node.id) + " [label=" + quoted(label) + looks_of(node) + "];\n";
}

std::string line_of(const GraphEdge& edge, const FlowGraph& graph) {
  std::string label = edge.kind == GraphEdge::Kind::run ? "run" : "";
  for (const std::string& line : label_lines(edge)) label += (label.empty() ? "" : "\n") + line;
  std::string out = quoted(graph.nodes[edge.from].id) + " -> " + quoted(graph.nodes[edge.to].id);
  out += " [label=" + quoted(label);
  if (edge.kind == GraphEdge::Kind::run) out += ", style=dashed, arrowhead=empty";
  if (edge.kind == GraphEdge::Kind::miss) {
    out += ", style=dotted, color=\"#a08060\", fontcolor=\"#806040\"";
  }
  return out + "];\n";
}

}  // namespace

std::string to_dot(const FlowGraph& graph) {
  std::string out = "digraph " + quoted(graph.title) + " {\n" + std::string(looks);
  for (const std::string& flow : graph.flows) {
    out += "  subgraph " + quoted("cluster_" + flow) + " {\n";
    out += "    label=" + quoted(flow) + "; labeljust=l; color=\"#c3ccd5\"; style=rounded;\n";
    for (const GraphNode& node : graph.nodes) {
      if (node.flow == flow) out += "    " + line_of(node);
    }
    out += "  }\n";
  }
  for (const GraphNode& node : graph.nodes) {
    if (node.flow.empty()) out += "  " + line_of(node);
  }
  for (const GraphEdge& edge : graph.edges) out += "  " + line_of(edge, graph);
  return out + "}\n";
}

}  // namespace alur::tools
