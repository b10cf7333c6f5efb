// SteadyClock: the time of day when the program began, and from then on as time passes. Setting the
// machine's clock meanwhile changes nothing.
#pragma once

#include "engine/ports/clock.hpp"

namespace alur::adapters {

class SteadyClock : public ports::Clock {
 public:
  SteadyClock();
  value::Instant now() const override;

 private:
  std::int64_t began_;    // of the day, milliseconds
  std::int64_t counted_;  // of the counter that sleeps with nobody, milliseconds
};

}  // namespace alur::adapters
