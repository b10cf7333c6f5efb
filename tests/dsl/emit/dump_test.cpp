// Flows -> dumps of what is emitted, one file of dumps/ a family of constructs. A file is made of
// sections, each begun by `--- NAME`: the app's files, then `--- dump`. app.yaml may be left out.
// ALUR_UPDATE_DUMPS=1 writes the dumps anew, to be read before they are committed.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "dsl/compile/compile.hpp"
#include "dsl/finding/render.hpp"
#include "engine/program/dump.hpp"

namespace alur::dsl {
namespace {

namespace fs = std::filesystem;

const fs::path dumps_folder = ALUR_SOURCE_DIR "/tests/dsl/emit/dumps";

constexpr std::string_view plain_app = R"(app: test
languages: [id, en]
timezone: Asia/Jakarta
start: t
channels: [console]
types:
  place:
    name: text(1..40)
    kind: one of bank, shop
    open: bool
services:
  places.find:
    params:
      name: text(1..40)
    outcomes:
      found: place
      some: list of place (1..3)
      none_found:
hours:
  office: mon-fri 08:00-17:00
queues:
  general:
    hours: office
contact:
  name: text(1..80)?
session:
  visits: integer(0..100)?
defaults:
  no_match:
    - id: Maaf, saya belum paham.
      en: Sorry, I did not get that.
    - stop: true
)";

struct Sample {
  std::vector<AppFile> files;
  std::string head;  // all before the dump
  std::string dump;
};

Sample read_sample(const fs::path& path) {
  std::ifstream file(path);
  Sample sample;
  std::string* text = nullptr;
  bool in_dump = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("--- ")) {
      const std::string name = line.substr(4);
      in_dump = name == "dump";
      text = in_dump ? &sample.dump : &sample.files.emplace_back(AppFile{name, name, {}}).text;
    } else if (text) {
      *text += line + '\n';
    }
    if (!in_dump) sample.head += line + '\n';
  }
  if (sample.files.front().path != "app.yaml") {
    sample.files.insert(sample.files.begin(), {"app.yaml", "app.yaml", std::string(plain_app)});
  }
  return sample;
}

// The app's own dump only where the sample writes its app.yaml.
std::string dump_of(const Sample& sample) {
  const Compilation compiled = compile(sample.files);
  if (!compiled.program) return render_text(*compiled.sources, compiled.findings);
  const program::Program& program = *compiled.program;
  std::string out;
  if (sample.files.front().text != plain_app) out += program::dump(program.app());
  for (program::Index i = 1; i < program.unit_count(); ++i) {
    if (!out.empty()) out += '\n';
    out += program::dump(program.app(), program.unit(i));
  }
  return out;
}

std::vector<std::string> sample_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(dumps_folder)) {
    names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class Emitted : public testing::TestWithParam<std::string> {};

TEST_P(Emitted, DumpsAsWritten) {
  const fs::path path = dumps_folder / (GetParam() + ".txt");
  const Sample sample = read_sample(path);
  const std::string dump = dump_of(sample);
  if (std::getenv("ALUR_UPDATE_DUMPS") != nullptr) {
    std::ofstream(path) << sample.head << "--- dump\n" << dump;
    return;
  }
  EXPECT_EQ(dump, sample.dump);
}

INSTANTIATE_TEST_SUITE_P(Dumps, Emitted, testing::ValuesIn(sample_names()),
                         [](const auto& row) { return row.param; });

}  // namespace
}  // namespace alur::dsl
