// What proving costs beside compiling, in one run on one core: kontak157, and a sound service of so
// many flows (1,000 unless told). Prints times, their ratio, and the most memory held so far.
//
//     proof_benchmark [FLOWS]
#include <fmt/core.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/compile/compile.hpp"
#include "dsl/finding/render.hpp"
#include "tests/generated/service_app.hpp"

namespace alur::benchmarks {
namespace {

using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point then) {
  return std::chrono::duration<double, std::milli>(Clock::now() - then).count();
}

double megabytes_max() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

// The fastest of some rounds: what the machine's other work adds is no part of it.
void measure(std::string_view name, const std::vector<dsl::AppFile>& files, int rounds) {
  double compile = 1e9;
  double prove = 1e9;
  double memory = 0;
  std::size_t places = 0;
  for (int i = 0; i < rounds; ++i) {
    const auto before = Clock::now();
    dsl::Compilation compiled = dsl::compile(files, 1);
    compile = std::min(compile, milliseconds_since(before));
    if (i == 0) memory = megabytes_max();
    const auto between = Clock::now();
    const dsl::proof::Proofs proofs = dsl::prove(compiled);
    prove = std::min(prove, milliseconds_since(between));
    places = proofs.measures.places;
    if (!compiled.program || compiled.findings.size() > 0) {
      fmt::print("{}", dsl::render_text(*compiled.sources, compiled.findings));
      std::exit(1);
    }
  }
  fmt::print("{:<12} {:>9} {:>12.1f} {:>10.1f} {:>6.2f} {:>9.0f} {:>9.0f}\n", name, places, compile,
             prove, prove / compile, memory, megabytes_max());
}

}  // namespace
}  // namespace alur::benchmarks

int main(int argc, char** argv) {
  using namespace alur;
  const int flows = argc == 2 ? std::atoi(argv[1]) : 1'000;
  std::string error;
  fmt::print("{:<12} {:>9} {:>12} {:>10} {:>6} {:>9} {:>9}\n", "app", "places", "compile ms",
             "prove ms", "ratio", "MiB then", "MiB after");
  benchmarks::measure("kontak157", dsl::read_app_folder(ALUR_SOURCE_DIR "/flows/kontak157", error),
                      20);
  benchmarks::measure(fmt::format("{} flows", flows), tests::service_app(flows), 3);
}
