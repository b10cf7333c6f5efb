// Mermaid's flowchart syntax: flows as subgraphs, for pages that draw it themselves.
#include "tools/graph/flow_graph.hpp"

namespace alur::tools {
namespace {

// In double quotes, where Mermaid wants its own and HTML's special letters as entities.
std::string quoted(std::string_view words) {
  std::string out = "\"";
  for (const char c : words) {
    switch (c) {
      case '"':
        out += "#quot;";
        break;
      case '#':
        out += "#35;";
        break;
      case '&':
        out += "#amp;";
        break;
      case '<':
        out += "#lt;";
        break;
      case '>':
        out += "#gt;";
        break;
      default:
        out += c;
    }
  }
  return out + '"';
}

std::string words_of(const GraphNode& node) {
  const std::string title = quoted(node.title);
  if (node.words.empty()) return title;
  return title.substr(0, title.size() - 1) + "<br/>" + quoted(node.words).substr(1);
}

std::string shape_of(const GraphNode& node) {
  switch (node.kind) {
    case GraphNode::Kind::state:
      return "[" + words_of(node) + "]";
    case GraphNode::Kind::flow:
      return "[[" + words_of(node) + "]]";
    case GraphNode::Kind::end:
    case GraphNode::Kind::stop:
      return "([" + words_of(node) + "])";
    case GraphNode::Kind::anytime:
      return "{{" + words_of(node) + "}}";
  }
  return "";
}

std::string line_of(const GraphEdge& edge) {
  std::string label;
  for (const std::string& line : label_lines(edge)) {
    const std::string words = quoted(line);
    label += (label.empty() ? "" : "<br/>") + words.substr(1, words.size() - 2);
  }
  std::string arrow = edge.kind == GraphEdge::Kind::go ? "-->" : "-.->";
  if (edge.kind == GraphEdge::Kind::run) label = label.empty() ? "run" : "run<br/>" + label;
  return label.empty() ? arrow : arrow + "|\"" + label + "\"|";
}

}  // namespace

std::string to_mermaid(const FlowGraph& graph) {
  std::string out = "flowchart TD\n";
  const auto add_nodes = [&](std::string_view flow, std::string_view indentation) {
    for (const GraphNode& node : graph.nodes) {
      if (node.flow != flow) continue;
      out += std::string(indentation) + node.id + shape_of(node) + "\n";
    }
  };
  for (const std::string& flow : graph.flows) {
    out += "  subgraph cluster__" + flow + "[" + quoted(flow) + "]\n";
    add_nodes(flow, "    ");
    out += "  end\n";
  }
  add_nodes("", "  ");
  for (const GraphEdge& edge : graph.edges) {
    out += "  " + graph.nodes[edge.from].id + " " + line_of(edge) + " " + graph.nodes[edge.to].id +
           "\n";
  }
  return out;
}

}  // namespace alur::tools
