// `alur explore APP`: walks through every conversation that an app can have, and writes down those
// that go wrong.
#include <fmt/format.h>
#include <sys/resource.h>
#include <CLI/CLI.hpp>

#include <chrono>
#include <filesystem>
#include <iostream>
#include <memory>

#include "dsl/compile/compile.hpp"
#include "dsl/finding/render.hpp"
#include "tools/alur/command.hpp"
#include "tools/explore/covering.hpp"
#include "tools/explore/play.hpp"
#include "tools/replay/replay.hpp"

namespace alur::tools {
namespace {

struct ExploreOptions {
  std::string app;
  ExploreBounds bounds;
  std::size_t messages_max = 0;  // 0: what the app says
  std::string out;
  std::string covering;
};

int unusable(const std::string& error) {
  std::cerr << "alur explore: " << error << "\n";
  return exit_unusable;
}

bool write_chats(const std::string& folder, const std::string& name, const std::string& chats,
                 std::string& error) {
  std::error_code code;
  std::filesystem::create_directories(folder, code);
  if (code) {
    error = folder + ": " + code.message();
    return false;
  }
  return write_file({folder + "/" + name, chats}, error);
}

// What was found, each with the shortest conversation that shows it.
bool tell_faults(const std::shared_ptr<const program::Program>& program, const Explorer& explorer,
                 const ExploreOptions& options, std::string& error) {
  std::size_t number = 0;
  for (const FoundFault& found : explorer.faults()) {
    const Fault& fault = found.fault;
    std::string what = fmt::format("{}:{}: {}", program->unit(fault.unit).path, fault.place.line,
                                   meaning(fault.kind));
    if (!fault.detail.empty()) what += fmt::format(" ({})", fault.detail);
    const ShownFault shown = show(program, explorer, found, what, options.bounds.faults);
    std::cout << what << "\n";
    if (!shown.doubt.empty()) std::cout << "  " << shown.doubt << "\n";
    std::cout << "\n" << shown.chat << "\n";
    if (options.out.empty()) continue;
    const std::string name = fmt::format("{:02}_{}.chat", ++number, to_text(fault.kind));
    if (!write_chats(options.out, name, shown.chat, error)) return false;
  }
  return true;
}

bool write_covering(const std::shared_ptr<const program::Program>& program,
                    const Explorer& explorer, const std::string& folder, std::string& error) {
  const CoveringSet set = cover_all(program, explorer);
  const std::vector<std::string>& languages = program->app().languages;
  for (std::size_t i = 0; i < languages.size(); ++i) {
    std::string chats;
    for (const std::string& chat : set.chats[i]) chats += (chats.empty() ? "" : "\n") + chat;
    if (chats.empty()) continue;
    if (!write_chats(folder, "covering_" + languages[i] + ".chat", chats, error)) return false;
    std::cout << fmt::format("{} chats in {} cover what was explored\n", set.chats[i].size(),
                             languages[i]);
  }
  for (const auto& [thing, language] : set.missed) {
    std::cout << fmt::format("nothing comes through {} in {}\n", describe(*program, thing),
                             languages[language]);
  }
  for (const std::string& why : set.dropped) std::cout << "no chat for " << why << "\n";
  return true;
}

void tell_counts(const Explorer& explorer, double seconds) {
  const ExploreCounts& counts = explorer.counts();
  std::cout << fmt::format("{} states, {} moves, {} beginnings of flows: {}\n", counts.states,
                           counts.transitions, counts.entries,
                           counts.fix_point ? "a fix point, there is nothing more to explore"
                                            : "stopped by the bound of " + counts.bound +
                                                  ", more remains to be explored");
  std::cout << fmt::format("{} messages in one go at most\n", counts.burst);
  std::cout << fmt::format("{} found\n", explorer.faults().size());
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::cerr << fmt::format("{:.1f} s, {} MiB\n", seconds, usage.ru_maxrss / 1024);
}

int explore(ExploreOptions options) {
  std::string error;
  const std::vector<dsl::AppFile> files = dsl::read_app_folder(options.app, error);
  if (files.empty()) return unusable(error);
  const dsl::Compilation compiled = dsl::compile(files);
  if (!compiled.program) {
    std::cout << dsl::render_text(*compiled.sources, compiled.findings)
              << "\nan app with errors is not explored\n";
    return exit_found;
  }
  if (options.messages_max == 0) {
    options.messages_max = static_cast<std::size_t>(compiled.program->app().bounds.messages);
  }
  options.bounds.faults.messages_max = options.messages_max;
  const auto began = std::chrono::steady_clock::now();
  Explorer explorer(*compiled.program, options.bounds);
  explorer.run();
  if (!tell_faults(compiled.program, explorer, options, error)) return unusable(error);
  const bool written = options.covering.empty() ||
                       write_covering(compiled.program, explorer, options.covering, error);
  if (!written) return unusable(error);
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - began;
  tell_counts(explorer, passed.count());
  return explorer.faults().empty() ? exit_good : exit_found;
}

}  // namespace

Run declare_explore(CLI::App& command) {
  auto options = std::make_shared<ExploreOptions>();
  command.add_option("APP", options->app, "The app's folder, with app.yaml in it")->required();
  command.add_option("--states", options->bounds.states_max, "Stop after so many states")
      ->check(CLI::Range(std::size_t{1}, std::size_t{100'000'000}))
      ->capture_default_str();
  command.add_option("--seconds", options->bounds.seconds_max, "Stop after so many seconds")
      ->check(CLI::Range(0.1, 86'400.0))
      ->capture_default_str();
  command
      .add_option("--messages", options->messages_max,
                  "How many messages may come in one go; else as the app says")
      ->check(CLI::Range(std::size_t{1}, machine::messages_max));
  command.add_option("--out", options->out, "Write a chat for each thing found into this folder");
  command.add_option("--covering", options->covering,
                     "Write chats that come through everything into this folder");
  return [options] { return explore(*options); };
}

}  // namespace alur::tools
