// `alur man`: the manual as man pages, one a command.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>

#include "tools/alur/command.hpp"
#include "tools/manual/man_page.hpp"

namespace alur::tools {
namespace {

int unusable(const std::string& error) {
  std::cerr << "alur man: " << error << "\n";
  return exit_unusable;
}

int write_all(const std::vector<CommandRow>& table, const std::filesystem::path& folder) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  for (const CommandRow& command : table) {
    const std::filesystem::path path = folder / (man_page_name(command) + ".1");
    std::ofstream file(path, std::ios::binary);
    file << man_page(table, command, ALUR_VERSION);
    if (!file.flush()) return unusable("cannot write " + path.string());
  }
  return exit_good;
}

int print(const std::vector<CommandRow>& table, const std::string& wanted) {
  for (const CommandRow& command : table) {
    if (command.path != wanted) continue;
    std::cout << man_page(table, command, ALUR_VERSION);
    return exit_good;
  }
  return unusable("there is no command `" + wanted + "`");
}

}  // namespace

Run declare_man(CLI::App& command) {
  auto wanted = std::make_shared<std::vector<std::string>>();
  auto folder = std::make_shared<std::string>();
  command.add_option("COMMAND", *wanted, "The command whose page is printed; else alur's own");
  command.add_option("--dir", *folder, "Write every page into this folder instead");
  return [wanted, folder, &command] {
    const std::vector<CommandRow> table = command_table(*command.get_parent());
    if (!folder->empty()) return write_all(table, *folder);
    return print(table, CLI::detail::join(*wanted, " "));
  };
}

}  // namespace alur::tools
