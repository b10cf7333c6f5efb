#include "parsed.hpp"

#include "dsl/ast/dump.hpp"
#include "dsl/finding/render.hpp"
#include "dsl/parse/parse_app.hpp"
#include "dsl/parse/parse_flow.hpp"
#include "dsl/yaml/read_yaml.hpp"

namespace alur::dsl {
namespace {

constexpr std::string_view head = "flow: t\nstates:\n  start:\n";

}  // namespace

std::string Parsed::told() const {
  return render_text(sources, findings);
}

Parsed parse_flow_text(std::string_view text, std::string_view path) {
  Parsed parsed;
  const FileId id = parsed.sources.add(std::string(path), std::string(text));
  const Document document = read_yaml(parsed.sources.at(id), id, parsed.findings);
  parsed.flow = parse_flow(document, path, parsed.findings);
  parsed.findings.sort_in_file_order();
  return parsed;
}

Parsed parse_app_text(std::string_view text) {
  Parsed parsed;
  const FileId id = parsed.sources.add("app.yaml", std::string(text));
  const Document document = read_yaml(parsed.sources.at(id), id, parsed.findings);
  parsed.app = parse_app(document, parsed.findings);
  parsed.findings.sort_in_file_order();
  return parsed;
}

std::string flow_of_steps(std::string_view steps) {
  return std::string(head) + indent(steps, 4);
}

std::string dump_steps(std::string_view steps) {
  const Parsed parsed = parse_flow_text(flow_of_steps(steps));
  const std::string dump = ast::dump(parsed.flow);
  const std::string before = "flow t\n  state start\n";
  return parsed.told() + (dump.starts_with(before) ? indent(dump.substr(before.size()), -4) : dump);
}

std::string tell_steps(std::string_view steps) {
  return parse_flow_text(flow_of_steps(steps)).told();
}

std::string tell_flow(std::string_view text) {
  return parse_flow_text(text).told();
}

std::string tell_app(std::string_view text) {
  return parse_app_text(text).told();
}

std::string indent(std::string_view text, int columns) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end);
    if (columns > 0 && line != "\n") out.append(static_cast<std::size_t>(columns), ' ');
    if (columns < 0) line.remove_prefix(std::min<std::size_t>(line.size() - 1, -columns));
    out += line;
  }
  return out;
}

}  // namespace alur::dsl
