// The chats of Kontak 157 notice nine of ten mistakes that could be made in its flows.
#include <gtest/gtest.h>

#include "tools/mutate/mutate.hpp"

namespace alur::tests {
namespace {

TEST(Kontak157, ChatsNoticeNineOfTenMistakes) {
  const std::string folder = std::string(ALUR_SOURCE_DIR) + "/flows/kontak157";
  std::string error;
  const auto files = dsl::read_app_folder(folder, error);
  ASSERT_FALSE(files.empty()) << error;
  const auto chats = tools::load_replay({folder}, error);
  ASSERT_TRUE(chats) << error;
  tools::MutateOptions options;
  options.operators = tools::all_operators();
  options.drafts = false;
  const tools::MutationReport report = mutate(files, *chats, options);
  EXPECT_TRUE(report.failing.empty());
  EXPECT_GT(report.mutants.size(), 1'000u);
  EXPECT_GE(report.score(), 0.9) << report_mutants_text(report);
}

}  // namespace
}  // namespace alur::tests
