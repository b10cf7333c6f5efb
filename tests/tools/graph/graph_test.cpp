// A small app -> its picture in each language, to the byte where it is ours; and kontak157, of
// which nothing may be missing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "dsl/compile/compile.hpp"
#include "dsl/finding/render.hpp"
#include "tools/graph/flow_graph.hpp"

// Graphviz keeps some of what it allocates: see write_svg.cpp.
extern "C" const char* __lsan_default_suppressions();   // NOLINT
extern "C" const char* __lsan_default_suppressions() {  // NOLINT
  return "leak:libgvplugin_dot_layout\nleak:libgvplugin_core\nleak:libgvc\nleak:libcgraph\n"
         "leak:libcdt\nleak:libexpat\n";
}

namespace alur::tools {
namespace {

constexpr const char* app_yaml = R"(app: small
languages: [id, en]
timezone: Asia/Jakarta
start: menu
channels: [console]
anytime:
  - hear: [menu, "(main|utama) menu"]
    goto: menu
defaults:
  no_match:
    - id: Maaf?
      en: Sorry?
    - stop: true
)";

constexpr const char* menu_yaml = R"(flow: menu
states:
  start:
    - choose:
        id: |
          Mau apa?
          Pilih "satu".
        en: What now?
      options:
        - label: {id: Nilai <5>, en: Rate}
          goto: ask_stars
        - label: {id: Selesai, en: Done}
          goto: bye
        - label: {id: Sudah, en: That is all}
          goto: bye
  ask_stars:
    - run: rate
      outcomes:
        rated: next
        refused: start
    - goto: bye
  bye:
    - say: {id: Dah., en: Bye.}
    - stop: true
)";

constexpr const char* rate_yaml = R"(flow: rate
outcomes: [rated, refused]
vars:
  stars: integer(1..5)
states:
  start:
    - ask: {id: "Berapa?", en: "How many?"}
      into: stars
      no_match:
        - id: Angka.
          en: A number.
        - goto: give_up
      no_input:
        after: 10m
        goto: menu
    - if: stars > 3
      then:
        - say: {id: "Wah", en: "Oh"}
    - end: rated
  give_up:
    - end: refused
)";

std::shared_ptr<const program::Program> compiled(const std::vector<dsl::AppFile>& files) {
  const dsl::Compilation compilation = dsl::compile(files);
  EXPECT_TRUE(compilation.program) << dsl::render_text(*compilation.sources, compilation.findings);
  return compilation.program;
}

std::shared_ptr<const program::Program> small() {
  return compiled({{"app.yaml", "app.yaml", app_yaml},
                   {"menu.flow.yaml", "menu.flow.yaml", menu_yaml},
                   {"rate.flow.yaml", "rate.flow.yaml", rate_yaml}});
}

TEST(Graph, AsMermaid) {
  EXPECT_EQ(to_mermaid(draw_program(*small())), R"(flowchart TD
  subgraph cluster__menu["menu"]
    menu__start["start<br/>Mau apa? Pilih #quot;satu#quot;."]
    menu__ask_stars["ask_stars"]
    menu__bye["bye<br/>Dah."]
    menu__stop(["stop"])
  end
  subgraph cluster__rate["rate"]
    rate__start["start<br/>Berapa?"]
    rate__give_up["give_up"]
    rate__to__menu[["menu"]]
    rate__end__rated(["rated"])
    rate__end__refused(["refused"])
  end
  anytime{{"at any time"}}
  menu__start -->|"Nilai #lt;5#gt;"| menu__ask_stars
  menu__start -->|"Selesai<br/>Sudah"| menu__bye
  menu__ask_stars -.->|"run"| rate__start
  menu__ask_stars -->|"refused"| menu__start
  menu__ask_stars -->|"rated"| menu__bye
  menu__bye --> menu__stop
  rate__start -.->|"no match"| rate__give_up
  rate__start -.->|"silent 10m"| rate__to__menu
  rate__start --> rate__end__rated
  rate__give_up --> rate__end__refused
  anytime -->|"main menu<br/>menu<br/>utama menu"| menu__start
)");
}

TEST(Graph, OneFlowAsDot) {
  const auto graph = draw_flow(*small(), "rate");
  ASSERT_TRUE(graph);
  const std::string dot = to_dot(*graph);
  EXPECT_EQ(dot.substr(dot.find("  subgraph")), R"(  subgraph "cluster_rate" {
    label="rate"; labeljust=l; color="#c3ccd5"; style=rounded;
    "rate__start" [label="start
Berapa?", fillcolor="#dcebfa", penwidth=1.6];
    "rate__give_up" [label="give_up"];
    "rate__to__menu" [label="menu", fillcolor="#eef1f4", shape=folder];
    "rate__end__rated" [label="rated", fillcolor="#e3f3e4", shape=oval, style=filled];
    "rate__end__refused" [label="refused", fillcolor="#e3f3e4", shape=oval, style=filled];
  }
  "rate__start" -> "rate__give_up" [label="no match", style=dotted, color="#a08060", fontcolor="#806040"];
  "rate__start" -> "rate__to__menu" [label="silent 10m", style=dotted, color="#a08060", fontcolor="#806040"];
  "rate__start" -> "rate__end__rated" [label=""];
  "rate__give_up" -> "rate__end__refused" [label=""];
}
)");
}

TEST(Graph, AFlowThatThereIsNot) {
  EXPECT_FALSE(draw_flow(*small(), "nothing"));
  EXPECT_FALSE(draw_flow(*small(), ""));
}

TEST(Graph, AsSvg) {
  const auto svg = to_svg(draw_program(*small()));
  ASSERT_TRUE(svg);
  EXPECT_THAT(*svg, testing::StartsWith("<?xml"));
  for (const char* words : {"ask_stars", "give_up", "Nilai &lt;5&gt;", "menu", "silent 10m"}) {
    EXPECT_THAT(*svg, testing::HasSubstr(words));
  }
  EXPECT_TRUE(*svg == *to_svg(draw_program(*small())));
}

TEST(Graph, NothingOfKontak157IsMissing) {
  std::string error;
  const auto program = compiled(dsl::read_app_folder(ALUR_SOURCE_DIR "/flows/kontak157", error));
  ASSERT_TRUE(program) << error;
  const FlowGraph graph = draw_program(*program);
  std::set<std::string> ids;
  std::set<std::size_t> reached;
  for (const GraphNode& node : graph.nodes) EXPECT_TRUE(ids.insert(node.id).second) << node.id;
  for (const GraphEdge& edge : graph.edges) reached.insert(edge.to);
  std::size_t states = 0;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const GraphNode& node = graph.nodes[i];
    if (node.kind != GraphNode::Kind::state) continue;
    ++states;
    EXPECT_TRUE(node.is_start || reached.contains(i)) << node.id;
  }
  std::size_t written = 0;
  for (program::Index i = 1; i < program->unit_count(); ++i)
    written += program->unit(i).states.size();
  EXPECT_EQ(states, written);
  EXPECT_TRUE(to_svg(graph));
}

}  // namespace
}  // namespace alur::tools
