// Graphviz as a library, with the two plugins that laying out and writing SVG take: no Cairo, no
// Pango, no look at what is installed. Graphviz orders clusters by numbers that it makes of
// addresses; here it counts instead, so that the same graph gives the same picture.
#include <graphviz/cgraph.h>
#include <graphviz/gvc.h>
#include <graphviz/gvplugin.h>

#include <algorithm>
#include <cstring>
#include <deque>
#include <map>
#include <memory>

#include "tools/graph/flow_graph.hpp"

extern "C" {
extern gvplugin_library_t gvplugin_core_LTX_library;
extern gvplugin_library_t gvplugin_dot_layout_LTX_library;
}

namespace alur::tools {
namespace {

// --- numbers for the parts of a graph, in the order of their coming

class Numbers {
 public:
  static void* open(Agraph_t*, Agdisc_t*) { return new Numbers; }
  static void close(void* numbers) { delete static_cast<Numbers*>(numbers); }

  static long map(void* numbers, int kind, char* name, IDTYPE* number, int create) {
    return static_cast<Numbers*>(numbers)->find(kind, name, *number, create != 0) ? 1 : 0;
  }
  static char* print(void* numbers, int, IDTYPE number) {
    std::deque<std::string>& names = static_cast<Numbers*>(numbers)->names_;
    return number < names.size() && !names[number].empty() ? names[number].data() : nullptr;
  }
  static long allocate(void*, int, IDTYPE) { return 0; }
  static void release(void*, int, IDTYPE) {}
  static void note(void*, int, void*) {}

 private:
  // What has no name gets a number of its own.
  bool find(int kind, const char* name, IDTYPE& number, bool create) {
    if (!name && !create) return false;
    if (name) {
      const auto known = numbers_.find({kind, name});
      if (known != numbers_.end()) {
        number = known->second;
        return true;
      }
      if (!create) return false;
    }
    number = names_.size();
    names_.emplace_back(name ? name : "");
    if (name) numbers_.emplace(std::pair<int, std::string>(kind, name), number);
    return true;
  }

  std::map<std::pair<int, std::string>, IDTYPE> numbers_;
  std::deque<std::string> names_;  // where names stay in their places
};

Agiddisc_t counting{Numbers::open,  Numbers::map,   Numbers::allocate, Numbers::release,
                    Numbers::print, Numbers::close, Numbers::note};

// --- reading from memory

int read_some(void* text, char* buffer, int size) {
  auto& left = *static_cast<std::string_view*>(text);
  const std::size_t count = std::min(left.size(), static_cast<std::size_t>(size));
  std::memcpy(buffer, left.data(), count);
  left.remove_prefix(count);
  return static_cast<int>(count);
}

struct FreeContext {
  void operator()(GVC_t* graphviz) const { gvFreeContext(graphviz); }
};
struct CloseGraph {
  void operator()(Agraph_t* graph) const { agclose(graph); }
};
struct FreeRendering {
  void operator()(char* text) const { gvFreeRenderData(text); }
};
using Drawing = std::unique_ptr<Agraph_t, CloseGraph>;

Drawing read(std::string_view dot) {
  Agiodisc_t from_memory = AgIoDisc;
  from_memory.afread = read_some;
  Agdisc_t ways{&AgMemDisc, &counting, &from_memory};
  return Drawing(agread(&dot, &ways));
}

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
  const std::string dot = to_dot(graph);
  const Drawing drawing = read(dot);
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
