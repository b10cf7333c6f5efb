// What starting from the compiled cache costs: an app of 1,000 flows (about 5 MB of YAML) from its
// bytes to a verified, linked program on one thread, and its parts.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <iostream>

#include "dsl/compile/compile.hpp"
#include "dsl/finding/render.hpp"
#include "engine/program/program_bytes.hpp"
#include "engine/program/verify.hpp"
#include "tests/generated/random_app.hpp"

namespace alur::benchmarks {
namespace {

const program::Program& large_program() {
  static const dsl::Compilation compiled = dsl::compile(tests::large_app(1'000), 2);
  if (!compiled.program) {
    std::cerr << dsl::render_text(*compiled.sources, compiled.findings);
    std::abort();
  }
  return *compiled.program;
}

void start_from_cache(benchmark::State& state) {
  const std::string bytes = program::encode_program(large_program());
  for (auto _ : state) {
    const program::ReadProgram read = program::decode_program(bytes);
    if (!read.program) std::abort();
    benchmark::DoNotOptimize(read.program.get());
  }
  state.counters["MB"] = static_cast<double>(bytes.size()) / 1e6;
}

void write_cache(benchmark::State& state) {
  for (auto _ : state) {
    const std::string bytes = program::encode_program(large_program());
    benchmark::DoNotOptimize(bytes.data());
  }
}

void write_one_changed_flow(benchmark::State& state) {
  const program::Program& large = large_program();
  const std::string app = program::encode_app(large.app());
  std::vector<std::string> units;
  for (program::Index i = 1; i < large.unit_count(); ++i) {
    units.push_back(program::encode_unit(large.unit(i)));
  }
  for (auto _ : state) {
    units[500] = program::encode_unit(large.unit(501));
    const std::string bytes = program::join_program(large.hash(), app, units);
    benchmark::DoNotOptimize(bytes.data());
  }
}

void verify_whole(benchmark::State& state) {
  for (auto _ : state) {
    if (!program::verify(large_program()).empty()) std::abort();
  }
}

BENCHMARK(start_from_cache)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(write_cache)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(write_one_changed_flow)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(verify_whole)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace alur::benchmarks

BENCHMARK_MAIN();
