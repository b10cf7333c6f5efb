// `alur check APP`: every finding of an app, in one run.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>
#include <memory>

#include "dsl/compile/compile.hpp"
#include "dsl/finding/render.hpp"
#include "tools/alur/command.hpp"

namespace alur::tools {
namespace {

struct CheckOptions {
  std::string app;
  std::string format = "text";
};

bool wants_colour() {
  return isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;
}

std::string summary(const dsl::Compilation& compiled) {
  std::size_t states = 0;
  std::size_t questions = 0;
  const program::Program& program = *compiled.program;
  for (program::Index i = 1; i < program.unit_count(); ++i) {
    states += program.unit(i).states.size();
    questions += program.unit(i).questions.size();
  }
  return program.app().name + ": " + std::to_string(program.unit_count() - 1) + " flows, " +
         std::to_string(states) + " states, " + std::to_string(questions) + " questions; version " +
         program.hash().substr(0, 12) + "\n";
}

int check(const CheckOptions& options) {
  std::string error;
  const std::vector<dsl::AppFile> files = dsl::read_app_folder(options.app, error);
  if (files.empty()) {
    std::cerr << "alur check: " << error << "\n";
    return exit_unusable;
  }
  const dsl::Compilation compiled = dsl::compile(files);
  if (options.format == "json") {
    std::cout << dsl::render_json(*compiled.sources, compiled.findings);
  } else if (options.format == "sarif") {
    std::cout << dsl::render_sarif(*compiled.sources, compiled.findings);
  } else {
    std::cout << dsl::render_text(*compiled.sources, compiled.findings, {wants_colour()});
    if (compiled.findings.size() > 0) std::cout << "\n";
    if (compiled.program) std::cout << summary(compiled);
  }
  return compiled.findings.size() == 0 ? exit_good : exit_found;
}

}  // namespace

Run declare_check(CLI::App& command) {
  auto options = std::make_shared<CheckOptions>();
  command.add_option("APP", options->app, "The app's folder, with app.yaml in it")->required();
  command
      .add_option("--format", options->format,
                  "text for people, json for programs, sarif for code hosts and editors")
      ->check(CLI::IsMember({"text", "json", "sarif"}))
      ->capture_default_str();
  return [options] { return check(*options); };
}

}  // namespace alur::tools
