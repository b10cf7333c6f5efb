// `alur completion SHELL`: a script that completes alur's command line.
#include "tools/manual/completion.hpp"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "tools/alur/command.hpp"

namespace alur::tools {
namespace {

std::string completion(const std::string& shell, const std::vector<CommandRow>& table) {
  if (shell == "bash") return bash_completion(table);
  if (shell == "zsh") return zsh_completion(table);
  return fish_completion(table);
}

}  // namespace

Run declare_completion(CLI::App& command) {
  auto shell = std::make_shared<std::string>();
  command.add_option("SHELL", *shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  return [shell, &command] {
    std::cout << completion(*shell, command_table(*command.get_parent()));
    return exit_good;
  };
}

}  // namespace alur::tools
