// Mistakes of shape and what is told of them, to the byte: the cases stand in refusals/*.txt, each
//
//   === steps | flow | app: what is wrong
//   the source
//   ---
//   what is told
//
// With ALUR_UPDATE=1 in the environment the files are rewritten with what is told now; read the
// diff.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "parsed.hpp"

namespace alur::dsl {
namespace {

namespace fs = std::filesystem;

struct Refusal {
  std::string title;  // with the kind of source before its colon
  std::string source;
  std::string told;
};

std::string read_file(const fs::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<Refusal> read_refusals(const fs::path& path) {
  std::vector<Refusal> refusals;
  std::istringstream lines(read_file(path));
  bool in_source = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("=== ")) {
      refusals.push_back({line.substr(4), {}, {}});
      in_source = true;
    } else if (line == "---") {
      in_source = false;
    } else {
      (in_source ? refusals.back().source : refusals.back().told) += line + '\n';
    }
  }
  return refusals;
}

// An empty line closes a case.
std::string tell(const Refusal& refusal) {
  const std::string kind = refusal.title.substr(0, refusal.title.find(':'));
  if (kind == "steps") return tell_steps(refusal.source) + '\n';
  return (kind == "app" ? tell_app(refusal.source) : tell_flow(refusal.source)) + '\n';
}

std::vector<fs::path> refusal_files() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(ALUR_SOURCE_DIR "/tests/dsl/parse/refusals")) {
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

TEST(Refusals, AreToldToTheByte) {
  const bool update = std::getenv("ALUR_UPDATE") != nullptr;
  for (const fs::path& path : refusal_files()) {
    std::string rewritten;
    for (const Refusal& refusal : read_refusals(path)) {
      const std::string told = tell(refusal);
      if (!update) {
        EXPECT_EQ(told, refusal.told) << path.filename() << ": " << refusal.title;
      }
      rewritten += "=== " + refusal.title + '\n' + refusal.source + "---\n" + told;
    }
    if (update) std::ofstream(path) << rewritten;
  }
}

// Every code that this stage can tell is told of at least two sources.
TEST(Refusals, CoverEveryCodeTwice) {
  std::map<std::string, int> told;
  for (const fs::path& path : refusal_files()) {
    for (const Refusal& refusal : read_refusals(path)) {
      for (const CodeRow& row : all_codes()) {
        told[std::string(row.text)] +=
            refusal.told.find("[" + std::string(row.text) + "]") != std::string::npos;
      }
    }
  }
  for (const char* code :
       {"S001", "S002", "S004", "S005", "S006", "S007", "S008", "S009", "S010", "S024", "S201",
        "S202", "S203", "S204", "S205", "S206", "S207", "S208", "S209", "S210", "S211"}) {
    EXPECT_GE(told[code], 2) << code;
  }
}

}  // namespace
}  // namespace alur::dsl
