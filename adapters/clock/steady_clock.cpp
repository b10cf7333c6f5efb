#include "adapters/clock/steady_clock.hpp"

#include <ctime>

namespace alur::adapters {
namespace {

std::int64_t read_clock(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return time.tv_sec * 1'000 + time.tv_nsec / 1'000'000;
}

}  // namespace

// CLOCK_BOOTTIME goes on while the machine is suspended, and is never set.
SteadyClock::SteadyClock()
    : began_(read_clock(CLOCK_REALTIME)), counted_(read_clock(CLOCK_BOOTTIME)) {}

value::Instant SteadyClock::now() const {
  return {began_ + read_clock(CLOCK_BOOTTIME) - counted_};
}

}  // namespace alur::adapters
