// Seeds: each is a run of days in which the store, the channel, the service and the program fail.
// ALUR_SEED=n runs one of them, ALUR_SEEDS=n so many.
#include "tests/simulation/simulation.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>

namespace alur::tests {
namespace {

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

TEST(Simulation, PromisesAreKeptWhateverFails) {
  const std::uint64_t only = from_environment("ALUR_SEED", 0);
  const std::uint64_t first = only > 0 ? only : 1;
  const std::uint64_t last = only > 0 ? only : from_environment("ALUR_SEEDS", 1'000);
  SimulationReport sum;
  for (std::uint64_t seed = first; seed <= last; ++seed) {
    SimulationSettings settings;
    settings.seed = seed;
    const SimulationReport report = simulate(settings);
    ASSERT_EQ(report.fault, "") << "ALUR_SEED=" << seed;
    sum.virtual_ms += report.virtual_ms;
    sum.turns += report.turns;
    sum.duplicates += report.duplicates;
    sum.refused += report.refused;
    sum.crashes += report.crashes;
    sum.timers += report.timers;
    sum.sent_twice += report.sent_twice;
  }
  RecordProperty("virtual_seconds", static_cast<int>(sum.virtual_ms / 1'000));
  // What is never met is not tested.
  if (only > 0) return;
  EXPECT_GT(sum.duplicates, last);
  EXPECT_GT(sum.refused, last / 10);
  EXPECT_GT(sum.crashes, last);
  EXPECT_GT(sum.timers, last);
  EXPECT_GT(sum.sent_twice, last / 10);
}

TEST(Simulation, NobodyIsLostOrOwnedTwiceWhereverItEnds) {
  const std::uint64_t only = from_environment("ALUR_SEED", 0);
  const std::uint64_t first = only > 0 ? only : 1;
  const std::uint64_t last = only > 0 ? only : from_environment("ALUR_SEEDS", 1'000) / 10;
  SimulationReport sum;
  for (std::uint64_t seed = first; seed <= last; ++seed) {
    SimulationSettings settings;
    settings.seed = seed;
    settings.people = true;
    const SimulationReport report = simulate(settings);
    ASSERT_EQ(report.fault, "") << "ALUR_SEED=" << seed;
    sum.crashes += report.crashes;
    sum.handed += report.handed;
    sum.served += report.served;
    sum.spoken += report.spoken;
    sum.superseded += report.superseded;
  }
  if (only > 0) return;
  EXPECT_GT(sum.crashes, last);
  EXPECT_GT(sum.handed, 5 * last);
  EXPECT_GT(sum.served, 2 * last);
  EXPECT_GT(sum.spoken, 2 * last);
  EXPECT_GT(sum.superseded, last / 10);
}

TEST(Simulation, ASeedIsARun) {
  SimulationSettings settings;
  settings.seed = 157;
  const SimulationReport once = simulate(settings);
  const SimulationReport again = simulate(settings);
  EXPECT_EQ(once.state, again.state);
  EXPECT_EQ(once.virtual_ms, again.virtual_ms);
  EXPECT_EQ(once.turns, again.turns);
  EXPECT_NE(once.state, "");
}

TEST(Simulation, WithoutFaultsNothingIsRefusedDoubledOrSentTwice) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const SimulationReport report = simulate({seed, 12, 120, false, false});
    ASSERT_EQ(report.fault, "") << seed;
    EXPECT_EQ(report.duplicates + report.refused + report.sent_twice, 0u) << seed;
  }
}

}  // namespace
}  // namespace alur::tests
