#include "dsl/check/targets.hpp"

#include <utility>

#include "dsl/check/arguments.hpp"

namespace alur::dsl {
namespace {

using Kind = ast::Target::Kind;

std::vector<std::string_view> state_names(const Scope& scope) {
  std::vector<std::string_view> names;
  if (scope.flow == nullptr) return names;
  for (const ast::State& state : scope.flow->states) names.push_back(state.name.text);
  return names;
}

void resolve_next(Scope& scope, ast::Target& target, NextWord next) {
  target.kind = Kind::next;
  if (scope.flow == nullptr) {
    scope.findings.add(Code::nothing_next, target.span,
                       "there is no next step in app.yaml: name a flow, or leave this outcome out");
  } else if (next == NextWord::refused) {
    scope.findings.add(Code::nothing_next, target.span,
                       "`goto` needs a state or a flow; to go on with the next step, leave it out");
  }
}

void report_nowhere(Scope& scope, const ast::Target& target) {
  if (scope.flow_is_broken() || scope.app_is_broken()) return;
  const std::string name = quoted_name(target.name.text);
  std::vector<std::string_view> names = state_names(scope);
  for (const auto& flow : scope.symbols.flows) names.push_back(flow.first);
  if (scope.flow == nullptr) {
    report_unknown(scope, Code::unknown_flow, target.name,
                   "no flow is called " + name + ", and app.yaml leads to nothing else", names);
  } else {
    report_unknown(scope, Code::unknown_target, target.name, "no state or flow is called " + name,
                   names);
  }
}

}  // namespace

void resolve_target(Scope& scope, ast::Target& target, NextWord next) {
  target.kind = Kind::unresolved;
  if (target.name.empty()) return;
  if (target.name.text == "next") {
    resolve_next(scope, target, next);
  } else if (const auto state = find_state(scope, target.name.text)) {
    target.kind = Kind::state;
    target.state_index = *state;
  } else if (find_flow(scope, target.name.text) != nullptr) {
    target.kind = Kind::flow;
  } else {
    report_nowhere(scope, target);
  }
}

void resolve_run(Scope& scope, ast::Target& target) {
  target.kind = Kind::unresolved;
  if (target.name.empty()) return;
  if (find_flow(scope, target.name.text) != nullptr) {
    target.kind = Kind::flow;
    return;
  }
  if (const auto state = find_state(scope, target.name.text)) {
    scope.findings.add(
        Code::unknown_flow, target.name.span,
        quoted_name(target.name.text) + " is a state of this flow; `run` starts a whole flow",
        "write `goto`?", {{scope.flow->states[*state].name.span, "the state is here"}});
    return;
  }
  if (scope.app_is_broken()) return;
  report_unknown(scope, Code::unknown_flow, target.name,
                 "no flow is called " + quoted_name(target.name.text),
                 keys_of(scope.symbols.flows));
}

void check_target(Scope& scope, ast::Target& target) {
  if (target.kind == Kind::flow) {
    const FlowSymbol* flow = find_flow(scope, target.name.text);
    const Taker taker{flow->name, flow->params, flow->span, flow->is_broken};
    check_arguments(scope, target.arguments, taker, target.span);
    return;
  }
  check_stray_arguments(scope, target.arguments);
  if (target.has_arguments && target.kind == Kind::state) {
    scope.findings.add(
        Code::wrong_argument, target.span,
        quoted_name(target.name.text) + " is a state of this flow, and states take no arguments",
        "write `" + target.name.text + "`?");
  } else if (target.has_arguments && target.kind == Kind::next) {
    scope.findings.add(Code::wrong_argument, target.span, "`next` takes no arguments",
                       "write `next`?");
  }
}

}  // namespace alur::dsl
