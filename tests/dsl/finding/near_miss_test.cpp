#include "dsl/finding/near_miss.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace alur::dsl {
namespace {

std::string near(std::string_view name, std::vector<std::string> candidates) {
  return std::string(near_miss(name, std::span<const std::string>(candidates)).value_or("-"));
}

TEST(NearMiss, is_one_edit_for_each_three_letters) {
  EXPECT_EQ(near("ask_nmae", {"ask_name", "goto"}), "ask_name");
  EXPECT_EQ(near("gto", {"goto"}), "goto");
  EXPECT_EQ(near("gotoo", {"goto"}), "goto");
  EXPECT_EQ(near("sya", {"say"}), "say");
  EXPECT_EQ(near("outcome", {"outcomes"}), "outcomes");
  EXPECT_EQ(near("xy", {"id"}), "-");
  EXPECT_EQ(near("say", {"ask"}), "-");
  EXPECT_EQ(near("menu", {"greeting"}), "-");
}

TEST(NearMiss, looks_through_case_and_separators) {
  EXPECT_EQ(near("AskName", {"ask_name"}), "ask_name");
  EXPECT_EQ(near("no-match", {"no_match"}), "no_match");
  EXPECT_EQ(near("registry_lookup", {"registry.lookup"}), "registry.lookup");
  EXPECT_EQ(near("ID", {"id", "en"}), "id");
  EXPECT_EQ(near("_", {"-", "."}), "-");
}

TEST(NearMiss, takes_the_nearest_and_of_equals_the_first_in_order) {
  EXPECT_EQ(near("start", {"stars", "start_", "smart"}), "start_");
  EXPECT_EQ(near("stact", {"start", "stack", "staff"}), "stack");
  EXPECT_EQ(near("stact", {"stack", "start"}), "stack");
}

TEST(NearMiss, is_never_the_name_itself_nor_nothing) {
  EXPECT_EQ(near("goto", {"goto"}), "-");
  EXPECT_EQ(near("", {"a", ""}), "-");
  EXPECT_EQ(near("goto", {}), "-");
}

TEST(NearMiss, does_not_compare_texts_letter_by_letter) {
  const std::string text(100'000, 'a');
  EXPECT_EQ(near(text, {text + "b", "a"}), "-");
}

TEST(NearMiss, makes_a_suggestion_and_a_fix) {
  const std::array<std::string_view, 2> states{"ask_name", "tell"};
  Finding finding;
  finding.span = {FileId{0}, 3, 11};
  suggest(finding, "ask_nmae", states);
  EXPECT_EQ(finding.suggestion, "did you mean `ask_name`?");
  EXPECT_EQ(finding.fix, (Fix{finding.span, "ask_name"}));
  Finding other;
  suggest(other, "greeting", states);
  EXPECT_EQ(other, Finding{});
}

}  // namespace
}  // namespace alur::dsl
