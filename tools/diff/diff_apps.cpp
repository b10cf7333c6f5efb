#include "tools/diff/diff_apps.hpp"

#include <map>
#include <set>

#include "tools/diff/listing.hpp"

namespace alur::tools {
namespace {

std::string name_of(const Listed& one) {
  return one.whole ? one.what + " " + one.where : one.where + ": " + one.what;
}

// On one line.
std::string shown(const std::string& words) {
  std::string line;
  for (const char c : words) {
    if (c == '\n') {
      line += "\\n";
    } else {
      line += c;
    }
  }
  return line;
}

// "greeting.start" lies in "greeting".
bool within(const std::set<std::string>& wholes, const Listed& one) {
  const std::string flow = one.where.substr(0, one.where.find('.'));
  if (one.whole && one.where == flow) return false;
  return wholes.contains(flow) || (!one.whole && wholes.contains(one.where));
}

// What one side has and the other has not; of what is whole only that.
void tell_missing(const std::vector<Listed>& here, const std::map<std::string, std::string>& there,
                  const char* what, const char* sign, std::vector<std::string>& lines) {
  std::set<std::string> wholes;
  for (const Listed& one : here) {
    if (there.contains(name_of(one))) continue;
    if (within(wholes, one)) continue;
    if (one.whole) wholes.insert(one.where);
    lines.push_back(name_of(one) + " is " + what);
    if (!one.words.empty()) lines.push_back("  " + std::string(sign) + " " + shown(one.words));
  }
}

std::map<std::string, std::string> by_name(const std::vector<Listed>& list) {
  std::map<std::string, std::string> names;
  for (const Listed& one : list) names.emplace(name_of(one), one.words);
  return names;
}

}  // namespace

std::vector<std::string> diff_apps(const program::Program& before, const program::Program& after) {
  const std::vector<Listed> old_list = list_app(before);
  const std::vector<Listed> new_list = list_app(after);
  const auto old_words = by_name(old_list);
  const auto new_words = by_name(new_list);
  std::vector<std::string> lines;
  for (const Listed& one : new_list) {
    const auto was = old_words.find(name_of(one));
    if (was == old_words.end() || was->second == one.words) continue;
    lines.push_back(name_of(one) + " changed");
    lines.push_back("  - " + shown(was->second));
    lines.push_back("  + " + shown(one.words));
  }
  tell_missing(new_list, old_words, "new", "+", lines);
  tell_missing(old_list, new_words, "gone", "-", lines);
  return lines;
}

}  // namespace alur::tools
