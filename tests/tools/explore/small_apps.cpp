#include "tests/tools/explore/small_apps.hpp"

#include <gtest/gtest.h>

#include "dsl/finding/render.hpp"
#include "tools/mutate/app_trees.hpp"

namespace alur::tests {

namespace {

constexpr std::string_view app_yaml = R"(app: small
languages: [id]
timezone: Asia/Jakarta
start: main
channels: [whatsapp]
types:
  item:
    key: text(1..20)
    name: text(1..80)
    kind: one of old, new
services:
  shop.find:
    params:
      name: text(1..80)
    outcomes:
      found: item
      several: list of item (0..3)
      nothing:
    timeout: 4s
hours:
  office: mon-fri 08:00-17:00
queues:
  desk:
    hours: office
  second:
    hours: office
defaults:
  no_match:
    - id: Maaf?
    - stop: true
  no_input:
    after: 10m
    stop: true
)";

}  // namespace

std::vector<dsl::AppFile> small_files(const std::vector<std::string>& flows,
                                      std::string_view more) {
  std::vector<dsl::AppFile> files{
      {"app.yaml", "app.yaml", std::string(app_yaml) + std::string(more)}};
  for (const std::string& flow : flows) {
    constexpr std::size_t name_begins = 6;  // after `flow: `
    const std::string name = flow.substr(name_begins, flow.find('\n') - name_begins);
    files.push_back({name + ".flow.yaml", name + ".flow.yaml", flow});
  }
  return files;
}

std::shared_ptr<const program::Program> emitted(const std::vector<dsl::AppFile>& files) {
  const tools::AppTrees trees(files);
  EXPECT_EQ(trees.findings().error_count(), 0u)
      << dsl::render_text(trees.sources(), trees.findings());
  return trees.program();
}

}  // namespace alur::tests
