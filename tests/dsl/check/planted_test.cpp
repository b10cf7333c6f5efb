// Planted defects: five apps for each kind of finding about messages, each sound but for one
// mistake, and sound apps that look like mistakes. The apps stand in planted/*.txt: `---- name`,
// then `=== app` (added to a small app.yaml), `=== flow` (of `main`) and whole files by their
// names.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "dsl/compile/compile.hpp"
#include "dsl/finding/render.hpp"

namespace alur::dsl {
namespace {

namespace fs = std::filesystem;

struct PlantedApp {
  std::string kind;  // "K001", or "sound"
  std::string name;
  std::vector<AppFile> files;
};

std::string kind_of(const fs::path& path) {
  std::string kind = path.stem().string();
  if (kind != "sound") kind[0] = static_cast<char>(std::toupper(kind[0]));
  return kind;
}

std::string app_yaml(const std::string& extra) {
  const bool languages = extra.find("languages:") != std::string::npos;
  const bool channels = extra.find("channels:") != std::string::npos;
  return "app: small\ntimezone: Asia/Jakarta\nstart: main\n" +
         std::string(channels ? "" : "channels: [whatsapp, webchat, console]\n") +
         std::string(languages ? "" : "languages: [en]\n") + extra;
}

// Its files, from the lines of its block.
std::vector<AppFile> files_of(const std::vector<std::string>& lines) {
  std::vector<AppFile> files{{"app.yaml", "app.yaml", ""}};
  AppFile* file = nullptr;
  for (const std::string& line : lines) {
    if (!line.starts_with("=== ")) {
      if (file != nullptr) file->text += line + '\n';
      continue;
    }
    std::string path = line.substr(4);
    if (path == "app") {
      file = &files.front();
      continue;
    }
    if (path == "flow") path = "main.flow.yaml";
    files.push_back({path, path, path == "main.flow.yaml" ? "flow: main\noutcomes: [done]\n" : ""});
    file = &files.back();
  }
  files.front().text = app_yaml(files.front().text);
  return files;
}

std::vector<PlantedApp> apps_in(const fs::path& path) {
  std::vector<PlantedApp> apps;
  std::vector<std::string> lines;
  const auto close = [&] {
    if (!apps.empty()) apps.back().files = files_of(lines);
    lines.clear();
  };
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("---- ")) {
      close();
      apps.push_back({kind_of(path), line.substr(5), {}});
    } else {
      lines.push_back(line);
    }
  }
  close();
  return apps;
}

std::vector<PlantedApp> all_apps() {
  std::vector<fs::path> paths;
  const fs::path folder = fs::path(ALUR_SOURCE_DIR) / "tests/dsl/check/planted";
  for (const auto& entry : fs::directory_iterator(folder)) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<PlantedApp> apps;
  for (const fs::path& path : paths) {
    for (PlantedApp& app : apps_in(path)) apps.push_back(std::move(app));
  }
  return apps;
}

class Planted : public testing::TestWithParam<PlantedApp> {};

TEST_P(Planted, IsFoundAndNothingElse) {
  const Compilation made = compile(GetParam().files, 1);
  std::set<std::string> codes;
  for (const Finding& finding : made.findings) codes.insert(std::string(row(finding.code).text));
  std::set<std::string> expected;
  if (GetParam().kind != "sound") expected.insert(GetParam().kind);
  EXPECT_EQ(codes, expected) << render_text(*made.sources, made.findings);
}

std::string test_name(const testing::TestParamInfo<PlantedApp>& info) {
  std::string name = info.param.kind + "_" + info.param.name;
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Apps, Planted, testing::ValuesIn(all_apps()), test_name);

TEST(PlantedSuite, HasFiveOfEachKindAndManySoundOnes) {
  std::map<std::string, int> kinds;
  for (const PlantedApp& app : all_apps()) ++kinds[app.kind];
  for (const auto& [kind, count] : kinds) EXPECT_GE(count, kind == "sound" ? 15 : 5) << kind;
  EXPECT_GE(kinds.size(), 12u);
}

}  // namespace
}  // namespace alur::dsl
