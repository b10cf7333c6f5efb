// What is counted, by each core for itself; read from any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <string_view>

namespace alur::runtime {

struct Counters {
#define COUNTER(name, meaning) std::atomic<std::uint64_t> name{0};
#include "engine/runtime/counter.def"
#undef COUNTER

  template <class Take>
  void each(const Take& take) const {
#define COUNTER(name, meaning) take(std::string_view(#name), name.load(std::memory_order_relaxed));
#include "engine/runtime/counter.def"
#undef COUNTER
  }
};

inline void count(std::atomic<std::uint64_t>& counter, std::uint64_t by = 1) {
  counter.fetch_add(by, std::memory_order_relaxed);
}

}  // namespace alur::runtime
