// A program through its bytes and back, and bytes that are none.
#include "engine/program/program_bytes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/program/dump.hpp"
#include "tests/engine/program/sample_program.hpp"

namespace alur::program {
namespace {

using testing::HasSubstr;
using tests::sample_parts;
using tests::sample_program;

TEST(ProgramBytes, TheSameProgramComesBack) {
  const auto program = sample_program();
  const std::string bytes = encode_program(*program);
  const ReadProgram read = decode_program(bytes);
  ASSERT_TRUE(read.program) << read.error;
  EXPECT_EQ(read.program->hash(), program->hash());
  EXPECT_EQ(dump(*read.program), dump(*program));
  EXPECT_EQ(encode_program(*read.program), bytes);
}

TEST(ProgramBytes, OneFlowAnewTheOthersAsTheyWere) {
  tests::SampleParts parts = sample_parts();
  const std::string app = encode_app(*parts.app);
  std::vector<std::string> units{encode_unit(*parts.flows[0]), encode_unit(*parts.flows[1])};
  parts.flows[1]->strings[0] = 't';
  units[1] = encode_unit(*parts.flows[1]);
  const auto changed = parts.link();
  EXPECT_EQ(join_program(changed->hash(), app, units), encode_program(*changed));
}

TEST(ProgramBytes, TheHashIsReadWithoutTheRest) {
  const std::string bytes = encode_program(*sample_program());
  EXPECT_EQ(peek_hash(bytes), std::string(64, 'a'));
  EXPECT_EQ(peek_hash(bytes.substr(0, 200)), std::string(64, 'a'));
  EXPECT_EQ(peek_hash("no program"), "");
}

TEST(ProgramBytes, WhatIsNoProgramIsRefused) {
  const std::string bytes = encode_program(*sample_program());
  std::string other_build = bytes;
  other_build[9] ^= 1;
  std::string damaged = bytes;
  damaged[bytes.size() / 2] ^= 1;
  std::string longer = bytes + '\0';
  seal_program(longer);
  struct {
    std::string bytes;
    const char* error;
  } const rows[] = {
      {"", "was written by another build of alur"},
      {"flow: greeting", "was written by another build of alur"},
      {other_build, "was written by another build of alur"},
      {damaged, "is damaged: its checksum is wrong"},
      {bytes.substr(0, bytes.size() - 1), "is damaged: its checksum is wrong"},
      {longer, "is damaged: its parts do not fill it"},
  };
  for (const auto& row : rows) {
    const ReadProgram read = decode_program(row.bytes);
    EXPECT_EQ(read.program, nullptr);
    EXPECT_EQ(read.error, std::string("the compiled program ") + row.error);
  }
}

TEST(ProgramBytes, WhatVerificationRefusesIsRefused) {
  tests::SampleParts parts = sample_parts();
  parts.flows[0]->options[0].address = 99;
  const std::vector<std::string> units{encode_unit(*parts.flows[0]), encode_unit(*parts.flows[1])};
  const ReadProgram read = decode_program(join_program("", encode_app(*parts.app), units));
  EXPECT_EQ(read.program, nullptr);
  EXPECT_THAT(read.error, HasSubstr("menu: options[0]: address is 99"));
}

// Behind a good checksum, any bytes at all: a program that is verified, or an error.
RC_GTEST_PROP(ProgramBytes, AnyGarbageIsAnErrorOrAVerifiedProgram, ()) {
  static const std::string bytes = encode_program(*sample_program());
  std::string garbled = bytes;
  const int changes = *rc::gen::inRange(1, 5);
  for (int i = 0; i < changes; ++i) {
    const auto at = *rc::gen::inRange<std::size_t>(48, garbled.size());
    garbled[at] = *rc::gen::arbitrary<char>();
  }
  if (*rc::gen::weightedElement<bool>({{3, false}, {1, true}})) {
    garbled.resize(*rc::gen::inRange<std::size_t>(48, garbled.size()));
  }
  seal_program(garbled);
  const ReadProgram read = decode_program(garbled);
  RC_ASSERT((read.program != nullptr) == read.error.empty());
  if (read.program) dump(*read.program);
}

}  // namespace
}  // namespace alur::program
