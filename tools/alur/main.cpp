// The program `alur`: a table of subcommands, and one line for a command line that is wrong.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <iostream>
#include <map>
#include <optional>

#include "dsl/finding/near_miss.hpp"
#include "tools/alur/command.hpp"

namespace alur::tools {
namespace {

// What is wrong with the first word; nothing where it is a command, or an option.
std::optional<std::string> wrong_command(int argc, char** argv) {
  if (argc < 2) return "no command; `alur --help` lists them";
  const std::string_view word = argv[1];
  if (word == "-h" || word == "--help" || word == "--version") return std::nullopt;
  if (word.starts_with('-')) return fmt::format("a command comes before `{}`", word);
  std::vector<std::string_view> known;
  for (const Command& command : commands()) known.push_back(command.name);
  if (std::find(known.begin(), known.end(), word) != known.end()) return std::nullopt;
  const auto near = dsl::near_miss(word, known);
  return fmt::format("there is no command `{}`; {}", word,
                     near ? fmt::format("did you mean `{}`?", *near) : "`alur --help` lists them");
}

std::string usage_line(const CLI::App* app, const CLI::Error& error) {
  const auto chosen = app->get_subcommands();
  const std::string command = chosen.empty() ? "alur" : "alur " + chosen.front()->get_name();
  return fmt::format("{}: {}; `{} --help` says more\n", command, error.what(), command);
}

}  // namespace
}  // namespace alur::tools

int main(int argc, char** argv) {
  using namespace alur::tools;
  CLI::App app{"alur: conversation flows for public services", "alur"};
  app.set_version_flag("--version", ALUR_VERSION);
  app.require_subcommand(1);
  app.failure_message(usage_line);
  std::map<const CLI::App*, Run> runs;
  for (const Command& command : commands()) {
    CLI::App* subcommand = app.add_subcommand(command.name, command.about);
    runs[subcommand] = command.declare(*subcommand);
  }
  if (const auto wrong = wrong_command(argc, argv)) {
    std::cerr << "alur: " << *wrong << "\n";
    return exit_unusable;
  }
  try {
    app.parse(argc, argv);
    const int status = runs.at(app.get_subcommands().front())();
    if (std::cout.flush()) return status;
    std::cerr << "alur: the output could not be written\n";
    return exit_unusable;
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? exit_good : exit_unusable;
  } catch (const std::exception& error) {
    std::cerr << "alur: " << error.what() << "\n";
    return exit_unusable;
  }
}
