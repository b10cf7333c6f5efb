#include "tools/manual/completion.hpp"

#include <algorithm>

namespace alur::tools {
namespace {

// In single quotes, for any of the shells.
std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

// What may come next, apart from files.
std::string words_of(const CommandRow& row) {
  std::vector<std::string> words = row.commands;
  for (const OperandRow& operand : row.operands) {
    words.insert(words.end(), operand.choices.begin(), operand.choices.end());
  }
  for (const OptionRow& option : row.options) {
    if (!option.short_name.empty()) words.push_back(option.short_name);
    if (!option.long_name.empty()) words.push_back(option.long_name);
  }
  return joined(words);
}

// A pattern of `case`: where one is, and the word there.
std::string at(const std::string& path, const std::string& word) {
  return quoted(path + "/" + word);
}

// Walks the words already there along the commands' names, which gives the path.
std::string path_cases(const std::vector<CommandRow>& table) {
  std::string out;
  for (const CommandRow& row : table) {
    for (const std::string& name : row.commands) {
      const std::string path = row.path.empty() ? name : row.path + " " + name;
      out += "      " + at(row.path, name) + ") path=" + quoted(path) + " ;;\n";
    }
  }
  return out;
}

std::string choice_cases(const std::vector<CommandRow>& table) {
  std::string out;
  for (const CommandRow& row : table) {
    for (const OptionRow& option : row.options) {
      if (option.value.empty()) continue;
      for (const std::string& name : {option.short_name, option.long_name}) {
        if (name.empty()) continue;
        out += "    " + at(row.path, name) + ") words=" + quoted(joined(option.choices)) + " ;;\n";
      }
    }
  }
  return out;
}

std::string word_cases(const std::vector<CommandRow>& table) {
  std::string out;
  for (const CommandRow& row : table) {
    out += "    " + quoted(row.path) + ") words=" + quoted(words_of(row)) + " ;;\n";
  }
  return out;
}

}  // namespace

std::string bash_completion(const std::vector<CommandRow>& table) {
  return "# bash completion for alur\n"
         "_alur() {\n"
         "  local path='' word words\n"
         "  for word in \"${COMP_WORDS[@]:1:$((COMP_CWORD-1))}\"; do\n"
         "    case \"$path/$word\" in\n" +
         path_cases(table) +
         "    esac\n"
         "  done\n"
         "  case \"$path\" in\n" +
         word_cases(table) +
         "  esac\n"
         "  case \"$path/${COMP_WORDS[$((COMP_CWORD-1))]}\" in\n" +
         choice_cases(table) +
         "  esac\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\"))\n"
         "}\n"
         "complete -o bashdefault -o default -F _alur alur\n";
}

std::string zsh_completion(const std::vector<CommandRow>& table) {
  return "#compdef alur\nautoload -Uz bashcompinit && bashcompinit\n" + bash_completion(table);
}

std::string fish_completion(const std::vector<CommandRow>& table) {
  std::string out =
      "# fish completion for alur\n"
      "function __alur_at\n"
      "  set -l words (commandline -opc | string match -v -- '-*')\n"
      "  string match -q -- \"alur $argv *\" \"$words \"\n"
      "end\n";
  for (const CommandRow& row : table) {
    const std::string begin =
        "complete -c alur -n " +
        quoted(row.path.empty() ? "__fish_use_subcommand" : "__alur_at " + row.path);
    for (const std::string& name : row.commands) {
      const std::string path = row.path.empty() ? name : row.path + " " + name;
      const auto child = std::find_if(table.begin(), table.end(),
                                      [&](const CommandRow& each) { return each.path == path; });
      out += begin + " -a " + quoted(name) + " -d " + quoted(child->about) + "\n";
    }
    for (const OptionRow& option : row.options) {
      out += begin;
      if (!option.short_name.empty()) out += " -s " + option.short_name.substr(1);
      if (!option.long_name.empty()) out += " -l " + option.long_name.substr(2);
      if (!option.value.empty()) out += " -r";
      if (!option.choices.empty()) out += " -a " + quoted(joined(option.choices));
      out += " -d " + quoted(option.about) + "\n";
    }
  }
  return out;
}

}  // namespace alur::tools
