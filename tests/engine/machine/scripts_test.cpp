// Machine scripts: small apps under scripts/, and chats that say what each rule of the machine
// does, in and out. Every session goes through its bytes after every turn.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "tools/replay/replay.hpp"
#include "tools/replay/report.hpp"

namespace alur::machine {
namespace {

namespace fs = std::filesystem;

fs::path suite() {
  return fs::path(ALUR_SOURCE_DIR) / "tests/engine/machine/scripts";
}

std::vector<std::string> app_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(suite())) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class MachineScripts : public testing::TestWithParam<std::string> {};

TEST_P(MachineScripts, Pass) {
  std::string error;
  const auto set = tools::load_replay({(suite() / GetParam()).string()}, error);
  ASSERT_TRUE(set) << error;
  ASSERT_EQ(set->refused, "");
  tools::RunOptions options;
  options.trace = true;
  options.through_bytes = true;
  for (const tools::ChatResult& result : tools::run_replay(*set, 1, options)) {
    EXPECT_TRUE(result.passed()) << tools::report_failure(result);
  }
}

INSTANTIATE_TEST_SUITE_P(Apps, MachineScripts, testing::ValuesIn(app_names()),
                         [](const auto& each) { return each.param; });

}  // namespace
}  // namespace alur::machine
