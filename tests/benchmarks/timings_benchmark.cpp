// What measuring costs a turn: a note in a histogram, and a note with its two looks at the clock. A
// turn of a message makes one of the second kind and one and a half of the first.
#include <benchmark/benchmark.h>

#include "engine/runtime/timings.hpp"

namespace alur::runtime {
namespace {

void note(benchmark::State& state) {
  Histogram histogram;
  const std::chrono::microseconds took(state.range(0));
  for (auto _ : state) histogram.note(took);
  Tallies sums;
  histogram.add_to(sums);
  benchmark::DoNotOptimize(sums);
}

void lap(benchmark::State& state) {
  Histogram histogram;
  for (auto _ : state) const Lap around(histogram);
  Tallies sums;
  histogram.add_to(sums);
  benchmark::DoNotOptimize(sums);
}

BENCHMARK(note)->Arg(20)->Arg(2'000)->Arg(20'000'000);
BENCHMARK(lap);

}  // namespace
}  // namespace alur::runtime

BENCHMARK_MAIN();
