#include "tools/replay/find_chats.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace alur::tools {
namespace {

namespace fs = std::filesystem;

class FindChats : public testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("find_chats_" + std::to_string(getpid()));
    for (const char* path :
         {"flows/one/app.yaml", "flows/one/chats/b.chat", "flows/one/chats/deep/a.chat",
          "flows/one/chats/note.txt", "flows/two/app.yaml", "elsewhere/c.chat"}) {
      fs::create_directories((root_ / path).parent_path());
      std::ofstream(root_ / path) << "x";
    }
    fs::create_directory_symlink(root_ / "flows/one/chats", root_ / "flows/one/chats/loop");
  }
  void TearDown() override { fs::remove_all(root_); }

  // `app: file file;` with paths below the root, or the error.
  std::string found(const std::vector<std::string>& paths) {
    std::vector<std::string> whole;
    for (const std::string& path : paths) whole.push_back((root_ / path).string());
    std::string error;
    const auto all = find_chats(whole, error);
    std::string out;
    if (!all) out = error;
    for (const FoundChats& chats : all.value_or(std::vector<FoundChats>())) {
      out += chats.app + ":";
      for (const std::string& file : chats.files) out += " " + file;
      out += ";";
    }
    const std::string root = root_.string() + "/";
    for (std::size_t at = out.find(root); at != out.npos; at = out.find(root)) {
      out.erase(at, root.size());
    }
    return out;
  }

  fs::path root_;
};

TEST_F(FindChats, AnAppMeansItsChats) {
  EXPECT_EQ(found({"flows/one/"}),
            "flows/one: flows/one/chats/b.chat flows/one/chats/deep/a.chat;");
  EXPECT_EQ(found({"flows/two"}), "flows/two:;");
}

TEST_F(FindChats, FilesAndFoldersBelongToTheAppAbove) {
  EXPECT_EQ(found({"flows/one/chats/b.chat", "flows/one/chats/b.chat"}),
            "flows/one: flows/one/chats/b.chat;");
  EXPECT_EQ(found({"flows/one/chats/deep"}), "flows/one: flows/one/chats/deep/a.chat;");
}

TEST_F(FindChats, AFolderOfApps) {
  EXPECT_EQ(found({"flows"}),
            "flows/one: flows/one/chats/b.chat flows/one/chats/deep/a.chat;flows/two:;");
}

TEST_F(FindChats, Refusals) {
  EXPECT_EQ(found({"nowhere"}), "nowhere: there is no such file");
  EXPECT_EQ(found({"flows/one/chats/note.txt"}), "flows/one/chats/note.txt: this is no .chat file");
  EXPECT_EQ(found({"elsewhere/c.chat"}),
            "elsewhere/c.chat: no app.yaml above it: a chat belongs to an app");
  EXPECT_EQ(found({"elsewhere"}),
            "elsewhere: no app.yaml here, above or in a folder inside: chats belong to an app");
}

}  // namespace
}  // namespace alur::tools
