// One mark for a burst of messages, and no dots where an answer came first.
#include "adapters/whatsapp/read_marks.hpp"

#include <gtest/gtest.h>

namespace alur::tests {
namespace {

using adapters::ReadMarks;

TEST(ReadMarks, ABurstGetsOneMarkOfItsLatest) {
  ReadMarks marks;
  EXPECT_TRUE(marks.heard("a", "1"));
  EXPECT_FALSE(marks.heard("a", "2")) << "it is waited for already";
  EXPECT_TRUE(marks.heard("b", "3"));
  const auto mark = marks.take("a");
  ASSERT_TRUE(mark);
  EXPECT_EQ(mark->message_id, "2");
  EXPECT_TRUE(mark->typing);
  EXPECT_FALSE(marks.take("a"));
  EXPECT_TRUE(marks.heard("a", "4")) << "another burst";
}

TEST(ReadMarks, AnAnswerTakesTheDotsAndTheNextMessageShowsThemAgain) {
  ReadMarks marks;
  marks.answered("a");  // nothing is waited for
  marks.heard("a", "1");
  marks.answered("a");
  EXPECT_FALSE(marks.take("a")->typing);
  marks.heard("a", "2");
  EXPECT_TRUE(marks.take("a")->typing);
}

TEST(ReadMarks, OnlySoManyAreWaitedFor) {
  ReadMarks marks;
  for (std::size_t i = 0; i < ReadMarks::citizens_max; ++i) {
    EXPECT_TRUE(marks.heard(std::to_string(i), "1"));
  }
  EXPECT_FALSE(marks.heard("another", "1"));
  EXPECT_FALSE(marks.take("another"));
  EXPECT_TRUE(marks.take("0"));
  EXPECT_TRUE(marks.heard("another", "1"));
}

}  // namespace
}  // namespace alur::tests
