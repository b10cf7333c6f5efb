// Simulation: a whole service of some cores in virtual time, on a store in memory that fails, with
// a channel and a service that misbehave, and a program that ends at any moment. One seed is one
// run; what must never happen is checked all along and at the end.
#pragma once

#include <cstdint>
#include <string>

namespace alur::tests {

struct SimulationSettings {
  std::uint64_t seed = 1;
  int citizens = 12;
  int messages = 120;  // of citizens, in all
  bool faults = true;  // else everything works
  bool crashes = true;
  bool people = false;  // a desk takes handoffs, and three agents serve
};

struct SimulationReport {
  std::string fault;  // empty: all promises were kept
  std::int64_t virtual_ms = 0;
  std::uint64_t turns = 0;
  std::uint64_t duplicates = 0;
  std::uint64_t refused = 0;
  std::uint64_t crashes = 0;
  std::uint64_t timers = 0;
  std::uint64_t sent_twice = 0;
  std::uint64_t handed = 0;      // of people: handoffs, ...
  std::uint64_t served = 0;      // ... those that somebody accepted, ...
  std::uint64_t spoken = 0;      // ... messages of agents, ...
  std::uint64_t superseded = 0;  // ... and of the bot that were not sent since a person served
  std::string state;             // every session's bytes, in order: for comparing runs
};

SimulationReport simulate(const SimulationSettings& settings);

}  // namespace alur::tests
