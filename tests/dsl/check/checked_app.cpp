#include "tests/dsl/check/checked_app.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "dsl/check/check.hpp"
#include "dsl/check/messages.hpp"
#include "dsl/check/overlap.hpp"
#include "dsl/check/services.hpp"
#include "dsl/finding/render.hpp"
#include "dsl/parse/parse_app.hpp"
#include "dsl/parse/parse_flow.hpp"
#include "dsl/yaml/read_yaml.hpp"

namespace alur::dsl {
namespace {

void read_sources(const std::vector<SourceText>& files, CheckedApp& checked) {
  for (const SourceText& file : files) {
    const FileId id = checked.sources.add(file.path, file.text);
    const bool is_app = file.path == "app.yaml";
    if (!is_app && !file.path.ends_with(".flow.yaml")) continue;
    const Document document = read_yaml(checked.sources.at(id), id, checked.findings);
    if (is_app) {
      checked.app = parse_app(document, checked.findings);
    } else {
      checked.flows.push_back(parse_flow(document, file.path, checked.findings));
    }
  }
}

}  // namespace

CheckedApp check_sources(const std::vector<SourceText>& files) {
  CheckedApp checked;
  read_sources(files, checked);
  std::vector<const ast::Flow*> flows;
  for (const ast::Flow& flow : checked.flows) flows.push_back(&flow);
  const ReadFile read_file = [&files](std::string_view path) -> std::optional<std::string> {
    const auto found = std::find_if(files.begin(), files.end(),
                                    [path](const SourceText& file) { return file.path == path; });
    if (found == files.end()) return std::nullopt;
    return found->text;
  };
  checked.symbols = collect_symbols(checked.app, flows, read_file, checked.findings);
  check_app(checked.app, checked.symbols, checked.findings);
  check_messages(checked.app, checked.symbols, checked.findings);
  for (ast::Flow& flow : checked.flows) {
    checked.locals.push_back(check_flow(flow, checked.app, checked.symbols, checked.findings));
    check_messages(flow, checked.app, checked.symbols, checked.findings);
  }
  std::vector<HeardTriggers> triggers;
  std::vector<FlowTriggers> apart;
  ServiceUses calls;
  for (const ast::Flow& flow : checked.flows) {
    triggers.push_back(triggers_of(flow, checked.app, checked.symbols));
    ServiceUses own = service_uses(flow);
    calls.broken |= own.broken;
    calls.called.merge(own.called);
    calls.given.merge(own.given);
  }
  for (std::size_t i = 0; i < triggers.size(); ++i) {
    apart.push_back({checked.flows[i].name.text, &triggers[i]});
  }
  check_triggers_apart(apart, checked.app, checked.symbols, checked.findings);
  check_parameters_given(checked.app, calls, checked.findings);
  check_unused(checked.app, flows, checked.symbols, checked.findings);
  checked.findings.sort_in_file_order();
  return checked;
}

std::string findings_of(const std::vector<SourceText>& files) {
  const CheckedApp checked = check_sources(files);
  return render_text(checked.sources, checked.findings);
}

std::vector<SourceText> split_files(std::string_view text) {
  constexpr std::string_view mark = "=== ";
  std::vector<SourceText> files;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.starts_with(mark)) {
      files.push_back({std::string(line.substr(mark.size())), {}});
    } else if (!files.empty()) {
      files.back().text += std::string(line) + '\n';
    }
  }
  return files;
}

std::vector<SourceText> read_files(const std::filesystem::path& folder) {
  std::vector<SourceText> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    files.push_back({std::filesystem::relative(entry.path(), folder).generic_string(),
                     std::string(std::istreambuf_iterator<char>(in), {})});
  }
  std::sort(files.begin(), files.end(),
            [](const SourceText& a, const SourceText& b) { return a.path < b.path; });
  return files;
}

}  // namespace alur::dsl
