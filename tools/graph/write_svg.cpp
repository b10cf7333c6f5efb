// Graphviz as a library, with the two plugins that laying out and writing SVG take: no Cairo, no
// Pango, no look at what is installed, so that the same graph gives the same picture everywhere.
#include <graphviz/cgraph.h>
#include <graphviz/gvc.h>
#include <graphviz/gvplugin.h>

#include <memory>

#include "tools/graph/flow_graph.hpp"

extern "C" {
extern gvplugin_library_t gvplugin_core_LTX_library;
extern gvplugin_library_t gvplugin_dot_layout_LTX_library;
}

namespace alur::tools {
namespace {

struct FreeContext {
  void operator()(GVC_t* graphviz) const { gvFreeContext(graphviz); }
};
struct CloseGraph {
  void operator()(Agraph_t* graph) const { agclose(graph); }
};
struct FreeRendering {
  void operator()(char* text) const { gvFreeRenderData(text); }
};

std::string rendered(GVC_t* graphviz, Agraph_t* graph) {
  char* text = nullptr;
  unsigned size = 0;
  if (gvRenderData(graphviz, graph, "svg", &text, &size) != 0) return {};
  const std::unique_ptr<char, FreeRendering> held(text);
  return {text, size};
}

}  // namespace

std::optional<std::string> to_svg(const FlowGraph& graph) {
  const lt_symlist_t plugins[] = {
      {"gvplugin_core_LTX_library", &gvplugin_core_LTX_library},
      {"gvplugin_dot_layout_LTX_library", &gvplugin_dot_layout_LTX_library},
      {nullptr, nullptr},
  };
  const std::unique_ptr<GVC_t, FreeContext> graphviz(gvContextPlugins(plugins, 0));
  const std::unique_ptr<Agraph_t, CloseGraph> drawing(agmemread(to_dot(graph).c_str()));
  if (!graphviz || !drawing || gvLayout(graphviz.get(), drawing.get(), "dot") != 0) {
    return std::nullopt;
  }
  // The layout is not freed: Graphviz 2.42 frees a rank twice where a labelled edge lies in the
  // first one. What is lost are some hundred kilobytes a picture.
  std::string svg = rendered(graphviz.get(), drawing.get());
  if (svg.empty()) return std::nullopt;
  return svg;
}

}  // namespace alur::tools
