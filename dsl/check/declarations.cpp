#include "dsl/check/declarations.hpp"

#include <algorithm>
#include <utility>

namespace alur::dsl {

std::vector<VariableSymbol> declare_variables(const std::vector<ast::Variable>& variables,
                                              const Records& records, bool broken,
                                              Findings& findings) {
  std::vector<VariableSymbol> symbols;
  symbols.reserve(variables.size());
  for (const ast::Variable& each : variables) {
    symbols.push_back(
        {each.name.text, resolve_type(each.type, records, broken, findings), each.name.span});
  }
  return symbols;
}

std::vector<OutcomeSymbol> declare_outcomes(const std::vector<ast::OutcomeDecl>& outcomes,
                                            const Records& records, bool broken,
                                            Findings& findings) {
  std::vector<OutcomeSymbol> symbols;
  symbols.reserve(outcomes.size() + 1);
  for (const ast::OutcomeDecl& each : outcomes) {
    OutcomeSymbol symbol{each.name.text, nullptr, each.name.span, false};
    if (each.payload) {
      symbol.payload = resolve_type(*each.payload, records, broken, findings);
      symbol.is_faulty = !symbol.payload;
    }
    symbols.push_back(std::move(symbol));
  }
  return symbols;
}

void check_keys(std::vector<DeclaredName> names, Findings& findings) {
  const auto key = [](const DeclaredName& name) { return value::name_key(name.name); };
  std::stable_sort(names.begin(), names.end(),
                   [&](const auto& a, const auto& b) { return key(a) < key(b); });
  for (std::size_t i = 1; i < names.size(); ++i) {
    if (key(names[i]) != key(names[i - 1]) || names[i].name == names[i - 1].name) continue;
    const bool later = names[i - 1].span < names[i].span;
    const DeclaredName& first = names[later ? i - 1 : i];
    const DeclaredName& second = names[later ? i : i - 1];
    findings.add(Code::same_key, second.span,
                 "`" + std::string(second.name) + "` and `" + std::string(first.name) +
                     "` cannot be told apart when they are stored",
                 "change a letter of one of them",
                 {{first.span, "`" + std::string(first.name) + "` is here"}});
  }
}

}  // namespace alur::dsl
