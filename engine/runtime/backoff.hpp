// Backoff: how long to wait before trying again. Chance is an argument.
#pragma once

#include <algorithm>
#include <cstdint>

namespace alur::runtime {

struct Backoff {
  std::int64_t first_ms = 1'000;
  std::int64_t most_ms = 300'000;

  // After the n-th failure, n from 1; chance from 0 to 1. Doubles each time; half of it is jitter,
  // so that those who failed together do not come back together.
  std::int64_t after(int failures, double chance) const {
    std::int64_t whole = first_ms;
    for (int i = 1; i < failures && whole < most_ms; ++i) whole *= 2;
    whole = std::min(whole, most_ms);
    const std::int64_t half = whole / 2;
    return half + static_cast<std::int64_t>(static_cast<double>(whole - half) * chance);
  }
};

}  // namespace alur::runtime
