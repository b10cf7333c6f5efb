#include "adapters/desk/tries.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>

namespace alur::adapters {
namespace {

class TriesTest : public testing::Test {
 protected:
  // How long to wait; 0: it went on.
  std::int64_t begin(const std::string& name, const std::string& address) {
    return tries_.begin(name, address, now_).value_or(0);
  }
  void pass(std::int64_t ms) { now_.milliseconds += ms; }

  value::Instant now_{1'800'000'000'000};
  Tries tries_;
};

TEST_F(TriesTest, DelaysGrowAndEnd) {
  for (int i = 0; i < 4; ++i) EXPECT_EQ(begin("ani", "a"), 0) << i;
  std::int64_t expected = 1'000;
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(begin("ani", "a"), expected) << i;
    pass(expected - 1);
    EXPECT_EQ(begin("ani", "a"), 1);
    pass(1);
    EXPECT_EQ(begin("ani", "a"), 0) << i;
    expected = std::min<std::int64_t>(2 * expected, 60'000);
  }
  pass(3'600'000);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(begin("ani", "a"), 0) << i;
}

TEST_F(TriesTest, WhoeverSucceedsBeginsAnew) {
  for (int i = 0; i < 4; ++i) EXPECT_EQ(begin("ani", "a"), 0);
  pass(1'000);
  EXPECT_EQ(begin("ani", "a"), 0);
  tries_.succeeded("ani", "a", now_);
  EXPECT_EQ(tries_.failures("ani", now_), 0u);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(begin("ani", "a"), 0);
}

TEST_F(TriesTest, ManyAddressesAtOneNameWait) {
  int went_on = 0;
  for (int i = 0; i < 10'000; ++i) {
    if (begin("ani", "address " + std::to_string(i)) == 0) ++went_on;
    pass(100);
  }
  // Ten, and then one in thirty seconds.
  EXPECT_LE(went_on, 10 + 6 + 1'000 / 30);
}

TEST_F(TriesTest, WhoIsKnownThereIsNotKeptOutByOthers) {
  EXPECT_EQ(begin("ani", "home"), 0);
  tries_.succeeded("ani", "home", now_);
  for (int i = 0; i < 1'000; ++i) begin("ani", "address " + std::to_string(i));
  EXPECT_GT(begin("ani", "elsewhere"), 0);
  EXPECT_EQ(begin("ani", "home"), 0);
  pass(std::int64_t{31} * 86'400'000);
  for (int i = 0; i < 1'000; ++i) begin("ani", "address " + std::to_string(i));
  EXPECT_GT(begin("ani", "home"), 0);
}

TEST_F(TriesTest, ManyNamesFromOneAddressWait) {
  int went_on = 0;
  for (int i = 0; i < 10'000; ++i) {
    if (begin("name" + std::to_string(i), "a") == 0) ++went_on;
  }
  EXPECT_LE(went_on, 51);
  EXPECT_GE(went_on, 40);
}

// Somebody with one account must not thereby try those of others for nothing.
TEST_F(TriesTest, OnesOwnSuccessDoesNotFreeAnAddress) {
  int went_on = 0;
  for (int i = 0; i < 1'000; ++i) {
    if (begin("own", "a") == 0) tries_.succeeded("own", "a", now_);
    if (begin("name" + std::to_string(i), "a") == 0) ++went_on;
  }
  EXPECT_LE(went_on, 51);
}

// All of an office are one address, and come at eight o'clock.
TEST_F(TriesTest, AnOfficeComesIn) {
  for (int i = 0; i < 200; ++i) {
    const std::string name = "name" + std::to_string(i);
    EXPECT_EQ(begin(name, "office"), 0) << i;
    tries_.succeeded(name, "office", now_);
  }
}

TEST_F(TriesTest, ManyAtOnceAreNoWayRound) {
  std::atomic<int> went_on = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 100; ++n) {
        if (!tries_.begin("ani", "a", now_)) ++went_on;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(went_on, 4);
}

TEST_F(TriesTest, CodesWaitLonger) {
  for (int i = 0; i < 6; ++i) EXPECT_FALSE(tries_.begin_code("ani", now_)) << i;
  EXPECT_EQ(tries_.begin_code("ani", now_), 30'000);
  tries_.code_succeeded("ani");
  EXPECT_FALSE(tries_.begin_code("ani", now_));
}

// A count that could run over, or a shift that could, would end every wait.
TEST_F(TriesTest, NeverMoreThanTheMostAndNeverNothing) {
  for (int i = 0; i < 5'000; ++i) {
    if (const std::int64_t wait = begin("ani", "a"); wait > 0) {
      EXPECT_LE(wait, 60'000);
      pass(wait);
    }
  }
  EXPECT_GE(begin("ani", "a"), 59'000);
}

}  // namespace
}  // namespace alur::adapters
