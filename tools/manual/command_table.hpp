// What the command line takes, as a table: read off CLI11's declarations, so that help, man pages
// and shell completion cannot differ.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace alur::tools {

struct OptionRow {
  std::string short_name;  // "-j", or empty
  std::string long_name;   // "--format", or empty
  std::string value;       // what it takes, "N" or "text|json|sarif"; empty: nothing
  std::vector<std::string> choices;
  std::string about;
  std::string usual;  // what holds without it; empty: nothing to say
};

struct OperandRow {
  std::string name;  // "APP"
  std::string about;
  bool required = false;
  bool many = false;
  std::vector<std::string> choices;
};

struct CommandRow {
  std::string path;  // "check"; "registry import"; empty: the program itself
  std::string about;
  std::vector<OperandRow> operands;
  std::vector<OptionRow> options;
  std::vector<std::string> commands;  // names of its own subcommands
};

// The program first, then its commands as --help lists them, each before its own subcommands.
std::vector<CommandRow> command_table(const CLI::App& program);

}  // namespace alur::tools
