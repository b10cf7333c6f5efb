#include "dsl/parse/parse_flow.hpp"

#include <fmt/format.h>

#include <utility>

#include "dsl/grammar/reading.hpp"
#include "dsl/parse/declaration.hpp"
#include "dsl/parse/map_reader.hpp"
#include "dsl/parse/name.hpp"
#include "dsl/parse/parse_steps.hpp"
#include "dsl/parse/scalars.hpp"

namespace alur::dsl {
namespace {

// Compared with the file's name before it is looked at.
ast::Name flow_name_at(Pass& pass, const Place& place) {
  if (!want_text(pass, place)) return {};
  return {std::string(place.node.text()), place.node.text_span()};
}

std::string text_of(Pass& pass, const Place& place) {
  return want_text(pass, place) ? std::string(place.node.text()) : std::string();
}

constexpr Key<ast::Trigger> trigger_keys[] = {
    {"hear", Need::required, into<&ast::Trigger::phrases, phrases_at>},
};

bool triggers_at(Pass& pass, const Place& place, std::vector<ast::Trigger>& triggers) {
  return each_map(pass, place, "hear", [&](const Place& item) {
    ast::Trigger trigger;
    const Map map = map_of("a trigger", item.node.entries());
    trigger.span = map.span;
    read_map(pass, map, part(trigger_keys, trigger));
    triggers.push_back(std::move(trigger));
  });
}

bool states_at(Pass& pass, const Place& place, std::vector<ast::State>& states) {
  bool complete = place.node.is_map();
  for (const Entry& entry : entries_of(pass, place)) {
    ast::State state;
    state.name = name_of(pass, entry.key, NameUse::declared);
    state.span = entry.key.span();
    state.broken = !steps_at(pass, Place::of(entry), state.steps);
    complete &= !state.name.empty();
    if (!state.name.empty()) states.push_back(std::move(state));
  }
  return complete;
}

constexpr Key<ast::Flow> flow_keys[] = {
    {"flow", Need::required, into<&ast::Flow::name, flow_name_at>},
    {"about", Need::optional, into<&ast::Flow::about, text_of>},
    {"outcomes", Need::optional, fill<&ast::Flow::outcomes, outcome_decls_at>},
    {"triggers", Need::optional, fill<&ast::Flow::triggers, triggers_at>},
    {"params", Need::optional, fill<&ast::Flow::params, variables_at>},
    {"vars", Need::optional, fill<&ast::Flow::vars, variables_at>},
    {"states", Need::required, fill<&ast::Flow::states, states_at>},
};

// "flows/x/greeting.flow.yaml" -> "greeting.flow.yaml"
std::string_view name_of_file(std::string_view path) {
  return path.substr(path.find_last_of("/\\") + 1);
}

// "greeting.flow.yaml" -> "greeting"
std::string_view stem_of(std::string_view file) {
  return file.substr(0, file.find('.'));
}

void check_flow_name(Pass& pass, std::string_view file, ast::Name& name) {
  const std::string_view stem = stem_of(file);
  if (name.empty()) {
    name.text = stem;
    return;
  }
  if (name.text == stem || !is_name(stem)) check_name(pass, name, NameUse::declared);
  if (name.text == stem || name.empty()) return;
  Finding finding = finding_of(
      Code::wrong_file_name, name.span,
      fmt::format("the flow is called {} and its file {}", quoted(name.text), quoted(file)));
  if (is_name(stem)) {
    finding.suggestion = fmt::format("write `{}`, or rename the file", stem);
    finding.fix = Fix{finding.span, std::string(stem)};
    name.text = stem;
  } else {
    finding.suggestion = fmt::format("rename the file: `{}.flow.yaml`", name.text);
  }
  pass.findings.add(std::move(finding));
}

}  // namespace

ast::Flow parse_flow(const Document& document, std::string_view path, Findings& findings) {
  Pass pass{findings, document.whole()};
  ast::Flow flow;
  const Node& root = document.root();
  flow.span = root.span();
  flow.broken = !pass.whole;
  if (root.is_map()) {
    const Map map = map_of("a flow", root.entries());
    flow.span = map.span;
    flow.broken |= !read_map(pass, map, part(flow_keys, flow));
  } else {
    flow.broken = true;
    want_root(pass, root, name_of_file(path), "flow");
  }
  check_flow_name(pass, name_of_file(path), flow.name);
  return flow;
}

}  // namespace alur::dsl
