#include "dsl/check/outcomes.hpp"

#include <algorithm>
#include <utility>

#include "dsl/check/destination.hpp"

namespace alur::dsl {
namespace {

const OutcomeSymbol* find_outcome(const std::vector<OutcomeSymbol>& outcomes,
                                  std::string_view name) {
  const auto found = std::find_if(outcomes.begin(), outcomes.end(),
                                  [name](const OutcomeSymbol& each) { return each.name == name; });
  return found == outcomes.end() ? nullptr : &*found;
}

std::vector<Related> declared_at(const Ender& ender) {
  if (ender.span == Span{}) return {};
  return {{ender.span, ender.words + " is declared here"}};
}

void check_binding(Scope& scope, const ast::Binding& binding, const OutcomeSymbol& outcome,
                   const Ender& ender) {
  if (binding.variable.empty()) return;
  if (!outcome.payload) {
    if (ender.broken || outcome.is_faulty) return;
    scope.findings.add(Code::no_value_to_keep, binding.variable.span,
                       "the outcome " + quoted_name(outcome.name) + " carries no value",
                       "write `" + outcome.name + "`", declared_at(ender));
    return;
  }
  const VariableSymbol* into = variable(scope, binding.resolved);
  if (into == nullptr) return;
  check_type_fits(scope, outcome.payload, "the value of " + quoted_name(outcome.name),
                  binding.variable.span,
                  {quoted_name(binding.variable.text), into->type, into->span});
}

void check_repeated(Scope& scope, const std::vector<ast::Outcome>& outcomes, std::size_t at) {
  const ast::Name& name = outcomes[at].binding.outcome;
  for (std::size_t before = 0; before < at; ++before) {
    const ast::Name& first = outcomes[before].binding.outcome;
    if (name.empty() || first.text != name.text) continue;
    scope.findings.add(Code::written_twice, name.span,
                       "the outcome " + quoted_name(name.text) + " is handled twice", {},
                       {{first.span, "it is first handled here"}});
    return;
  }
}

void check_missing(Scope& scope, const std::vector<ast::Outcome>& outcomes, const Ender& ender) {
  std::vector<std::string_view> missing;
  std::vector<Related> related;
  for (const OutcomeSymbol& each : ender.outcomes) {
    const bool handled = std::any_of(outcomes.begin(), outcomes.end(), [&](const auto& outcome) {
      return outcome.binding.outcome.text == each.name;
    });
    if (handled) continue;
    missing.push_back(each.name);
    // What the language brings is declared nowhere.
    if (each.span == Span{} || each.span == ender.span) continue;
    related.push_back({each.span, quoted_name(each.name) + " is declared here"});
  }
  if (missing.empty()) return;
  scope.findings.add(
      Code::missing_outcome, ender.where,
      ender.words + " can also end in " + listed(missing) + ", and nothing says what then",
      "add `" + std::string(missing.front()) + ": ...` to `outcomes`", std::move(related));
}

}  // namespace

void check_outcomes(Scope& scope, std::vector<ast::Outcome>& outcomes, const Ender& ender) {
  bool broken = ender.broken;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    ast::Binding& binding = outcomes[i].binding;
    broken = broken || binding.outcome.empty();
    if (binding.outcome.empty()) continue;
    const OutcomeSymbol* outcome = find_outcome(ender.outcomes, binding.outcome.text);
    if (outcome != nullptr) {
      check_binding(scope, binding, *outcome, ender);
      check_repeated(scope, outcomes, i);
      continue;
    }
    if (!ender.broken) {
      report_unknown(scope, Code::unknown_outcome, binding.outcome,
                     ender.words + " has no outcome " + quoted_name(binding.outcome.text),
                     names_of(ender.outcomes), declared_at(ender));
    }
    // It may well be the one that would be missing, misspelt.
    broken = true;
  }
  if (ender.all_needed && !broken) check_missing(scope, outcomes, ender);
}

namespace {

struct CaseNames {
  std::vector<std::string_view> all;
};

void check_member(Scope& scope, const ast::Name& name, const CaseNames& names,
                  std::vector<const ast::Name*>& seen) {
  if (name.empty()) return;
  if (std::find(names.all.begin(), names.all.end(), name.text) == names.all.end()) {
    report_unknown_member(scope, name, names.all);
    return;
  }
  for (const ast::Name* earlier : seen) {
    if (earlier->text != name.text) continue;
    scope.findings.add(Code::written_twice, name.span, quoted_name(name.text) + " has two cases",
                       {}, {{earlier->span, "the first is here"}});
    return;
  }
  seen.push_back(&name);
}

// Whether any name of a case is unknown: then one that seems missing may be that one, misspelt.
bool any_unknown(const ast::Match& match, const CaseNames& names) {
  for (const ast::Case& each : match.cases) {
    for (const ast::Name& name : each.members) {
      const bool known =
          std::find(names.all.begin(), names.all.end(), name.text) != names.all.end();
      if (!known) return true;
    }
  }
  return false;
}

void check_all_cases(Scope& scope, const ast::Match& match, const CaseNames& names,
                     const std::vector<const ast::Name*>& seen) {
  const auto otherwise = std::find_if(match.cases.begin(), match.cases.end(),
                                      [](const ast::Case& each) { return each.members.empty(); });
  std::vector<std::string_view> missing;
  for (const std::string_view name : names.all) {
    const bool has = std::any_of(seen.begin(), seen.end(),
                                 [name](const ast::Name* each) { return each->text == name; });
    if (!has) missing.push_back(name);
  }
  if (otherwise == match.cases.end()) {
    if (missing.empty() || match.broken || scope.flow_is_broken() || any_unknown(match, names)) {
      return;
    }
    scope.findings.add(Code::missing_case, match.subject.span,
                       words_for(match.subject) + " can also be " + listed(missing) +
                           ", and no case says what then",
                       "add `" + std::string(missing.front()) + ": ...` to `cases`");
  } else if (missing.empty()) {
    scope.findings.add(Code::never_happens, otherwise->span,
                       "every member has its own case, so `else` never happens");
  }
}

}  // namespace

void check_cases(Scope& scope, ast::Match& match) {
  const TypeRef type = type_of_set(scope, match.subject);
  if (!type) return;
  CaseNames names;
  if (type->kind == TypeKind::boolean) {
    names.all = {"true", "false"};
  } else if (type->kind == TypeKind::choice) {
    names.all.assign(type->members.begin(), type->members.end());
  } else {
    scope.findings.add(Code::wrong_type, match.subject.span,
                       "`match` takes one of several words, or a truth, and " +
                           words_for(match.subject) + " is " + type_words(match.subject, *type),
                       "write `if` instead");
    return;
  }
  std::vector<const ast::Name*> seen;
  for (const ast::Case& each : match.cases) {
    for (const ast::Name& name : each.members) check_member(scope, name, names, seen);
  }
  check_all_cases(scope, match, names, seen);
}

void check_end(Scope& scope, ast::End& end) {
  const OutcomeSymbol* outcome = nullptr;
  if (scope.declared != nullptr) outcome = find_outcome(scope.declared->outcomes, end.outcome.text);
  if (outcome == nullptr) {
    if (end.payload) type_of(scope, *end.payload, {nullptr, true});
    if (end.outcome.empty() || scope.flow_is_broken()) return;
    if (scope.flow == nullptr) {
      scope.findings.add(Code::unknown_outcome, end.outcome.span,
                         "app.yaml is no flow, so there is nothing to end here",
                         "write `stop: true` to end the conversation");
      return;
    }
    if (scope.declared == nullptr) return;
    const bool none = scope.declared->outcomes.empty();
    report_unknown(scope, Code::unknown_outcome, end.outcome,
                   none ? "this flow declares no outcomes"
                        : "this flow has no outcome " + quoted_name(end.outcome.text),
                   names_of(scope.declared->outcomes));
    return;
  }
  const std::string words = "the outcome " + quoted_name(outcome->name);
  const std::vector<Related> declared{{outcome->span, "it is declared here"}};
  if (end.payload && !outcome->payload && !outcome->is_faulty) {
    type_of(scope, *end.payload, {nullptr, true});
    scope.findings.add(Code::wrong_end, end.payload->span, words + " carries no value",
                       "write `end: " + outcome->name + "`", declared);
  } else if (end.payload) {
    check_fits(scope, *end.payload, {words, outcome->payload, outcome->span});
  } else if (outcome->payload) {
    scope.findings.add(Code::wrong_end, end.outcome.span,
                       words + " carries a value: " + quoted_name(bare_name(*outcome->payload)),
                       "write `end: " + outcome->name + "(...)`", declared);
  }
}

}  // namespace alur::dsl
