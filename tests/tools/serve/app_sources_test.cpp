// The files of an app as they are sent to a service, and the compiler that it keeps for them.
#include "tools/serve/app_sources.hpp"

#include <gtest/gtest.h>

#include "dsl/compile/sources_bytes.hpp"
#include "tests/engine/runtime/small_service.hpp"

namespace alur::tests {
namespace {

TEST(AppSources, AreReadBackAndNothingElseIs) {
  const std::vector<dsl::AppFile> files = {{"app.yaml", "x/app.yaml", "app: x\n"},
                                           {"main.flow.yaml", "x/main.flow.yaml", ""}};
  const auto again = dsl::decode_sources(dsl::encode_sources(files));
  ASSERT_TRUE(again);
  ASSERT_EQ(again->size(), 2u);
  EXPECT_EQ((*again)[0].shown_path, "x/app.yaml");
  EXPECT_EQ((*again)[0].text, "app: x\n");
  EXPECT_FALSE(dsl::decode_sources(""));
  EXPECT_FALSE(dsl::decode_sources("something else"));
}

TEST(AppSources, ACompilerThatIsKeptFollowsFilesThatComeChangeAndGo) {
  const runtime::Compile compile = tools::make_compile();
  const auto publish = runtime::Purpose::publish;
  const dsl::AppFile app{"app.yaml", "app.yaml", std::string(small_app)};
  const dsl::AppFile main{"main.flow.yaml", "main.flow.yaml", std::string(small_flow)};
  const dsl::AppFile other{"other.flow.yaml", "other.flow.yaml",
                           "flow: other\nstates:\n  start:\n    - stop: true\n"};
  const auto first = compile(dsl::encode_sources({app, main}), publish);
  ASSERT_TRUE(first.program);
  const auto second = compile(dsl::encode_sources({app, main, other}), publish);
  ASSERT_TRUE(second.program);
  EXPECT_EQ(second.program->unit_count(), 3u);
  EXPECT_FALSE(compile(dsl::encode_sources({app, other}), publish).program);
  const auto third = compile(dsl::encode_sources({app, main}), publish);
  ASSERT_TRUE(third.program);
  EXPECT_EQ(third.program->hash(), first.program->hash());
}

}  // namespace
}  // namespace alur::tests
