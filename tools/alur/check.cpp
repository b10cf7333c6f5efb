// `alur check APP`: every finding of an app, in one run.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>
#include <memory>

#include "dsl/compile/compile.hpp"
#include "dsl/finding/render.hpp"
#include "tools/alur/check_summary.hpp"
#include "tools/alur/check_witness.hpp"
#include "tools/alur/command.hpp"

namespace alur::tools {
namespace {

struct CheckOptions {
  std::string app;
  std::string format = "text";
  std::string witness;  // a folder; empty: none is wanted
};

bool wants_colour() {
  return isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;
}

int check(const CheckOptions& options) {
  std::string error;
  const std::vector<dsl::AppFile> files = dsl::read_app_folder(options.app, error);
  if (files.empty()) {
    std::cerr << "alur check: " << error << "\n";
    return exit_unusable;
  }
  dsl::Compilation compiled = dsl::compile(files);
  const std::shared_ptr<const program::Program> program = compiled.program;
  const dsl::proof::Proofs proofs = dsl::prove(compiled);
  if (options.format == "json") {
    std::cout << dsl::render_json(*compiled.sources, compiled.findings, proofs.figures);
  } else if (options.format == "sarif") {
    std::cout << dsl::render_sarif(*compiled.sources, compiled.findings);
  } else {
    std::cout << dsl::render_text(*compiled.sources, compiled.findings, {wants_colour()});
    if (!compiled.findings.empty()) std::cout << "\n";
    if (program) std::cout << check_summary(*program, compiled, proofs);
  }
  if (!options.witness.empty() && program) {
    const auto written =
        write_witnesses(options.witness, options.app, program, *compiled.sources, proofs);
    if (!written) {
      std::cerr << "alur check: cannot write to " << options.witness << "\n";
      return exit_unusable;
    }
    std::cerr << *written;
  }
  return compiled.findings.empty() ? exit_good : exit_found;
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
  command.add_option("--witness", options->witness,
                     "Writes a chat into this folder for each finding that a conversation shows");
  return [options] { return check(*options); };
}

}  // namespace alur::tools
