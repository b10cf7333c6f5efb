// The app's symbols: one pass over the declarations of app.yaml and of each flow. Bodies are not
// looked at, so what a flow is checked against does not depend on how other flows go about it.
#include <algorithm>
#include <utility>

#include "dsl/check/check.hpp"
#include "dsl/check/declarations.hpp"
#include "dsl/check/opening_times.hpp"
#include "dsl/check/overlap.hpp"
#include "engine/value/format.hpp"

namespace alur::dsl {
namespace {

template <typename Things>
std::vector<DeclaredName> declared_names(const Things& things) {
  std::vector<DeclaredName> names;
  for (const auto& each : things) names.push_back({each.name.text, each.name.span});
  return names;
}

TypeRef choice_of(const std::vector<ast::Name>& names) {
  Type choice = value::plain_type(TypeKind::choice);
  for (const ast::Name& name : names) {
    if (!name.empty()) choice.members.push_back(name.text);
  }
  return value::make_type(std::move(choice));
}

// `other` last, as CLDR orders them.
std::vector<std::string> plural_forms(const value::Formatter& formatter) {
  std::vector<std::string> forms;
  for (const value::PluralCategory each : formatter.plural_categories()) {
    forms.emplace_back(value::to_text(each));
  }
  return forms;
}

void collect_languages(const ast::App& app, Symbols& symbols) {
  const value::TimeZone zone =
      value::TimeZone::find(app.timezone.text).value_or(value::TimeZone::utc());
  for (const ast::Name& language : app.languages) {
    if (language.empty()) continue;
    symbols.languages.push_back(language.text);
    symbols.shown.push_back(std::make_shared<const ShownBounds>(language.text, zone));
    symbols.plural_forms.push_back(plural_forms(symbols.shown.back()->formatter()));
  }
  symbols.language_type = choice_of(app.languages);
  symbols.channel_type = choice_of(app.channels);
}

ServiceSymbol declare_service(const ast::Service& service, const Symbols& symbols,
                              Findings& findings) {
  ServiceSymbol symbol;
  symbol.name = service.name.text;
  symbol.span = service.name.span;
  symbol.is_broken = service.broken;
  symbol.params = declare_variables(service.params, symbols.records, symbols.broken, findings);
  symbol.outcomes = declare_outcomes(service.outcomes, symbols.records, symbols.broken, findings);
  symbol.outcomes.push_back({"unavailable", nullptr, service.name.span, false});
  check_keys(declared_names(service.params), findings);
  check_keys(declared_names(service.outcomes), findings);
  return symbol;
}

FlowSymbol declare_flow(const ast::Flow& flow, const Symbols& symbols, Findings& findings) {
  FlowSymbol symbol;
  symbol.name = flow.name.text;
  symbol.span = flow.name.span;
  symbol.is_broken = flow.broken;
  symbol.has_triggers = !flow.triggers.empty();
  symbol.params = declare_variables(flow.params, symbols.records, symbols.broken, findings);
  symbol.outcomes = declare_outcomes(flow.outcomes, symbols.records, symbols.broken, findings);
  check_keys(declared_names(flow.outcomes), findings);
  return symbol;
}

void collect_app(const ast::App& app, const ReadFile& read_file, Symbols& symbols,
                 Findings& findings) {
  symbols.records = resolve_records(app, findings);
  for (const ast::RecordDecl& record : app.types) {
    check_keys(declared_names(record.fields), findings);
  }
  for (const ast::Service& service : app.services) {
    symbols.services[service.name.text] = declare_service(service, symbols, findings);
  }
  for (const ast::Hours& hours : app.hours) {
    symbols.hours.push_back(declare_hours(hours, read_file, findings));
  }
  for (const ast::Queue& queue : app.queues) {
    symbols.queues[queue.name.text] = {queue.name.text, queue.hours.text, queue.name.span,
                                       queue.is_private};
  }
  for (const ast::TemplateDecl& each : app.templates) {
    symbols.templates[each.name.text] = each.name.span;
  }
  symbols.contact = declare_variables(app.contact, symbols.records, symbols.broken, findings);
  symbols.session = declare_variables(app.session, symbols.records, symbols.broken, findings);
  check_keys(declared_names(app.services), findings);
  check_keys(declared_names(app.queues), findings);
  check_keys(declared_names(app.templates), findings);
  check_keys(declared_names(app.contact), findings);
  check_keys(declared_names(app.session), findings);
}

// Spans aside.
bool same_interface(const FlowSymbol& a, const FlowSymbol& b) {
  const auto same_type = [](const TypeRef& x, const TypeRef& y) {
    return x == y || (x && y && *x == *y);
  };
  const auto same_variable = [&](const VariableSymbol& x, const VariableSymbol& y) {
    return x.name == y.name && same_type(x.type, y.type);
  };
  const auto same_outcome = [&](const OutcomeSymbol& x, const OutcomeSymbol& y) {
    return x.name == y.name && same_type(x.payload, y.payload) && x.is_faulty == y.is_faulty;
  };
  return a.name == b.name && a.has_triggers == b.has_triggers && a.is_broken == b.is_broken &&
         std::equal(a.params.begin(), a.params.end(), b.params.begin(), b.params.end(),
                    same_variable) &&
         std::equal(a.outcomes.begin(), a.outcomes.end(), b.outcomes.begin(), b.outcomes.end(),
                    same_outcome);
}

}  // namespace

bool redeclare_flow(const ast::Flow& flow, Symbols& symbols) {
  const auto known = symbols.flows.find(flow.name.text);
  if (flow.name.empty() || known == symbols.flows.end()) return false;
  Findings findings;
  FlowSymbol symbol = declare_flow(flow, symbols, findings);
  if (!findings.empty() || !same_interface(known->second, symbol)) return false;
  known->second = std::move(symbol);
  return true;
}

const std::vector<OutcomeSymbol>& handoff_outcomes() {
  static const std::vector<OutcomeSymbol> outcomes{
      {"closed", nullptr, {}, false},    {"left", nullptr, {}, false},
      {"no_agent", nullptr, {}, false},  {"out_of_hours", nullptr, {}, false},
      {"timed_out", nullptr, {}, false}, {"unavailable", nullptr, {}, false},
  };
  return outcomes;
}

Symbols collect_symbols(const ast::App& app, const std::vector<const ast::Flow*>& flows,
                        const ReadFile& read_file, Findings& findings) {
  Symbols symbols;
  symbols.broken = app.broken || std::any_of(flows.begin(), flows.end(), [](const ast::Flow* flow) {
                     return flow->name.empty();
                   });
  collect_languages(app, symbols);
  collect_app(app, read_file, symbols, findings);
  symbols.anytime = anytime_phrases(app);
  std::vector<DeclaredName> names;
  for (const ast::Flow* flow : flows) {
    if (flow->name.empty()) continue;
    names.push_back({flow->name.text, flow->name.span});
    symbols.flows[flow->name.text] = declare_flow(*flow, symbols, findings);
  }
  check_keys(std::move(names), findings);
  return symbols;
}

}  // namespace alur::dsl
