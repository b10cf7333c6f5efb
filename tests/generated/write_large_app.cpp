// write_large_app FOLDER FLOWS [sound]: a large app of the benchmarks as files, for whole commands:
// every verb in any order, or a sound service.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string_view>

#include "tests/generated/random_app.hpp"
#include "tests/generated/service_app.hpp"

int main(int argc, char** argv) {
  namespace fs = std::filesystem;
  const int flows = argc >= 3 ? std::atoi(argv[2]) : 0;
  const bool sound = argc == 4 && std::string_view(argv[3]) == "sound";
  if (flows < 1 || flows > 4'000 || argc > 4 || (argc == 4 && !sound)) {
    std::cerr << "usage: write_large_app FOLDER FLOWS [sound] (1 to 4000 flows)\n";
    return 2;
  }
  fs::create_directories(argv[1]);
  const auto files = sound ? alur::tests::service_app(flows) : alur::tests::large_app(flows);
  for (const alur::dsl::AppFile& file : files) {
    std::ofstream(fs::path(argv[1]) / file.path, std::ios::binary) << file.text;
  }
  return 0;
}
