// Histograms: which bucket takes a time, and sums over several of them.
#include "engine/runtime/timings.hpp"

#include <gtest/gtest.h>

namespace alur::runtime {
namespace {

using std::chrono::microseconds;
using std::chrono::nanoseconds;

std::size_t bucket_of(nanoseconds took) {
  Histogram histogram;
  histogram.note(took);
  Tallies sums;
  histogram.add_to(sums);
  std::size_t found = sums.buckets.size();
  for (std::size_t i = 0; i < sums.buckets.size(); ++i) {
    if (sums.buckets[i] == 1) found = i;
  }
  return found;
}

TEST(Timings, ABucketTakesUpToItsBoundAndTheLastWhatIsLonger) {
  for (std::size_t i = 0; i < bucket_microseconds.size(); ++i) {
    EXPECT_EQ(bucket_of(microseconds(bucket_microseconds[i])), i);
    EXPECT_EQ(bucket_of(microseconds(bucket_microseconds[i]) + nanoseconds(1)), i + 1);
  }
  EXPECT_EQ(bucket_of(nanoseconds(0)), 0u);
  EXPECT_EQ(bucket_of(std::chrono::hours(1)), bucket_microseconds.size());
}

// A clock that went back must not make a sum of centuries.
TEST(Timings, WhatEndedBeforeItBeganTookNothing) {
  Histogram histogram;
  histogram.note(nanoseconds(-5));
  Tallies sums;
  histogram.add_to(sums);
  EXPECT_EQ(sums.buckets[0], 1u);
  EXPECT_EQ(sums.nanoseconds, 0u);
}

TEST(Timings, SumsAddUpOverCores) {
  Histogram one;
  Histogram other;
  one.note(microseconds(3));
  other.note(microseconds(4));
  other.note(microseconds(20));
  Tallies sums;
  one.add_to(sums);
  other.add_to(sums);
  EXPECT_EQ(sums.buckets[0], 2u);
  EXPECT_EQ(sums.buckets[1], 1u);
  EXPECT_EQ(sums.nanoseconds, 27'000u);
}

}  // namespace
}  // namespace alur::runtime
