// The compiled cache gives the program that compiling would, or none.
#include "tools/load/load_app.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "engine/program/dump.hpp"

namespace alur::tools {
namespace {

namespace fs = std::filesystem;

constexpr const char* app_yaml =
    "app: small\nlanguages: [en]\ntimezone: Asia/Jakarta\nstart: main\nchannels: [console]\n";

class LoadApp : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "load_app_XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    root_ = name;
    fs::create_directory(root_ / "app");
    write("app.yaml", app_yaml);
    greet("Hello.");
  }
  void TearDown() override { fs::remove_all(root_); }

  void write(const std::string& path, const std::string& text) {
    std::ofstream(root_ / "app" / path, std::ios::trunc) << text;
  }
  void greet(const std::string& words) {
    write("main.flow.yaml",
          "flow: main\nstates:\n  start:\n    - say: " + words + "\n    - stop: true\n");
  }
  ProgramCache cache() const { return ProgramCache(root_ / "cache"); }
  LoadedApp load() const { return load_app((root_ / "app").string(), cache()); }
  // Whatever lies in the cache.
  std::vector<fs::path> kept() const {
    std::vector<fs::path> files;
    if (!fs::exists(root_ / "cache")) return files;
    for (const auto& each : fs::directory_iterator(root_ / "cache")) files.push_back(each.path());
    return files;
  }
  std::shared_ptr<const program::Program> cached() const {
    std::string error;
    const auto files = dsl::read_app_folder((root_ / "app").string(), error);
    return cache().find((root_ / "app").string(), dsl::hash_of(files));
  }

  fs::path root_;
};

TEST_F(LoadApp, KeepsWhatItCompiled) {
  EXPECT_EQ(cached(), nullptr);
  const LoadedApp first = load();
  ASSERT_TRUE(first.program);
  ASSERT_TRUE(cached());
  EXPECT_EQ(program::dump(*cached()), program::dump(*first.program));
  EXPECT_EQ(program::dump(*load().program), program::dump(*first.program));
}

TEST_F(LoadApp, AChangeIsCompiledAnewInTheSamePlace) {
  const std::string before = program::dump(*load().program);
  greet("Good day.");
  EXPECT_EQ(cached(), nullptr);
  EXPECT_NE(program::dump(*load().program), before);
  EXPECT_EQ(kept().size(), 1u);
  greet("Hello.");
  EXPECT_EQ(program::dump(*load().program), before);
}

TEST_F(LoadApp, GarbledBytesAreIgnored) {
  const std::string before = program::dump(*load().program);
  ASSERT_EQ(kept().size(), 1u);
  const fs::path file = kept().front();
  const std::uintmax_t size = fs::file_size(file);
  for (const std::uintmax_t cut : {std::uintmax_t{0}, std::uintmax_t{100}, size - 1}) {
    fs::resize_file(file, cut);
    EXPECT_EQ(cached(), nullptr) << cut;
    EXPECT_EQ(program::dump(*load().program), before);
  }
  std::fstream(file).seekp(static_cast<std::streamoff>(size / 2)).put('\x5a').put('\x5b');
  EXPECT_EQ(cached(), nullptr);
  EXPECT_EQ(program::dump(*load().program), before);
}

TEST_F(LoadApp, NowhereToKeepIsNoError) {
  EXPECT_TRUE(load_app((root_ / "app").string(), ProgramCache({})).program);
  std::ofstream(root_ / "file") << "x";
  EXPECT_TRUE(load_app((root_ / "app").string(), ProgramCache(root_ / "file/cache")).program);
  fs::create_directories(root_ / "cache");
  load();
  ASSERT_EQ(kept().size(), 1u);
  const fs::path file = kept().front();
  fs::remove(file);
  fs::create_directories(file / "in_the_way");
  EXPECT_TRUE(load().program);
  EXPECT_EQ(kept().size(), 1u) << "nothing half written stays";
}

TEST_F(LoadApp, ErrorsAreTold) {
  write("main.flow.yaml", "flow: main\nstates:\n  start:\n    - goto: nowhere\n");
  const LoadedApp loaded = load();
  EXPECT_FALSE(loaded.program);
  EXPECT_NE(loaded.findings.find("N001"), std::string::npos) << loaded.findings;
  EXPECT_TRUE(kept().empty());
  fs::remove_all(root_ / "app");
  EXPECT_EQ(load().error, (root_ / "app").string() + ": there is no such folder");
}

}  // namespace
}  // namespace alur::tools
