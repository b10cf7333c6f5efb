#include "tools/manual/man_page.hpp"

#include <algorithm>

namespace alur::tools {
namespace {

// Text as roff takes it literally: hyphens that can be copied, no accidental requests.
std::string plain(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else if ((c == '.' || c == '\'') && (out.empty() || out.back() == '\n')) {
      out += std::string("\\&") + c;
    } else {
      out += c;
    }
  }
  return out;
}

std::string spoken(const CommandRow& command) {
  return command.path.empty() ? "alur" : "alur " + command.path;
}

std::string operand(const OperandRow& row) {
  const std::string name = "\\fI" + plain(row.name) + "\\fR" + (row.many ? " ..." : "");
  return row.required ? name : "[" + name + "]";
}

std::string synopsis(const CommandRow& command) {
  std::string out = ".SH SYNOPSIS\n.B " + plain(spoken(command)) + "\n";
  if (!command.commands.empty()) return out + "\\fICOMMAND\\fR [\\fIOPTIONS\\fR]\n";
  for (const OperandRow& row : command.operands) out += operand(row) + "\n";
  return out + "[\\fIOPTIONS\\fR]\n";
}

std::string option(const OptionRow& row) {
  std::string out = ".TP\n";
  if (!row.short_name.empty()) out += "\\fB" + plain(row.short_name) + "\\fR";
  if (!row.short_name.empty() && !row.long_name.empty()) out += ", ";
  if (!row.long_name.empty()) out += "\\fB" + plain(row.long_name) + "\\fR";
  if (!row.value.empty()) out += " \\fI" + plain(row.value) + "\\fR";
  out += "\n" + plain(row.about) + "\n";
  if (!row.usual.empty()) out += "(without it: " + plain(row.usual) + ")\n";
  return out;
}

std::string commands(const std::vector<CommandRow>& table, const CommandRow& command) {
  std::string out = ".SH COMMANDS\n";
  for (const std::string& name : command.commands) {
    const std::string path = command.path.empty() ? name : command.path + " " + name;
    const auto row = std::find_if(table.begin(), table.end(),
                                  [&](const CommandRow& each) { return each.path == path; });
    out += ".TP\n.BR " + man_page_name(*row) + " (1)\n" + plain(row->about) + "\n";
  }
  return out;
}

constexpr const char* endings =
    ".SH EXIT STATUS\n.TP\n0\nAll is well.\n.TP\n1\nThere are findings, or chats failed.\n"
    ".TP\n2\nThe command line is wrong, or something cannot be read.\n";

}  // namespace

std::string man_page_name(const CommandRow& command) {
  std::string name = spoken(command);
  std::replace(name.begin(), name.end(), ' ', '-');
  return name;
}

std::string man_page(const std::vector<CommandRow>& table, const CommandRow& command,
                     const std::string& version) {
  const std::string name = man_page_name(command);
  std::string out = ".TH " + plain(name) + " 1 \"\" \"alur " + version + "\" \"alur\"\n";
  out += ".SH NAME\n" + plain(name) + " \\- " + plain(command.about) + "\n" + synopsis(command);
  if (!command.operands.empty()) out += ".SH OPERANDS\n";
  for (const OperandRow& row : command.operands) {
    out += ".TP\n\\fI" + plain(row.name) + "\\fR\n" + plain(row.about) + "\n";
  }
  if (!command.options.empty()) out += ".SH OPTIONS\n";
  for (const OptionRow& row : command.options) out += option(row);
  if (!command.commands.empty()) out += commands(table, command);
  return out + endings;
}

}  // namespace alur::tools
