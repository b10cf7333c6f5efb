// Every finding about chats has a page in docs/checks; its bad example gives exactly that finding,
// and its mended one none.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "dsl/chat/parse_chat.hpp"
#include "dsl/finding/render.hpp"

namespace alur::dsl {
namespace {

std::string read_page(std::string_view code) {
  std::ifstream in(std::string(ALUR_SOURCE_DIR) + "/docs/checks/" + std::string(code) + ".md",
                   std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The fenced block after a line that says `heading`.
std::string block_after(const std::string& page, const std::string& heading) {
  const std::string fence = "\n" + heading + "\n\n```chat\n";
  const std::size_t at = page.find(fence);
  if (at == std::string::npos) return {};
  const std::size_t begin = at + fence.size();
  return page.substr(begin, page.find("\n```", begin) + 1 - begin);
}

std::set<std::string> codes_of(const std::string& example) {
  Sources sources;
  Findings findings;
  parse_chat(sources, sources.add("a.chat", example), findings);
  std::set<std::string> codes;
  for (const Finding& finding : findings) codes.emplace(row(finding.code).text);
  return codes;
}

class ChatPages : public testing::TestWithParam<CodeRow> {};

TEST_P(ChatPages, ExamplesDoWhatTheySay) {
  const std::string code(GetParam().text);
  const std::string page = read_page(code);
  ASSERT_TRUE(page.starts_with("# " + code + ": " + std::string(GetParam().title) + "\n"));
  const std::string bad = block_after(page, "bad:");
  const std::string mended = block_after(page, "mended:");
  ASSERT_FALSE(bad.empty());
  ASSERT_FALSE(mended.empty());
  EXPECT_EQ(codes_of(bad), std::set<std::string>{code});
  EXPECT_EQ(codes_of(mended), std::set<std::string>{});
}

std::vector<CodeRow> chat_rows() {
  std::vector<CodeRow> rows;
  for (const CodeRow& row : all_codes()) {
    if (row.group == Group::chats) rows.push_back(row);
  }
  return rows;
}

INSTANTIATE_TEST_SUITE_P(Codes, ChatPages, testing::ValuesIn(chat_rows()),
                         [](const auto& each) { return std::string(each.param.text); });

}  // namespace
}  // namespace alur::dsl
