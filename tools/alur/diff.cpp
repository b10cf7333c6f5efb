// `alur diff A B`: what is different between two versions of an app, in plain words.
#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "tools/alur/command.hpp"
#include "tools/diff/diff_apps.hpp"
#include "tools/load/load_app.hpp"

namespace alur::tools {
namespace {

struct DiffOptions {
  std::string before;
  std::string after;
};

// Null, and what is wrong was said.
std::shared_ptr<const program::Program> load(const std::string& folder, int& code) {
  LoadedApp loaded = load_app(folder);
  if (!loaded.error.empty()) {
    std::cerr << "alur diff: " << loaded.error << "\n";
    code = exit_unusable;
  } else if (!loaded.program) {
    std::cout << loaded.findings;
    code = exit_unusable;
  }
  return loaded.program;
}

int diff(const DiffOptions& options) {
  int code = exit_good;
  const auto before = load(options.before, code);
  const auto after = before ? load(options.after, code) : nullptr;
  if (!after) return code;
  const std::vector<std::string> lines = diff_apps(*before, *after);
  for (const std::string& line : lines) std::cout << line << "\n";
  if (lines.empty() && before->hash() != after->hash()) {
    std::cout << "the words, states and declarations are the same; something else is not\n";
  }
  return before->hash() == after->hash() ? exit_good : exit_found;
}

}  // namespace

Run declare_diff(CLI::App& command) {
  auto options = std::make_shared<DiffOptions>();
  command.add_option("A", options->before, "An app's folder")->required();
  command.add_option("B", options->after, "The folder of its other version")->required();
  return [options] { return diff(*options); };
}

}  // namespace alur::tools
