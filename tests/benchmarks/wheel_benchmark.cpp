// What a timer costs within a million of them.
#include <benchmark/benchmark.h>

#include <random>

#include "engine/runtime/timer_wheel.hpp"

namespace {

using alur::runtime::TimerWheel;

constexpr std::int64_t begin = 1'800'000'000'000;
constexpr std::uint64_t million = 1'000'000;
constexpr std::int64_t day = 86'400'000;

std::uint64_t key(std::uint64_t i) {
  return i * 0x9e3779b97f4a7c15u;
}

void fill(TimerWheel& wheel) {
  std::mt19937_64 random(157);
  for (std::uint64_t i = 0; i < million; ++i) {
    wheel.arm(key(i), begin + static_cast<std::int64_t>(random() % day));
  }
}

void arm_anew(benchmark::State& state) {
  TimerWheel wheel(begin);
  fill(wheel);
  std::mt19937_64 random(158);
  for (auto _ : state) {
    wheel.arm(key(random() % million), begin + static_cast<std::int64_t>(random() % day));
  }
  state.counters["bytes_each"] = static_cast<double>(wheel.bytes()) / million;
}
BENCHMARK(arm_anew);

// As a conversation does that goes on: later than before.
void put_off(benchmark::State& state) {
  TimerWheel wheel(begin);
  fill(wheel);
  std::mt19937_64 random(158);
  std::int64_t later = day;
  for (auto _ : state) wheel.arm(key(random() % million), begin + ++later);
}
BENCHMARK(put_off);

void cancel_and_arm(benchmark::State& state) {
  TimerWheel wheel(begin);
  fill(wheel);
  std::mt19937_64 random(158);
  for (auto _ : state) {
    const std::uint64_t one = key(random() % million);
    wheel.cancel(one);
    wheel.arm(one, begin + static_cast<std::int64_t>(random() % day));
  }
}
BENCHMARK(cancel_and_arm);

void fire_all(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    TimerWheel wheel(begin);
    fill(wheel);
    std::vector<std::uint64_t> due;
    due.reserve(million);
    state.ResumeTiming();
    wheel.advance(begin + 2 * day, due);
    benchmark::DoNotOptimize(due.data());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(million));
}
BENCHMARK(fire_all)->Unit(benchmark::kMillisecond)->Iterations(2);

}  // namespace

BENCHMARK_MAIN();
