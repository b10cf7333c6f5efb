// Whole apps, ours and random ones: what is emitted is verified, and goes through its bytes
// unchanged.
#include <gtest/gtest.h>

#include "dsl/compile/compile.hpp"
#include "dsl/finding/render.hpp"
#include "engine/program/dump.hpp"
#include "engine/program/program_bytes.hpp"
#include "engine/program/verify.hpp"
#include "tests/generated/random_app.hpp"

namespace alur::dsl {
namespace {

void expect_sound(const std::vector<AppFile>& files) {
  const Compilation compiled = compile(files);
  ASSERT_TRUE(compiled.program) << render_text(*compiled.sources, compiled.findings);
  EXPECT_EQ(program::verify(*compiled.program), program::Problems());
  const std::string bytes = program::encode_program(*compiled.program);
  const program::ReadProgram read = program::decode_program(bytes);
  ASSERT_TRUE(read.program) << read.error;
  EXPECT_EQ(program::dump(*read.program), program::dump(*compiled.program));
  EXPECT_EQ(program::encode_program(*read.program), bytes);
}

TEST(EmittedPrograms, Kontak157IsSound) {
  std::string error;
  const auto files = read_app_folder(ALUR_SOURCE_DIR "/flows/kontak157", error);
  ASSERT_FALSE(files.empty()) << error;
  expect_sound(files);
}

TEST(EmittedPrograms, RandomAppsAreSound) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(seed);
    expect_sound(tests::random_app(seed));
  }
}

TEST(EmittedPrograms, LargeAppsAreSound) {
  expect_sound(tests::large_app(30));
}

}  // namespace
}  // namespace alur::dsl
