#include <gtest/gtest.h>

#include <string>

#include "dsl/finding/finding.hpp"

namespace alur::dsl {
namespace {

Span at(std::uint32_t file, std::uint32_t begin) {
  return {FileId{file}, begin, begin + 1};
}

std::string messages(const Findings& findings) {
  std::string out;
  for (const Finding& finding : findings) out += finding.message + ' ';
  return out;
}

TEST(Findings, sort_by_file_and_place_and_keep_the_order_of_coming) {
  Findings findings;
  findings.add(Code::unknown_key, at(1, 5), "d");
  findings.add(Code::unknown_key, at(0, 9), "b");
  findings.add(Code::missing_key, at(0, 9), "c");
  findings.add(Code::unknown_key, at(0, 2), "a");
  findings.sort_in_file_order();
  EXPECT_EQ(messages(findings), "a b c d ");
}

TEST(Findings, drop_exact_repeats_only) {
  Findings findings;
  findings.add(Code::unknown_key, at(0, 1), "a");
  findings.add(Code::unknown_key, at(0, 1), "b");
  findings.add(Code::unknown_key, at(0, 1), "a");
  findings.add(Code::unknown_key, at(0, 2), "a");
  findings.sort_in_file_order();
  EXPECT_EQ(messages(findings), "a b a ");
  EXPECT_EQ(findings.error_count(), 3U);
}

TEST(Findings, count_by_severity) {
  Findings findings;
  findings.add(Code::unknown_key, at(0, 1), "a");
  findings.add(Code::number_trap, at(0, 1), "b");
  EXPECT_EQ(findings.error_count(), 1U);
  EXPECT_EQ(findings.warning_count(), 1U);
  EXPECT_EQ(findings.dropped_count(), 0U);
}

TEST(Findings, keep_a_thousand_and_count_the_rest) {
  Findings findings;
  for (std::uint32_t i = 0; i < 1500; ++i) findings.add(Code::unknown_key, at(0, i), "a");
  EXPECT_EQ(findings.size(), 1000U);
  EXPECT_EQ(findings.error_count(), 1500U);
  EXPECT_EQ(findings.dropped_count(), 500U);
}

TEST(Findings, append_in_order_and_within_the_bound) {
  Findings first;
  Findings second;
  for (std::uint32_t i = 0; i < 600; ++i) first.add(Code::unknown_key, at(0, i), "a");
  for (std::uint32_t i = 0; i < 600; ++i) second.add(Code::number_trap, at(1, i), "b");
  first.append(std::move(second));
  EXPECT_EQ(first.size(), 1000U);
  EXPECT_EQ(first.error_count(), 600U);
  EXPECT_EQ(first.warning_count(), 600U);
  EXPECT_EQ(first.dropped_count(), 200U);
  EXPECT_EQ(first.all().back().span, at(1, 399));
}

// A mistake that two stages met was told twice, and the first to speak knew least.
TEST(Findings, echoes_are_dropped) {
  Findings findings;
  findings.add(Code::wrong_indentation, {FileId{0}, 10, 20}, "column");
  findings.add(Code::misplaced_key, {FileId{0}, 12, 16}, "elsewhere");
  findings.add(Code::wrong_indentation, {FileId{0}, 30, 40}, "alone");
  findings.add(Code::unquoted_colon, {FileId{0}, 50, 51}, "quotes");
  findings.add(Code::bad_reference, {FileId{0}, 50, 51}, "name");
  findings.add(Code::unquoted_colon, {FileId{0}, 60, 61}, "colon");
  findings.sort_in_file_order();
  findings.drop_echoes();
  EXPECT_EQ(messages(findings), "elsewhere alone name colon ");
  EXPECT_EQ(findings.error_count(), 4U);
}

}  // namespace
}  // namespace alur::dsl
