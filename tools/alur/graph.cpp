// `alur graph APP`: an app's flows as a picture.
#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>
#include <memory>

#include "tools/alur/command.hpp"
#include "tools/graph/flow_graph.hpp"
#include "tools/load/load_app.hpp"

namespace alur::tools {
namespace {

struct GraphOptions {
  std::string app;
  std::string flow;
  std::string format = "mermaid";
};

int unusable(const std::string& error) {
  std::cerr << "alur graph: " << error << "\n";
  return exit_unusable;
}

int print(const FlowGraph& graph, const GraphOptions& options) {
  if (options.format == "mermaid") {
    std::cout << to_mermaid(graph);
  } else if (options.format == "dot") {
    std::cout << to_dot(graph);
  } else if (const auto svg = to_svg(graph)) {
    std::cout << *svg;
  } else {
    return unusable("Graphviz could not lay it out");
  }
  return exit_good;
}

int graph(const GraphOptions& options) {
  const LoadedApp loaded = load_app(options.app);
  if (!loaded.error.empty()) return unusable(loaded.error);
  if (!loaded.program) {
    std::cerr << loaded.findings << "\nan app with errors is not drawn\n";
    return exit_found;
  }
  if (options.flow.empty()) return print(draw_program(*loaded.program), options);
  const auto drawn = draw_flow(*loaded.program, options.flow);
  if (drawn) return print(*drawn, options);
  return unusable("there is no flow `" + options.flow + "` in " + options.app);
}

}  // namespace

Run declare_graph(CLI::App& command) {
  auto options = std::make_shared<GraphOptions>();
  command.add_option("APP", options->app, "The app's folder, with app.yaml in it")->required();
  command.add_option("--flow", options->flow, "Only this flow, and what it leads to");
  command
      .add_option("--format", options->format,
                  "mermaid and dot are text for other programs, svg is the picture itself")
      ->check(CLI::IsMember({"mermaid", "dot", "svg"}))
      ->capture_default_str();
  return [options] { return graph(*options); };
}

}  // namespace alur::tools
