#include "engine/runtime/pacer.hpp"

#include <gtest/gtest.h>

#include "engine/ports/breaker.hpp"
#include "engine/runtime/backoff.hpp"

namespace alur::runtime {
namespace {

// How many go in so many milliseconds, asked again whenever the pacer says.
int taken(Pacer& pacer, std::int64_t from, std::int64_t to) {
  int count = 0;
  for (std::int64_t now = from; now < to;) {
    const std::int64_t wait = pacer.take(now);
    if (wait == 0) {
      ++count;
    } else {
      now += wait;
    }
  }
  return count;
}

TEST(Pacer, GivesItsBurstAtOnceAndItsRateAfterThat) {
  Pacer pacer(10, 5, 0, Pacer::Level::full);
  EXPECT_EQ(taken(pacer, 0, 1), 5);
  EXPECT_EQ(taken(pacer, 1, 1'001), 10);
}

TEST(Pacer, BeginsEmptyButForOne) {
  Pacer pacer(10, 5, 1'000, Pacer::Level::empty);
  EXPECT_EQ(taken(pacer, 1'000, 1'050), 1);
}

TEST(Pacer, NeverGivesMoreThanBurstAndRateAllowInAnyWindow) {
  Pacer pacer(80, 20, 0, Pacer::Level::full);
  int sum = 0;
  for (std::int64_t now = 0; now < 10'000; now += 7) {
    while (pacer.take(now) == 0) ++sum;
    EXPECT_LE(sum, 20 + 80 * now / 1'000 + 1) << now;
  }
  EXPECT_GE(sum, 780);
}

TEST(Pacer, WhatIsGivenBackCanBeTakenAgain) {
  Pacer pacer(1, 1, 0, Pacer::Level::full);
  EXPECT_EQ(pacer.take(0), 0);
  EXPECT_GT(pacer.take(0), 0);
  pacer.give_back();
  EXPECT_EQ(pacer.take(0), 0);
}

TEST(Pacer, HeldItGivesNothingAndThenLessForAWhile) {
  Pacer pacer(100, 3, 0, Pacer::Level::full);
  pacer.hold(0, 1'000);
  EXPECT_EQ(pacer.take(0), 1'000);
  EXPECT_EQ(pacer.take(999), 1);
  const int first = taken(pacer, 1'000, 2'000);
  EXPECT_GT(first, 45);
  EXPECT_LT(first, 90);
  taken(pacer, 2'000, 10'000);
  EXPECT_NEAR(taken(pacer, 10'000, 11'000), 100, 2);
}

// Messages under way together are all told that it is too much; that is one word.
TEST(Pacer, ToldByManyAtOnceItSlowsDownOnce) {
  Pacer pacer(100, 3, 0, Pacer::Level::full);
  for (int i = 0; i < 50; ++i) pacer.hold(i, 1'000 + i);
  EXPECT_EQ(pacer.take(1'000), 49);
  EXPECT_GT(taken(pacer, 1'049, 2'049), 45);
}

TEST(Backoff, DoublesWithJitterUpToItsMost) {
  const Backoff backoff{1'000, 10'000};
  EXPECT_EQ(backoff.after(1, 0.0), 500);
  EXPECT_EQ(backoff.after(1, 1.0), 1'000);
  EXPECT_EQ(backoff.after(3, 1.0), 4'000);
  EXPECT_EQ(backoff.after(60, 1.0), 10'000);
}

TEST(Breaker, OpensAfterFiveFailuresOfTen) {
  ports::Breaker breaker;
  for (int i = 0; i < 4; ++i) breaker.failed(0);
  for (int i = 0; i < 5; ++i) breaker.succeeded();
  EXPECT_TRUE(breaker.allows(0));
  breaker.failed(0);
  EXPECT_TRUE(breaker.open());
  EXPECT_FALSE(breaker.allows(1));
}

TEST(Breaker, OldFailuresAreForgotten) {
  ports::Breaker breaker;
  for (int i = 0; i < 4; ++i) breaker.failed(0);
  for (int i = 0; i < 10; ++i) breaker.succeeded();
  for (int i = 0; i < 4; ++i) breaker.failed(0);
  EXPECT_FALSE(breaker.open());
}

TEST(Breaker, TriesWithOneCallAndThatDecides) {
  ports::Breaker breaker;
  for (int i = 0; i < 5; ++i) breaker.failed(0);
  EXPECT_FALSE(breaker.allows(ports::Breaker::open_ms - 1));
  EXPECT_TRUE(breaker.allows(ports::Breaker::open_ms));
  EXPECT_FALSE(breaker.allows(ports::Breaker::open_ms));
  breaker.failed(ports::Breaker::open_ms);
  EXPECT_FALSE(breaker.allows(ports::Breaker::open_ms + 1));
  EXPECT_TRUE(breaker.allows(2 * ports::Breaker::open_ms));
  breaker.succeeded();
  EXPECT_TRUE(breaker.allows(2 * ports::Breaker::open_ms));
  EXPECT_FALSE(breaker.open());
}

}  // namespace
}  // namespace alur::runtime
