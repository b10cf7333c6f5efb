// How long things took, counted in buckets: one thread writes, without locks, and any may read.
// Nothing is decided by it.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <string_view>

namespace alur::runtime {

// The longest that each bucket takes, in microseconds; one bucket more takes what was longer.
inline constexpr std::array<std::int64_t, 18> bucket_microseconds{
    10,     25,     50,     100,     250,     500,     1'000,     2'500,     5'000,
    10'000, 25'000, 50'000, 100'000, 250'000, 500'000, 1'000'000, 2'500'000, 10'000'000};

// What histograms counted, summed up.
struct Tallies {
  std::array<std::uint64_t, bucket_microseconds.size() + 1> buckets{};
  std::uint64_t nanoseconds = 0;  // all together

  bool operator==(const Tallies&) const = default;
};

class Histogram {
 public:
  // By one thread, always the same.
  void note(std::chrono::nanoseconds took) {
    std::size_t bucket = 0;
    while (bucket < bucket_microseconds.size() &&
           took > std::chrono::microseconds(bucket_microseconds[bucket])) {
      ++bucket;
    }
    add(buckets_[bucket], 1);
    add(nanoseconds_, static_cast<std::uint64_t>(took.count() > 0 ? took.count() : 0));
  }
  // From any thread.
  void add_to(Tallies& sums) const {
    for (std::size_t i = 0; i < buckets_.size(); ++i) {
      sums.buckets[i] += buckets_[i].load(std::memory_order_relaxed);
    }
    sums.nanoseconds += nanoseconds_.load(std::memory_order_relaxed);
  }

 private:
  // With one writer a load and a store are enough, and half as dear as an addition.
  static void add(std::atomic<std::uint64_t>& to, std::uint64_t by) {
    to.store(to.load(std::memory_order_relaxed) + by, std::memory_order_relaxed);
  }

  std::array<std::atomic<std::uint64_t>, bucket_microseconds.size() + 1> buckets_{};
  std::atomic<std::uint64_t> nanoseconds_{0};
};

struct Timings {
#define TIMING(name, meaning) Histogram name;
#include "engine/runtime/timing.def"
#undef TIMING

  template <class Take>
  void each(const Take& take) const {
#define TIMING(name, meaning) take(std::string_view(#name), name);
#include "engine/runtime/timing.def"
#undef TIMING
  }
};

// Notes the time from its making to its end.
class Lap {
 public:
  explicit Lap(Histogram& histogram) : histogram_(histogram) {}
  Lap(const Lap&) = delete;
  Lap& operator=(const Lap&) = delete;
  ~Lap() { histogram_.note(std::chrono::steady_clock::now() - begin_); }

 private:
  Histogram& histogram_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

}  // namespace alur::runtime
