// Pacer: a token bucket without a clock: so many a second, so many at once. Safe from any thread,
// so that all cores may share one. (The generic cell rate algorithm of ITU-T I.371.)
#pragma once

#include <atomic>
#include <cstdint>

namespace alur::runtime {

class Pacer {
 public:
  // Where nobody knows what was sent before, a bucket begins empty, but for one.
  enum class Level : std::uint8_t { empty, full };
  Pacer(double rate, double burst, std::int64_t now_ms, Level level);
  // One that is full again at this time, at the latest when an empty one would be.
  Pacer(double rate, double burst, std::int64_t now_ms, std::int64_t full_at_ms);
  Pacer(const Pacer& other) : Pacer(other, other.full_at_.load()) {}

  // 0: taken. Else in how many milliseconds to ask again.
  std::int64_t take(std::int64_t now_ms);
  // What was taken was not used.
  void give_back();
  std::int64_t full_at_ms() const { return full_at_.load() / 1'000 + 1; }
  // The other side says that it is too much: nothing until then, and half as fast for a while. What
  // several messages are told at once is one word, and slows down once.
  void hold(std::int64_t now_ms, std::int64_t until_ms);

 private:
  Pacer(const Pacer& other, std::int64_t full_at)
      : interval_us_(other.interval_us_),
        burst_us_(other.burst_us_),
        full_at_(full_at),
        held_until_(other.held_until_.load()),
        slowness_(other.slowness_.load()) {}

  double interval_us_;
  double burst_us_;
  std::atomic<std::int64_t> full_at_;     // microseconds; when the bucket is full again
  std::atomic<std::int64_t> held_until_;  // milliseconds
  std::atomic<double> slowness_ = 1.0;    // 1: the full rate
};

}  // namespace alur::runtime
