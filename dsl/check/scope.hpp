// Scope: what names mean at a place of the source, and what was found out about it so far. One for
// each flow that is checked, and one for app.yaml.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "dsl/check/known.hpp"
#include "dsl/check/symbols.hpp"
#include "dsl/finding/finding.hpp"

namespace alur::dsl {

struct Scope {
  const Symbols& symbols;
  const ast::App& app;
  Findings& findings;
  const ast::Flow* flow = nullptr;       // null in app.yaml
  const FlowSymbol* declared = nullptr;  // of the flow; null in app.yaml
  Locals locals{};
  std::uint32_t own_count = 0;  // of the locals: parameters and vars, which stand before the items
  Lacks lacks{};                // why variables that are read here may be unset

  // Which of these were told already: the same variable, unset for the same reason, is one mistake.
  std::vector<std::pair<std::string, Lack>> told{};

  // Names that take a value, were told to be declared, and need no further word where they are
  // read.
  std::vector<std::string> undeclared{};

  // Some step, or the name of a variable that takes a value, means nothing: it may have set any.
  bool has_gaps = false;

  // Something of the flow, or of the app, was not read: what is missing may have been there.
  bool flow_is_broken() const { return flow != nullptr && flow->broken; }
  bool app_is_broken() const { return symbols.broken; }
};

// The parameter or var of this name.
std::optional<std::uint32_t> find_local(const Scope& scope, std::string_view name);
std::optional<std::uint32_t> find_variable(const std::vector<VariableSymbol>& variables,
                                           std::string_view name);
bool is_undeclared(const Scope& scope, std::string_view name);
std::optional<std::uint32_t> find_state(const Scope& scope, std::string_view name);
const FlowSymbol* find_flow(const Scope& scope, std::string_view name);
std::optional<std::uint32_t> find_hours(const Scope& scope, std::string_view name);
// The variable that a resolved name means; null for what is none.
const VariableSymbol* variable(const Scope& scope, const ast::Resolved& resolved);

// Says that a name means nothing, and what was probably meant; where nothing is near, `otherwise`,
// or what there is.
void report_unknown(Scope& scope, Code code, const ast::Name& name, std::string message,
                    const std::vector<std::string_view>& candidates,
                    std::vector<Related> related = {}, std::string otherwise = {});

// The names of variables, outcomes and so on, as candidates.
template <typename Symbol>
std::vector<std::string_view> names_of(const std::vector<Symbol>& symbols) {
  std::vector<std::string_view> names;
  for (const Symbol& symbol : symbols) names.push_back(symbol.name);
  return names;
}
template <typename Map>
std::vector<std::string_view> keys_of(const Map& map) {
  std::vector<std::string_view> names;
  for (const auto& entry : map) names.push_back(entry.first);
  return names;
}

// `a`, `b` and `c`
std::string listed(const std::vector<std::string_view>& names);
// `a`
std::string quoted_name(std::string_view name);

}  // namespace alur::dsl
