// Events made by a seed: what citizens, clocks, services and desks do, sensible or not, given where
// a session stands.
#pragma once

#include <random>
#include <vector>

#include "engine/machine/turn.hpp"

namespace alur::tests {

// Makes the next event from the turn before it. Mostly sensible: options tapped and typed, timers
// that are due, answers that fit; sometimes garbage, late, repeated or out of place.
class RandomEvents {
 public:
  RandomEvents(const program::Program& program, std::uint64_t seed)
      : program_(program), random_(seed) {}

  machine::Event next(const machine::Turn& last);

 private:
  int pick(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }
  machine::Event heard(const machine::Turn& last);
  machine::Event typed(const machine::Turn& last);
  machine::Event media();
  machine::Event timer(const machine::Turn& last);
  machine::Event answered(const machine::Turn& last);
  machine::Event handed_back(const machine::Turn& last);
  value::Value value_of(const value::Type& type);
  std::string words();

  const program::Program& program_;
  std::mt19937_64 random_;
  value::Instant now_{1'767'578'400'000};
  std::vector<machine::Choice> seen_;  // whatever was ever shown, for stale taps
};

}  // namespace alur::tests
