// What compiling costs: an app of 1,000 flows (about 5 MB of YAML) from its sources on two threads,
// one changed flow among them, and the check of kontak157.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <iostream>

#include "dsl/compile/compile.hpp"
#include "dsl/finding/render.hpp"
#include "tests/generated/random_app.hpp"

namespace alur::benchmarks {
namespace {

constexpr int flows = 1'000;

void require(const dsl::Compilation& compiled) {
  if (compiled.program) return;
  std::cerr << dsl::render_text(*compiled.sources, compiled.findings);
  std::abort();
}

void thousand_flows(benchmark::State& state) {
  const std::vector<dsl::AppFile> files = tests::large_app(flows);
  double bytes = 0;
  for (const dsl::AppFile& file : files) bytes += static_cast<double>(file.text.size());
  for (auto _ : state) require(dsl::compile(files, 2));
  state.counters["MB"] = bytes / 1e6;
}

void one_changed_flow(benchmark::State& state) {
  const std::vector<dsl::AppFile> files = tests::large_app(flows);
  dsl::Compiler compiler(files, 2);
  require(compiler.compile());
  int turn = 0;
  for (auto _ : state) {
    dsl::AppFile changed = files[500];
    changed.text += "# edit " + std::to_string(turn++) + "\n";
    compiler.change(std::move(changed));
    require(compiler.compile());
  }
}

void check_kontak157(benchmark::State& state) {
  for (auto _ : state) {
    std::string error;
    dsl::Compilation compiled =
        dsl::compile(dsl::read_app_folder(ALUR_SOURCE_DIR "/flows/kontak157", error), 2);
    require(compiled);
    benchmark::DoNotOptimize(dsl::prove(compiled));
  }
}

BENCHMARK(thousand_flows)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(one_changed_flow)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(check_kontak157)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace alur::benchmarks

BENCHMARK_MAIN();
