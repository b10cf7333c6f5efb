#include "tools/manual/command_table.hpp"

#include <CLI/CLI.hpp>

namespace alur::tools {
namespace {

// CLI11 tells of a closed choice only in the option's type name: "TEXT:{a,b}" or "{a,b}".
std::vector<std::string> choices_in(const std::string& type) {
  const std::size_t begin = type.find('{');
  const std::size_t end = type.find('}');
  if (begin == std::string::npos || end == std::string::npos) return {};
  return CLI::detail::split(type.substr(begin + 1, end - begin - 1), ',');
}

std::string value_of(const CLI::Option& option, const std::vector<std::string>& choices) {
  if (option.get_items_expected_max() == 0) return {};
  if (choices.empty()) {
    const std::string type = option.get_type_name();
    return type.starts_with("UINT") || type.starts_with("INT") ? "N" : type;
  }
  return CLI::detail::join(choices, "|");
}

OptionRow row_of(const CLI::Option& option) {
  OptionRow row;
  if (!option.get_snames().empty()) row.short_name = "-" + option.get_snames().front();
  if (!option.get_lnames().empty()) row.long_name = "--" + option.get_lnames().front();
  row.choices = choices_in(option.get_type_name());
  row.value = value_of(option, row.choices);
  row.about = option.get_description();
  row.usual = option.get_default_str();
  return row;
}

void add(const CLI::App& app, const std::string& path, std::vector<CommandRow>& table) {
  CommandRow row;
  row.path = path;
  row.about = app.get_description();
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_positional()) {
      row.options.push_back(row_of(*option));
    } else {
      row.operands.push_back({option->get_name(true), option->get_description(),
                              option->get_required(), option->get_items_expected_max() > 1,
                              choices_in(option->get_type_name())});
    }
  }
  const auto subcommands = app.get_subcommands({});
  for (const CLI::App* each : subcommands) row.commands.push_back(each->get_name());
  table.push_back(std::move(row));
  for (const CLI::App* each : subcommands) {
    add(*each, path.empty() ? each->get_name() : path + " " + each->get_name(), table);
  }
}

}  // namespace

std::vector<CommandRow> command_table(const CLI::App& program) {
  std::vector<CommandRow> table;
  add(program, "", table);
  return table;
}

}  // namespace alur::tools
