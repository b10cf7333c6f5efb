// `alur mutate APP`: changes an app a little at a time, and tells which changes its chats do not
// notice.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <thread>

#include "dsl/finding/render.hpp"
#include "tools/alur/command.hpp"
#include "tools/mutate/mutate.hpp"
#include "tools/replay/replay.hpp"

namespace alur::tools {
namespace {

struct Options {
  std::string app;
  std::vector<std::string> operators;
  std::string out;
  std::string json;
  bool list = false;
  double score_min = 0;
  MutateOptions mutate;
};

int unusable(const std::string& error) {
  std::cerr << "alur mutate: " << error << "\n";
  return exit_unusable;
}

int list_operators() {
  for (const Operator op : all_operators()) {
    std::cout << fmt::format("{:<20}{}\n", to_text(op), meaning(op));
  }
  return exit_good;
}

bool choose_operators(Options& options, std::string& error) {
  options.mutate.operators = all_operators();
  if (options.operators.empty()) return true;
  options.mutate.operators.clear();
  for (const std::string& name : options.operators) {
    const auto op = parse_operator(name);
    if (!op) {
      error = fmt::format("there is no operator `{}`; --list names them all", name);
      return false;
    }
    options.mutate.operators.insert(*op);
  }
  return true;
}

// One file of drafts a flow, named by its file.
bool write_drafts(const MutationReport& report, const std::string& folder, std::string& error) {
  std::error_code code;
  std::filesystem::create_directories(folder, code);
  if (code) {
    error = folder + ": " + code.message();
    return false;
  }
  std::map<std::string, std::string> files;
  for (const Mutant& mutant : report.mutants) {
    if (mutant.draft.empty()) continue;
    const std::string stem = std::filesystem::path(mutant.file).filename().string();
    std::string& chats = files["drafted_" + stem.substr(0, stem.find('.')) + ".chat"];
    if (chats.find(mutant.draft) != std::string::npos) continue;
    chats += (chats.empty() ? "" : "\n") + mutant.draft;
  }
  for (const auto& [name, chats] : files) {
    if (!write_file({folder + "/" + name, chats}, error)) return false;
  }
  return true;
}

int run_mutate(Options options) {
  if (options.list) return list_operators();
  std::string error;
  if (!choose_operators(options, error)) return unusable(error);
  const std::vector<dsl::AppFile> files = dsl::read_app_folder(options.app, error);
  if (files.empty()) return unusable(error);
  const std::unique_ptr<ReplaySet> chats = load_replay({options.app}, error);
  if (!chats) return unusable(error);
  dsl::Findings findings;  // of the chats
  for (const ReplayFile& file : chats->files) findings.append(dsl::Findings(file.findings));
  std::cerr << chats->refused << dsl::render_text(chats->sources, findings);
  if (!chats->refused.empty() || findings.error_count() > 0) return exit_found;
  const MutationReport report = mutate(files, *chats, options.mutate);
  if (options.json == "-") {
    std::cout << report_mutants_json(report);
  } else {
    std::cout << report_mutants_text(report);
    const bool written =
        options.json.empty() || write_file({options.json, report_mutants_json(report)}, error);
    if (!written) return unusable(error);
  }
  if (!options.out.empty() && !write_drafts(report, options.out, error)) return unusable(error);
  return 100 * report.score() >= options.score_min ? exit_good : exit_found;
}

}  // namespace

Run declare_mutate(CLI::App& command) {
  auto options = std::make_shared<Options>();
  options->mutate.threads = std::max(1u, std::thread::hardware_concurrency());
  command.add_option("APP", options->app, "The app's folder, with app.yaml and chats/ in it");
  command.add_option("-j,--threads", options->mutate.threads, "How many mutants run at once")
      ->check(CLI::Range(1u, 256u))
      ->capture_default_str();
  command.add_option("--operators", options->operators, "Only these, by name")->delimiter(',');
  command.add_flag("--list", options->list, "Name all operators and what they do");
  command.add_option("--out", options->out, "Write the drafted chats into this folder");
  command.add_option("--json", options->json, "Write a JSON report to this file, or -");
  command.add_flag("!--no-drafts", options->mutate.drafts, "Draft no chats for survivors");
  command
      .add_option("--at-least", options->score_min,
                  "Fail where fewer than so many percent are noticed")
      ->check(CLI::Range(0.0, 100.0));
  return [options] {
    if (!options->list && options->app.empty()) return unusable("APP is missing");
    return run_mutate(*options);
  };
}

}  // namespace alur::tools
