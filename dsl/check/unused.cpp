// One walk over trees whose names are resolved notes everything that is used; what is declared and
// not noted is unused. A variable counts as used when something reads it: one that is only given
// values is as good as none. Where a part could not be read nothing is said, since that part may
// use it.
#include "dsl/check/unused.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "dsl/check/check.hpp"
#include "dsl/check/cycles.hpp"
#include "dsl/check/walk.hpp"

namespace alur::dsl {
namespace {

using Use = ast::Resolved::Use;
using Words = AppUses::Words;

class UseWalk : public Walk<UseWalk, false>, public AppUses {
 public:
  using Walk::verb;

  std::set<std::uint32_t> locals;
  std::set<std::uint32_t> written;  // locals
  Words outcomes;

  void expression(const ast::Expr& expr) {
    broken |= expr.kind == ast::ExprKind::broken;
    switch (expr.resolved.use) {
      case Use::local:
        locals.insert(expr.resolved.index);
        return;
      case Use::contact:
        contact.insert(expr.resolved.index);
        return;
      case Use::session:
        session.insert(expr.resolved.index);
        return;
      case Use::hours:
        hours.insert(expr.resolved.index);
        return;
      default:
        broken |= expr.kind == ast::ExprKind::name && !expr.resolved.type && !is_scope(expr);
        break;
    }
    for (const ast::Expr& operand : expr.operands) expression(operand);
    for (const ast::Argument& argument : expr.arguments) expression(argument.value);
  }
  void assignment(const ast::Assignment& assignment) {
    keep(assignment.target, assignment.resolved);
    expression(assignment.value);
  }
  void binding(const ast::Binding& binding) { keep(binding.variable, binding.resolved); }
  void type(const ast::TypeExpr& type) {
    broken |= type.kind == ast::TypeExpr::Kind::broken;
    if (type.kind == ast::TypeExpr::Kind::named) types.insert(type.name.text);
    for (const ast::TypeExpr& element : type.element) this->type(element);
  }
  void target(const ast::Target& target) {
    broken |= target.kind == ast::Target::Kind::unresolved;
    mix(target.name.text);
    if (target.kind == ast::Target::Kind::flow) flows.insert(target.name.text);
    Walk::target(target);
  }
  void steps(const std::vector<ast::Step>& steps) {
    for (const ast::Step& step : steps) mix(std::to_string(step.verb.index()));
    mix("end");
    Walk::steps(steps);
  }
  void outcome(const ast::Outcome& outcome) {
    mix(outcome.binding.outcome.text);
    Walk::outcome(outcome);
  }
  void verb(const ast::Goto& jump) {
    if (jump.at_most) mix("at_most");
    Walk::verb(jump);
  }
  void text(const ast::Text& text, TextUse use) {
    broken |= text.broken;
    Walk::text(text, use);
  }
  void branch(const ast::Branch& branch) {
    broken |= branch.broken;
    Walk::branch(branch);
  }
  void verb(const ast::Question& question) {
    broken |= question.broken;
    mix(question.no_input.empty() ? "" : "no_input");
    keep(question.into, question.resolved_into);
    Walk::verb(question);
  }
  void verb(const ast::Call& call) {
    broken |= call.broken || call.call.service.empty();
    services.insert(call.call.service.text);
    Walk::verb(call);
  }
  void verb(const ast::Handoff& handoff) {
    broken |= handoff.broken || handoff.queue.empty();
    queues.insert(handoff.queue.text);
    Walk::verb(handoff);
  }
  void outside(const ast::Outside& outside) {
    broken |= !outside.target && outside.template_name.empty();
    if (!outside.target) templates.insert(outside.template_name.text);
    mix("outside " + outside.template_name.text);
    Walk::outside(outside);
  }
  void verb(const ast::End& end) {
    outcomes.insert(end.outcome.text);
    Walk::verb(end);
  }

 private:
  // FNV-1a, 64 bits.
  void mix(std::string_view word) {
    for (const char c : word) {
      ways = (ways ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U;
    }
    ways = (ways ^ 0xFFU) * 1'099'511'628'211U;
  }
  // `contact` in `contact.x` means nothing by itself.
  static bool is_scope(const ast::Expr& expr) {
    return expr.name.text == "contact" || expr.name.text == "session";
  }
  void keep(const ast::Name& name, const ast::Resolved& resolved) {
    broken |= !name.empty() && resolved.use == Use::none;
    if (resolved.use == Use::local) written.insert(resolved.index);
  }
};

void report_unread(Findings& findings, const VariableSymbol& symbol, const std::string& name,
                   bool written) {
  findings.add(
      Code::unused_variable, symbol.span,
      "`" + name + "` " + (written ? "is given values, but nothing reads it" : "is never used"),
      "take it away, or use it");
}

void report_unused(Findings& findings, const ast::Name& name, const std::string& what) {
  findings.add(Code::unused_declaration, name.span,
               "nothing uses the " + what + " `" + name.text + "`", "take it away, or use it");
}

template <typename Things>
void check_declared(const Things& things, const Words& used, const std::string& what,
                    Findings& findings) {
  for (const auto& each : things) {
    if (used.find(each.name.text) == used.end()) report_unused(findings, each.name, what);
  }
}

void check_shared(const std::vector<VariableSymbol>& variables, const std::string& scope,
                  const std::set<std::uint32_t>& read, Findings& findings) {
  for (std::uint32_t i = 0; i < variables.size(); ++i) {
    if (read.count(i) != 0) continue;
    findings.add(Code::unused_variable, variables[i].span,
                 "no flow reads `" + scope + "." + variables[i].name + "`",
                 "take it away, or use it");
  }
}

void check_hours(const ast::App& app, const UseWalk& used, Findings& findings) {
  for (std::uint32_t i = 0; i < app.hours.size(); ++i) {
    const ast::Name& name = app.hours[i].name;
    const bool by_queue =
        std::any_of(app.queues.begin(), app.queues.end(),
                    [&](const ast::Queue& queue) { return queue.hours.text == name.text; });
    if (!by_queue && used.hours.count(i) == 0) report_unused(findings, name, "opening hours");
  }
}

void check_flows(const ast::App& app, const std::vector<const ast::Flow*>& flows,
                 const UseWalk& used, Findings& findings) {
  for (const ast::Flow* flow : flows) {
    const std::string& name = flow->name.text;
    const bool started = name == app.start.text || !flow->triggers.empty();
    if (started || used.flows.find(name) != used.flows.end()) continue;
    findings.add(Code::unused_flow, flow->name.span, "nothing starts the flow `" + name + "`",
                 "give it `triggers`, or lead to it from another flow");
  }
}

bool has_broken_state(const ast::Flow& flow) {
  return std::any_of(flow.states.begin(), flow.states.end(),
                     [](const ast::State& state) { return state.broken; });
}

template <typename Things>
bool declares(const Things& things, const Words& names) {
  return std::all_of(names.begin(), names.end(), [&things](const std::string& name) {
    return std::any_of(things.begin(), things.end(),
                       [&name](const auto& each) { return each.name.text == name; });
  });
}

// An unknown name is most likely a misspelt one: of what would then seem unused.
bool all_declared(const UseWalk& used, const ast::App& app) {
  return declares(app.types, used.types) && declares(app.services, used.services) &&
         declares(app.queues, used.queues) && declares(app.templates, used.templates);
}

bool ends_as_declared(const UseWalk& used, const ast::Flow& flow) {
  return declares(flow.outcomes, used.outcomes);
}

}  // namespace

AppUses app_uses(const ast::Flow& flow) {
  UseWalk used;
  used.broken = flow.broken;
  used.flow(flow);
  return used;
}

void check_unused_in_flow(Scope& scope, const ast::Flow& flow) {
  UseWalk used;
  used.broken = flow.broken;
  used.flow(flow);
  if (used.broken || scope.has_gaps) return;
  for (std::uint32_t i = 0; i < scope.own_count; ++i) {
    const VariableSymbol& symbol = scope.locals[i];
    // A var with the name of a parameter was told as such.
    if (used.locals.count(i) != 0 || find_local(scope, symbol.name) != i) continue;
    const bool is_param = i < flow.params.size();
    report_unread(scope.findings, symbol, symbol.name, !is_param && used.written.count(i) != 0);
  }
  if (!ends_as_declared(used, flow)) return;
  for (const ast::OutcomeDecl& outcome : flow.outcomes) {
    if (used.outcomes.find(outcome.name.text) != used.outcomes.end()) continue;
    scope.findings.add(Code::unused_outcome, outcome.name.span,
                       "the flow never ends with " + quoted_name(outcome.name.text),
                       "take it away, or add `- end: " + outcome.name.text + "`");
  }
}

void check_unused(const ast::App& app, const std::vector<const ast::Flow*>& flows,
                  const Symbols& symbols, Findings& findings) {
  UseWalk used;
  used.broken = symbols.broken;
  used.app(app);
  for (const ast::Flow* flow : flows) {
    used.broken |= flow->broken || has_broken_state(*flow);
    used.flow(*flow);
  }
  if (used.broken || !all_declared(used, app)) return;
  check_cycles_of_flows(flows, findings);
  check_declared(app.types, used.types, "type", findings);
  check_declared(app.services, used.services, "service", findings);
  check_declared(app.queues, used.queues, "queue", findings);
  // People at the desk may send any.
  if (app.queues.empty()) check_declared(app.templates, used.templates, "template", findings);
  check_hours(app, used, findings);
  check_shared(symbols.contact, "contact", used.contact, findings);
  check_shared(symbols.session, "session", used.session, findings);
  check_flows(app, flows, used, findings);
}

}  // namespace alur::dsl
