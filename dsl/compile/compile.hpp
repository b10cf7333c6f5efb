// An app's sources -> a Program, or findings. The whole pipeline behind one call, and a Compiler
// that keeps what it has done, so that one changed flow costs one flow.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/check/messages.hpp"
#include "dsl/check/proof/proofs.hpp"
#include "dsl/finding/finding.hpp"
#include "dsl/finding/source.hpp"
#include "engine/program/program.hpp"

namespace alur::dsl {

// A file of the app: its path within the folder ("app.yaml", "greeting.flow.yaml",
// "data/holidays.csv"), how findings show it, and its text.
struct AppFile {
  std::string path;
  std::string shown_path;
  std::string text;
};

struct Compilation {
  std::shared_ptr<const program::Program> program;  // null when there are errors
  std::shared_ptr<const Sources> sources;
  Findings findings;     // in file order
  LongestTexts longest;  // of each channel and language, how near its texts come to the limit
};

// Compiles an app held in memory. `threads`: how many may work at once, at least 1.
Compilation compile(const std::vector<AppFile>& files, unsigned threads = 2);

// Proves what only the whole app shows, and adds the findings; a program that has errors by them is
// taken away. Apart from compiling, which is for every keystroke; whoever checks or publishes an
// app proves it. Nothing is proven of an app that does not compile.
proof::Proofs prove(Compilation& compiled);

// Keeps every file's compiled form, and compiles anew only what a change of one file touches.
class Compiler {
 public:
  explicit Compiler(std::vector<AppFile> files, unsigned threads = 2);
  ~Compiler();
  Compiler(Compiler&&) noexcept;
  Compiler& operator=(Compiler&&) noexcept;

  Compilation compile();
  // Replaces one file, adds it, or removes it where the text is empty.
  void change(AppFile file);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// What Program::hash() of these files is, in any order of them.
std::string hash_of(const std::vector<AppFile>& files);

// Reads an app's folder from disk: app.yaml, *.flow.yaml, what data/ holds that app.yaml names, and
// its tables (*.csv), whose names citizens may type.
// Nothing, and one plain line in `error`, when the folder cannot be read. Bounds: 1 MiB a file,
// 32 MiB in all, 4,096 files; links that lead out of the folder are refused.
std::vector<AppFile> read_app_folder(const std::string& folder, std::string& error);

}  // namespace alur::dsl
