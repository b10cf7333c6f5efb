#include "dsl/check/scope.hpp"

#include <algorithm>
#include <utility>

#include "dsl/finding/near_miss.hpp"

namespace alur::dsl {

std::optional<std::uint32_t> find_variable(const std::vector<VariableSymbol>& variables,
                                           std::string_view name) {
  for (std::uint32_t i = 0; i < variables.size(); ++i) {
    if (variables[i].name == name) return i;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> find_local(const Scope& scope, std::string_view name) {
  for (std::uint32_t i = 0; i < scope.own_count; ++i) {
    if (scope.locals[i].name == name) return i;
  }
  return std::nullopt;
}

bool is_undeclared(const Scope& scope, std::string_view name) {
  return std::find(scope.undeclared.begin(), scope.undeclared.end(), name) !=
         scope.undeclared.end();
}

std::optional<std::uint32_t> find_state(const Scope& scope, std::string_view name) {
  if (scope.flow == nullptr || name.empty()) return std::nullopt;
  for (std::uint32_t i = 0; i < scope.flow->states.size(); ++i) {
    if (scope.flow->states[i].name.text == name) return i;
  }
  return std::nullopt;
}

const FlowSymbol* find_flow(const Scope& scope, std::string_view name) {
  const auto found = scope.symbols.flows.find(name);
  return found == scope.symbols.flows.end() ? nullptr : &found->second;
}

std::optional<std::uint32_t> find_hours(const Scope& scope, std::string_view name) {
  for (std::uint32_t i = 0; i < scope.symbols.hours.size(); ++i) {
    if (scope.symbols.hours[i].name == name) return i;
  }
  return std::nullopt;
}

const VariableSymbol* variable(const Scope& scope, const ast::Resolved& resolved) {
  switch (resolved.use) {
    case ast::Resolved::Use::local:
      return &scope.locals.at(resolved.index);
    case ast::Resolved::Use::contact:
      return &scope.symbols.contact.at(resolved.index);
    case ast::Resolved::Use::session:
      return &scope.symbols.session.at(resolved.index);
    default:
      return nullptr;
  }
}

namespace {

// More names than this are no help.
constexpr std::size_t listed_max = 6;

std::string there_is(const std::vector<std::string_view>& names) {
  if (names.empty() || names.size() > listed_max) return {};
  return (names.size() == 1 ? "there is " : "there are ") + listed(names);
}

}  // namespace

void report_unknown(Scope& scope, Code code, const ast::Name& name, std::string message,
                    const std::vector<std::string_view>& candidates, std::vector<Related> related,
                    std::string otherwise) {
  Finding finding{code, name.span, std::move(message), {}, std::move(related), std::nullopt};
  suggest(finding, name.text, candidates);
  if (finding.suggestion.empty()) finding.suggestion = std::move(otherwise);
  if (finding.suggestion.empty()) finding.suggestion = there_is(candidates);
  scope.findings.add(std::move(finding));
}

std::string quoted_name(std::string_view name) {
  return '`' + std::string(name) + '`';
}

std::string listed(const std::vector<std::string_view>& names) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += i + 1 == names.size() ? " and " : ", ";
    out += quoted_name(names[i]);
  }
  return out;
}

}  // namespace alur::dsl
