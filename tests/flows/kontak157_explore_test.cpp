// Every conversation that Kontak 157 can have, as far as its program can tell them apart: none goes
// wrong, and the chats made of them come through all of it and pass.
#include <gtest/gtest.h>

#include "dsl/compile/compile.hpp"
#include "tools/explore/covering.hpp"

namespace alur::tests {
namespace {

TEST(Kontak157, ExplorationComesToAnEndAndFindsNothing) {
  std::string error;
  const auto files = dsl::read_app_folder(std::string(ALUR_SOURCE_DIR) + "/flows/kontak157", error);
  ASSERT_FALSE(files.empty()) << error;
  dsl::Compilation compiled = dsl::compile(files);
  const auto program = compiled.program;
  ASSERT_TRUE(program);
  tools::ExploreBounds bounds;
  bounds.faults.messages_max = static_cast<std::size_t>(program->app().bounds.messages);
  tools::Explorer explorer(*program, bounds);
  explorer.run();
  EXPECT_TRUE(explorer.counts().fix_point);
  EXPECT_EQ(explorer.counts().burst, 5u);
  EXPECT_EQ(prove(compiled).measures.messages, 5);
  for (const tools::FoundFault& found : explorer.faults()) {
    ADD_FAILURE() << to_text(found.fault.kind) << " " << program->unit(found.fault.unit).path << ":"
                  << found.fault.place.line << " " << found.fault.detail;
  }
  const tools::CoveringSet covering = cover_all(program, explorer);
  for (const auto& [thing, language] : covering.missed) {
    ADD_FAILURE() << "nothing comes through " << describe(*program, thing) << " in "
                  << program->app().languages[language];
  }
  for (const std::string& why : covering.dropped) ADD_FAILURE() << why;
}

}  // namespace
}  // namespace alur::tests
