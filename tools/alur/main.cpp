// The program `alur`: a table of subcommands and nothing else.
#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>
#include <map>

#include "tools/alur/command.hpp"

int main(int argc, char** argv) {
  using namespace alur::tools;
  CLI::App app{"alur: conversation flows for public services", "alur"};
  app.set_version_flag("--version", ALUR_VERSION);
  app.require_subcommand(1);
  std::map<const CLI::App*, Run> runs;
  for (const Command& command : commands()) {
    CLI::App* subcommand = app.add_subcommand(command.name, command.about);
    runs[subcommand] = command.declare(*subcommand);
  }
  try {
    app.parse(argc, argv);
    return runs.at(app.get_subcommands().front())();
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? exit_good : exit_unusable;
  } catch (const std::exception& error) {
    std::cerr << "alur: " << error.what() << "\n";
    return exit_unusable;
  }
}
