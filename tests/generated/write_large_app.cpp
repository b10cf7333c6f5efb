// write_large_app FOLDER FLOWS: the large app of the benchmarks as files, for whole commands.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "tests/generated/random_app.hpp"

int main(int argc, char** argv) {
  namespace fs = std::filesystem;
  const int flows = argc == 3 ? std::atoi(argv[2]) : 0;
  if (flows < 1 || flows > 4'000) {
    std::cerr << "usage: write_large_app FOLDER FLOWS (1 to 4000)\n";
    return 2;
  }
  fs::create_directories(argv[1]);
  for (const alur::dsl::AppFile& file : alur::tests::large_app(flows)) {
    std::ofstream(fs::path(argv[1]) / file.path, std::ios::binary) << file.text;
  }
  return 0;
}
