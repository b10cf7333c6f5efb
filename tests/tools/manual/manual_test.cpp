// Man pages and completion of a small program, and that real shells complete with them.
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "tools/manual/completion.hpp"
#include "tools/manual/man_page.hpp"

namespace alur::tools {
namespace {

class Manual : public testing::Test {
 protected:
  Manual() : program_("alur: flows", "alur") {
    CLI::App* check = program_.add_subcommand("check", "Find every mistake");
    check->add_option("APP", app_, "The app's folder")->required();
    check->add_option("-f,--format", format_, "How it's shown")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    CLI::App* lists = program_.add_subcommand("lists", "Keep lists");
    CLI::App* import = lists->add_subcommand("import", "Read a list");
    import->add_flag("--dry-run", dry_, "Change nothing");
    import->add_option("FILE", files_, "The files");
  }

  std::vector<CommandRow> table() const { return command_table(program_); }

  std::string app_;
  std::string format_ = "text";
  bool dry_ = false;
  std::vector<std::string> files_;
  CLI::App program_;
};

TEST_F(Manual, TheTableHasEveryCommandBeforeItsOwn) {
  std::string paths;
  for (const CommandRow& row : table()) paths += "[" + row.path + "]";
  EXPECT_EQ(paths, "[][check][lists][lists import]");
}

TEST_F(Manual, APageOfACommand) {
  const auto rows = table();
  EXPECT_EQ(man_page(rows, rows[1], "1.2"),
            ".TH alur\\-check 1 \"\" \"alur 1.2\" \"alur\"\n"
            ".SH NAME\n"
            "alur\\-check \\- Find every mistake\n"
            ".SH SYNOPSIS\n"
            ".B alur check\n"
            "\\fIAPP\\fR\n"
            "[\\fIOPTIONS\\fR]\n"
            ".SH OPERANDS\n"
            ".TP\n"
            "\\fIAPP\\fR\n"
            "The app's folder\n"
            ".SH OPTIONS\n"
            ".TP\n"
            "\\fB\\-h\\fR, \\fB\\-\\-help\\fR\n"
            "Print this help message and exit\n"
            ".TP\n"
            "\\fB\\-f\\fR, \\fB\\-\\-format\\fR \\fItext|json\\fR\n"
            "How it's shown\n"
            "(without it: text)\n"
            ".SH EXIT STATUS\n"
            ".TP\n0\nAll is well.\n"
            ".TP\n1\nThere are findings, or chats failed.\n"
            ".TP\n2\nThe command line is wrong, or something cannot be read.\n");
}

TEST_F(Manual, APageOfACommandWithCommands) {
  const auto rows = table();
  EXPECT_EQ(man_page_name(rows[3]), "alur-lists-import");
  const std::string page = man_page(rows, rows[2], "1.2");
  EXPECT_NE(page.find(".SH COMMANDS\n.TP\n.BR alur-lists-import (1)\nRead a list\n"),
            std::string::npos)
      << page;
}

// What a shell prints when it runs this script, one word a line.
std::string printed(const std::string& shell, const std::string& script) {
  const auto path =
      std::filesystem::temp_directory_path() / ("complete_" + shell + std::to_string(::getpid()));
  std::ofstream(path) << script;
  std::string flags = shell == "zsh" ? " -f " : " ";
  FILE* pipe = popen((shell + flags + path.string() + " 2>&1").c_str(), "r");
  std::string out;
  char buffer[256];
  while (pipe != nullptr && std::fgets(buffer, sizeof buffer, pipe) != nullptr) out += buffer;
  pclose(pipe);
  std::filesystem::remove(path);
  return out;
}

// Bash and zsh are asked through the function that they would call.
std::string asked(const std::string& words) {
  return "\nCOMP_WORDS=(" + words +
         ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_alur\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n";
}

TEST_F(Manual, BashCompletes) {
  const std::string script = bash_completion(table());
  EXPECT_EQ(printed("bash", script + asked("alur ch")), "check\n");
  EXPECT_EQ(printed("bash", script + asked("alur check --f")), "--format\n");
  EXPECT_EQ(printed("bash", script + asked("alur check --format ''")), "text\njson\n");
  EXPECT_EQ(printed("bash", script + asked("alur check -f j")), "json\n");
  EXPECT_EQ(printed("bash", script + asked("alur lists i")), "import\n");
  EXPECT_EQ(printed("bash", script + asked("alur lists import --d")), "--dry-run\n");
  EXPECT_EQ(printed("bash", script + asked("alur check flows/kont")), "\n") << "files are bash's";
}

// Which of the words begin as typed is left to zsh itself.
TEST_F(Manual, ZshCompletes) {
  const std::string begin =
      "autoload -Uz compinit && compinit -D\n" + zsh_completion(table()) + "\nsetopt ksharrays\n";
  EXPECT_EQ(printed("zsh", begin + asked("alur ''")), "check\nlists\n-h\n--help\n");
  EXPECT_EQ(printed("zsh", begin + asked("alur check --format ''")), "text\njson\n");
  EXPECT_EQ(printed("zsh", begin + asked("alur lists import ''")), "-h\n--help\n--dry-run\n");
}

TEST_F(Manual, FishCompletes) {
  const std::string begin = fish_completion(table()) + "\ncomplete -C ";
  EXPECT_EQ(printed("fish", begin + "'alur ch'"), "check\tFind every mistake\n");
  EXPECT_EQ(printed("fish", begin + "'alur check --for'"), "--format\tHow it's shown\n");
  EXPECT_EQ(printed("fish", begin + "'alur check --format j'"), "json\tHow it's shown\n");
  EXPECT_EQ(printed("fish", begin + "'alur lists i'"), "import\tRead a list\n");
  EXPECT_EQ(printed("fish", begin + "'alur lists import --d'"), "--dry-run\tChange nothing\n");
}

}  // namespace
}  // namespace alur::tools
