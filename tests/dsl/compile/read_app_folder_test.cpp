// What stands in the way of reading an app's folder is one plain line, whatever it is.
#include <gtest/gtest.h>
#include <sys/fsuid.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "dsl/compile/compile.hpp"

namespace alur::dsl {
namespace {

namespace fs = std::filesystem;

class AppFolder : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "app_folder_XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    root_ = name;
    write("app/app.yaml", "hours: mon-fri 08:00-17:00 except data/holidays.csv\n");
    write("app/b.flow.yaml", "b\n");
    write("app/a.flow.yaml", "a\n");
    write("app/data/holidays.csv", "2026-01-01\n");
  }
  void TearDown() override { fs::remove_all(root_); }

  void write(const std::string& path, const std::string& text) {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << text;
  }

  // The paths read, or the error, without the root.
  std::string read(const std::string& folder = "app") {
    std::string error;
    const std::vector<AppFile> files = read_app_folder((root_ / folder).string(), error);
    std::string out = error;
    for (const AppFile& file : files) out += (out.empty() ? "" : " ") + file.path;
    const std::size_t root = out.find(root_.string());
    if (root != std::string::npos) out.erase(root, root_.string().size() + 1);
    return out;
  }

  fs::path root_;
};

TEST_F(AppFolder, AppYamlFirstThenFlowsThenTheFilesItNamesAndTables) {
  write("app/data/names.csv", "name\nx\n");
  write("app/data/not_named.txt", "x\n");
  write("app/data/too_large.csv", std::string((1u << 20) + 1, 'x'));
  write("app/notes.txt", "x\n");
  EXPECT_EQ(read(), "app.yaml a.flow.yaml b.flow.yaml data/holidays.csv data/names.csv");
}

TEST_F(AppFolder, NoFolderNoFileNoAppYaml) {
  EXPECT_EQ(read("nowhere"), "nowhere: there is no such folder");
  EXPECT_EQ(read("app/app.yaml"),
            "app/app.yaml: this is not a folder; an app is a folder with an app.yaml in it");
  EXPECT_EQ(read("app/data"), "app/data: no app.yaml in this folder: an app begins with one");
}

TEST_F(AppFolder, WhatIsNoPlainFile) {
  fs::create_directory(root_ / "app/c.flow.yaml");
  EXPECT_EQ(read(), "app/c.flow.yaml: this is not a plain file");
  fs::remove(root_ / "app/c.flow.yaml");
  ASSERT_EQ(mkfifo((root_ / "app/c.flow.yaml").c_str(), 0600), 0);
  EXPECT_EQ(read(), "app/c.flow.yaml: this is not a plain file");
}

TEST_F(AppFolder, AFileOfAGigabyteIsNotRead) {
  fs::resize_file(root_ / "app/b.flow.yaml", std::uintmax_t{1} << 30);
  EXPECT_EQ(read(), "app/b.flow.yaml: 1073741824 bytes; a file may have at most 1048576");
}

TEST_F(AppFolder, TooMuchInAll) {
  for (int i = 0; i < 33; ++i) {
    write("app/f" + std::to_string(i) + ".flow.yaml", std::string(1 << 20, 'x'));
  }
  EXPECT_EQ(read(), "app: too many or too large files for one app");
}

TEST_F(AppFolder, TooManyFlows) {
  for (int i = 0; i < 4'200; ++i) write("app/f" + std::to_string(i) + ".flow.yaml", "x");
  EXPECT_EQ(read(), "app: too many or too large files for one app");
}

TEST_F(AppFolder, LinksStayInside) {
  fs::create_symlink("a.flow.yaml", root_ / "app/c.flow.yaml");
  EXPECT_EQ(read(), "app.yaml a.flow.yaml b.flow.yaml c.flow.yaml data/holidays.csv");
  write("secret", "s\n");
  fs::create_symlink("../secret", root_ / "app/d.flow.yaml");
  EXPECT_EQ(read(), "app/d.flow.yaml: this is a link that leads out of the app's folder");
}

TEST_F(AppFolder, LoopsAndBrokenLinks) {
  fs::create_symlink("c.flow.yaml", root_ / "app/c.flow.yaml");
  EXPECT_EQ(read(), "app/c.flow.yaml: Too many levels of symbolic links");
  fs::remove(root_ / "app/c.flow.yaml");
  fs::create_symlink("gone", root_ / "app/c.flow.yaml");
  EXPECT_EQ(read(), "app/c.flow.yaml: No such file or directory");
  fs::remove(root_ / "app/c.flow.yaml");
  fs::create_directory_symlink("..", root_ / "app/data/loop");
  EXPECT_EQ(read(), "app.yaml a.flow.yaml b.flow.yaml data/holidays.csv");
}

// Root may read everything, so it becomes nobody for this one thread's file accesses.
TEST_F(AppFolder, WithoutPermission) {
  fs::permissions(root_, fs::perms::group_exec | fs::perms::others_exec, fs::perm_options::add);
  fs::permissions(root_ / "app/b.flow.yaml", fs::perms::none);
  const auto before = setfsuid(65'534);
  const std::string told = read();
  setfsuid(static_cast<uid_t>(before));
  EXPECT_EQ(told, "app/b.flow.yaml: Permission denied");
}

}  // namespace
}  // namespace alur::dsl
