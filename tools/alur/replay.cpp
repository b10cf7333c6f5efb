// `alur replay PATH...`: runs scripted conversations and tells what is not as they expect.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <thread>

#include "tools/alur/command.hpp"
#include "tools/replay/replay.hpp"
#include "tools/replay/report.hpp"

namespace alur::tools {
namespace {

struct ReplayOptions {
  std::vector<std::string> paths;
  unsigned threads = std::max(1u, std::thread::hardware_concurrency());
  std::string app;
  std::string lists;
  std::string junit;
  std::string json;
  bool tap = false;
  RunOptions run;
};

int unusable(const std::string& error) {
  std::cerr << "alur replay: " << error << "\n";
  return exit_unusable;
}

bool wants_colour() {
  return isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;
}

// `-` is the standard output.
bool write_report(const std::string& path, const std::string& report, std::string& error) {
  if (path == "-") {
    std::cout << report;
    return true;
  }
  return write_file({path, report}, error);
}

bool write_reports(const ReplayOptions& options, const std::vector<ChatResult>& results,
                   std::string& error) {
  if (options.tap) std::cout << report_tap(results);
  if (!options.junit.empty() && !write_report(options.junit, report_junit(results), error)) {
    return false;
  }
  return options.json.empty() || write_report(options.json, report_json(results), error);
}

// Failures that --update has mended are none any more.
bool update(const ReplaySet& set, std::vector<ChatResult>& results, std::string& error) {
  for (const UpdatedFile& file : updated_files(set, results)) {
    if (!write_file(file, error)) return false;
    std::cerr << "updated " << file.path << "\n";
  }
  for (ChatResult& result : results) {
    if (result.mendable) result.failures.clear();
  }
  return true;
}

int replay(const ReplayOptions& options) {
  std::string error;
  const std::unique_ptr<ReplaySet> set =
      load_replay(options.paths, error, options.lists, options.app);
  if (!set) return unusable(error);
  const bool quiet = options.tap || options.junit == "-" || options.json == "-";
  (quiet ? std::cerr : std::cout) << set->refused;
  std::vector<ChatResult> results = run_replay(*set, options.threads, options.run);
  if (options.run.update && !update(*set, results, error)) return unusable(error);
  if (!write_reports(options, results, error)) return unusable(error);
  if (!quiet) std::cout << report_text(results, {wants_colour()});
  const bool passed = std::all_of(results.begin(), results.end(),
                                  [](const ChatResult& result) { return result.passed(); });
  return passed ? exit_good : exit_found;
}

}  // namespace

Run declare_replay(CLI::App& command) {
  auto options = std::make_shared<ReplayOptions>();
  command
      .add_option("PATH", options->paths,
                  "Apps, .chat files or folders of them; an app's chats are in its chats/")
      ->required();
  command.add_option("-j,--threads", options->threads, "How many chats run at once")
      ->check(CLI::Range(1u, 256u))
      ->capture_default_str();
  command.add_option("--app", options->app,
                     "The app that all of them belong to, instead of the one that they lie in");
  command.add_option("--lists", options->lists,
                     "A folder of lists of institutions, instead of those in an app's data/");
  command.add_flag("--update", options->run.update,
                   "Rewrite the lines that failed, and nothing else, to what was really said");
  command.add_flag("--trace", options->run.trace,
                   "Say why the bot did what it did in the answer that failed");
  command.add_flag("--through-bytes", options->run.through_bytes,
                   "Write each session to its bytes and read it back after every turn");
  command.add_option("--junit", options->junit, "Write a JUnit XML report to this file, or -");
  command.add_flag("--tap", options->tap, "Report in TAP version 13");
  command.add_option("--json", options->json, "Write a JSON report to this file, or -");
  return [options] { return replay(*options); };
}

}  // namespace alur::tools
