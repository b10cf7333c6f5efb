// Clock: what time it is. Everything else in the engine gets time as an argument.
#pragma once

#include "engine/value/civil_time.hpp"

namespace alur::ports {

class Clock {
 public:
  virtual ~Clock() = default;
  // Never goes back while the program runs, and passes as time does: an administrator who sets the
  // machine's clock makes no timer early. From any thread.
  virtual value::Instant now() const = 0;
};

}  // namespace alur::ports
