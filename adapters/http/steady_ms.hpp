// Milliseconds that only go on, whatever becomes of the clock on the wall.
#pragma once

#include <chrono>
#include <cstdint>

namespace alur::adapters {

inline std::int64_t steady_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace alur::adapters
