#include "engine/runtime/pacer.hpp"

#include <algorithm>

namespace alur::runtime {
namespace {

constexpr double slowness_max = 64.0;
constexpr double recovery = 0.99;  // of the slowness that is left, with every message taken

}  // namespace

Pacer::Pacer(double rate, double burst, std::int64_t now_ms, Level level)
    : interval_us_(1e6 / rate),
      burst_us_(std::max(burst, 1.0) * interval_us_),
      full_at_(now_ms * 1'000 +
               (level == Level::full ? 0 : static_cast<std::int64_t>(burst_us_ - interval_us_))),
      held_until_(0) {}

Pacer::Pacer(double rate, double burst, std::int64_t now_ms, std::int64_t full_at_ms)
    : Pacer(rate, burst, now_ms, Level::full) {
  full_at_ = std::min(full_at_ms * 1'000, now_ms * 1'000 + static_cast<std::int64_t>(burst_us_));
}

std::int64_t Pacer::take(std::int64_t now_ms) {
  const std::int64_t held = held_until_.load() - now_ms;
  if (held > 0) return held;
  const std::int64_t now_us = now_ms * 1'000;
  const double slowness = slowness_.load();
  const auto interval = static_cast<std::int64_t>(interval_us_ * slowness);
  const auto burst = std::max(interval, static_cast<std::int64_t>(burst_us_));
  std::int64_t full_at = full_at_.load();
  for (;;) {
    const std::int64_t next = std::max(full_at, now_us) + interval;
    const std::int64_t wait_us = next - now_us - burst;
    if (wait_us > 0) return (wait_us + 999) / 1'000;
    if (!full_at_.compare_exchange_weak(full_at, next)) continue;
    if (slowness > 1.0) slowness_.store(std::max(1.0, 1.0 + (slowness - 1.0) * recovery));
    return 0;
  }
}

void Pacer::give_back() {
  full_at_.fetch_sub(static_cast<std::int64_t>(interval_us_));
}

void Pacer::hold(std::int64_t now_ms, std::int64_t until_ms) {
  std::int64_t held = held_until_.load();
  const bool held_already = held > now_ms;
  while (until_ms > held && !held_until_.compare_exchange_weak(held, until_ms)) {
  }
  if (held_already) return;
  slowness_.store(std::min(slowness_max, slowness_.load() * 2.0));
}

}  // namespace alur::runtime
