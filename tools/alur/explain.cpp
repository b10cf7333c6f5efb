// `alur explain CODE`: the page of a finding, as it stands in docs/checks.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <memory>

#include "dsl/finding/finding.hpp"
#include "dsl/finding/near_miss.hpp"
#include "tools/alur/check_pages.hpp"
#include "tools/alur/command.hpp"

namespace alur::tools {
namespace {

int unknown(const std::string& wanted) {
  std::cerr << "alur explain: there is no finding `" << wanted << "`";
  std::vector<std::string_view> known;
  for (const dsl::CodeRow& row : dsl::all_codes()) {
    known.push_back(row.text);
    known.push_back(row.name);
  }
  if (const auto near = dsl::near_miss(wanted, known))
    std::cerr << "; did you mean `" << *near << "`?";
  std::cerr << "\n";
  return exit_unusable;
}

int list_all() {
  for (const dsl::CodeRow& row : dsl::all_codes()) {
    std::cout << row.text << "  " << row.name << "  " << row.title << "\n";
  }
  return exit_good;
}

bool is_same(std::string_view wanted, std::string_view known) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(wanted.begin(), wanted.end(), known.begin(), known.end(),
                    [&](char a, char b) { return lower(a) == lower(b); });
}

int explain(const std::string& wanted) {
  if (wanted.empty()) return list_all();
  for (const dsl::CodeRow& row : dsl::all_codes()) {
    if (!is_same(wanted, row.text) && !is_same(wanted, row.name)) continue;
    const std::string_view page = check_page(row.text);
    if (page.empty()) {
      std::cout << row.text << " (" << row.name << "): " << row.title << "\n";
    } else {
      std::cout << page;
    }
    return exit_good;
  }
  return unknown(wanted);
}

}  // namespace

Run declare_explain(CLI::App& command) {
  auto code = std::make_shared<std::string>();
  command.add_option("CODE", *code, "A code such as N001, or its name; without it, all are listed");
  return [code] { return explain(*code); };
}

}  // namespace alur::tools
