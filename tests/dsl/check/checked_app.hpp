// An app in memory, read, parsed and checked: what the tests of checks share.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/ast/ast.hpp"
#include "dsl/check/symbols.hpp"
#include "dsl/finding/finding.hpp"
#include "dsl/finding/source.hpp"

namespace alur::dsl {

struct SourceText {
  std::string path;  // in the app's folder
  std::string text;
};

struct CheckedApp {
  Sources sources;
  Findings findings;  // in file order
  ast::App app;
  std::vector<ast::Flow> flows;
  std::vector<Locals> locals;  // of the flows
  Symbols symbols;
};

CheckedApp check_sources(const std::vector<SourceText>& files);
// The findings as people see them.
std::string findings_of(const std::vector<SourceText>& files);

// "=== app.yaml\n...=== main.flow.yaml\n..." -> the files.
std::vector<SourceText> split_files(std::string_view text);
// Every file under a folder, by its path in it.
std::vector<SourceText> read_files(const std::filesystem::path& folder);

}  // namespace alur::dsl
