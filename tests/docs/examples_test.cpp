// Every named example of the guides compiles, and every named conversation runs. A page is read
// from top to bottom: each block replaces the file that it names, and once there is a flow the app
// must be without errors.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "dsl/chat/parse_chat.hpp"
#include "dsl/compile/compile.hpp"
#include "dsl/finding/render.hpp"
#include "tests/docs/blocks.hpp"
#include "tools/replay/run_chat.hpp"
#include "tools/replay/sample_services.hpp"

namespace alur::tests {
namespace {

class Page : public testing::TestWithParam<const char*> {};

dsl::Compilation compiled(const std::map<std::string, std::string>& files) {
  std::vector<dsl::AppFile> app;
  for (const auto& [name, text] : files) app.push_back({name, name, text});
  return dsl::compile(app, 1);
}

void expect_chats_pass(const Block& block, const tools::ReplayApp& app) {
  dsl::Sources sources;
  dsl::Findings findings;
  const dsl::FileId file = sources.add(block.name, block.text);
  const dsl::ChatFile chats = dsl::parse_chat(sources, file, findings);
  EXPECT_EQ(dsl::render_text(sources, findings), "");
  ASSERT_FALSE(chats.chats.empty());
  for (const dsl::Chat& chat : chats.chats) {
    const tools::ChatResult result = tools::run_chat(app, sources.at(file), chat, {});
    for (const tools::ChatFailure& failure : result.failures) {
      ADD_FAILURE() << block.name << ":" << failure.line << " " << failure.what << "\n"
                    << (failure.got.empty() ? "" : failure.got.front());
    }
  }
}

TEST_P(Page, Compiles) {
  const std::string path = std::string(ALUR_SOURCE_DIR) + "/docs/" + GetParam();
  const std::vector<Block> blocks = named_blocks(path);
  ASSERT_FALSE(blocks.empty()) << path;
  std::map<std::string, std::string> files;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Block& block = blocks[i];
    if (block.language == "chat") {
      const dsl::Compilation app = compiled(files);
      ASSERT_TRUE(app.program);
      expect_chats_pass(block, {app.program, nullptr});
    }
    if (block.language != "yaml") continue;
    auto tried = files;
    tried[block.name] = block.text;
    if (!block.wrong) files = tried;
    const bool more = i + 1 < blocks.size() && !files.contains(blocks[i + 1].name) &&
                      blocks[i + 1].language == "yaml";
    if (more) continue;
    const dsl::Compilation result = compiled(tried);
    EXPECT_EQ(result.findings.size() == 0, !block.wrong)
        << path << ":" << block.line << "\n"
        << dsl::render_text(*result.sources, result.findings);
  }
}

std::string page_name(const testing::TestParamInfo<const char*>& page) {
  std::string name(page.param);
  std::replace_if(name.begin(), name.end(), [](char c) { return c == '-' || c == '.'; }, '_');
  return name;
}

// A chat block of these names the app that it is about.
class OfAnApp : public testing::TestWithParam<const char*> {};

TEST_P(OfAnApp, ConversationsRun) {
  std::size_t run = 0;
  for (const Block& block : named_blocks(ALUR_SOURCE_DIR "/" + std::string(GetParam()))) {
    if (block.language != "chat") continue;
    const std::string folder = ALUR_SOURCE_DIR "/" + block.name;
    std::string error;
    const dsl::Compilation app = dsl::compile(dsl::read_app_folder(folder, error));
    ASSERT_TRUE(app.program) << error;
    expect_chats_pass(block, {app.program, tools::read_sample_lists(folder, {}, error)});
    EXPECT_EQ(error, "");
    ++run;
  }
  EXPECT_GE(run, 1u);
}

INSTANTIATE_TEST_SUITE_P(Docs, Page, testing::Values("guide-content.md", "language.md"), page_name);
INSTANTIATE_TEST_SUITE_P(Docs, OfAnApp, testing::Values("README.md", "docs/chats.md"),
                         [](const testing::TestParamInfo<const char*>& page) {
                           return page.index == 0 ? "README" : "chats";
                         });

}  // namespace
}  // namespace alur::tests
