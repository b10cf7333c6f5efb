// One flow, check by check. Each fills in what the next one reads; the order is that of the
// includes.
#include <utility>

#include "dsl/check/assignment.hpp"
#include "dsl/check/check.hpp"
#include "dsl/check/check_steps.hpp"
#include "dsl/check/cycles.hpp"
#include "dsl/check/declarations.hpp"
#include "dsl/check/languages.hpp"
#include "dsl/check/leaving.hpp"
#include "dsl/check/resolve_names.hpp"
#include "dsl/check/triggers.hpp"
#include "dsl/check/unused.hpp"

namespace alur::dsl {
namespace {

// A var may not have the name of a parameter.
void check_hidden(Scope& scope, const ast::Flow& flow) {
  for (const ast::Variable& var : flow.vars) {
    for (const ast::Variable& param : flow.params) {
      if (param.name.text != var.name.text) continue;
      scope.findings.add(Code::declared_twice, var.name.span,
                         "the flow already has a parameter " + quoted_name(var.name.text),
                         "give one of them another name",
                         {{param.name.span, "the parameter is declared here"}});
    }
  }
}

void declare_locals(Scope& scope, const ast::Flow& flow) {
  if (scope.declared != nullptr) {
    scope.locals = scope.declared->params;
  } else {
    Findings told_elsewhere;
    scope.locals = declare_variables(flow.params, scope.symbols.records, true, told_elsewhere);
  }
  Locals vars =
      declare_variables(flow.vars, scope.symbols.records, scope.symbols.broken, scope.findings);
  for (VariableSymbol& var : vars) scope.locals.push_back(std::move(var));
  scope.own_count = static_cast<std::uint32_t>(scope.locals.size());
  check_hidden(scope, flow);
  std::vector<DeclaredName> names;
  for (const VariableSymbol& local : scope.locals) names.push_back({local.name, local.span});
  check_keys(std::move(names), scope.findings);
  names.clear();
  for (const ast::State& state : flow.states) names.push_back({state.name.text, state.name.span});
  check_keys(std::move(names), scope.findings);
}

}  // namespace

Locals check_flow(ast::Flow& flow, const ast::App& app, const Symbols& symbols,
                  Findings& findings) {
  Scope scope{symbols, app, findings};
  scope.flow = &flow;
  scope.declared = find_flow(scope, flow.name.text);
  declare_locals(scope, flow);
  PathTable paths(scope.own_count, symbols.contact.size(), symbols.session.size());
  resolve_names(scope, paths, flow);
  follow_assignments(scope, paths, flow);
  check_triggers(scope, flow);
  check_steps(scope, flow);
  check_languages(scope, flow);
  const bool all_leave = check_leaving(scope, flow);
  const bool all_end = check_cycles(scope, flow);
  // What nothing seems to lead to or to use may only seem so because something is missing.
  if (all_leave) check_reached(scope, flow);
  if (all_leave && all_end) check_unused_in_flow(scope, flow);
  return std::move(scope.locals);
}

}  // namespace alur::dsl
