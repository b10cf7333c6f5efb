#include "dsl/check/arguments.hpp"

#include <algorithm>
#include <utility>

#include "dsl/check/destination.hpp"

namespace alur::dsl {
namespace {

void report_unknown_parameter(Scope& scope, const ast::Argument& argument, const Taker& taker) {
  if (taker.broken) return;
  const std::string message =
      taker.params.empty()
          ? quoted_name(taker.name) + " takes no arguments"
          : quoted_name(taker.name) + " has no parameter " + quoted_name(argument.name.text);
  report_unknown(scope, Code::unknown_parameter, argument.name, message, names_of(taker.params),
                 {{taker.span, quoted_name(taker.name) + " is declared here"}});
}

void check_argument(Scope& scope, ast::Argument& argument, const Taker& taker) {
  const auto found = find_variable(taker.params, argument.name.text);
  if (!found) {
    report_unknown_parameter(scope, argument, taker);
    type_of(scope, argument.value, {nullptr, true});
    return;
  }
  const VariableSymbol& param = taker.params[*found];
  check_fits(scope, argument.value,
             {quoted_name(param.name) + " of " + quoted_name(taker.name), param.type, param.span});
}

// An unknown name is most likely that of a parameter that seems missing.
bool all_known(const std::vector<ast::Argument>& arguments, const Taker& taker) {
  return std::all_of(arguments.begin(), arguments.end(), [&taker](const ast::Argument& argument) {
    return find_variable(taker.params, argument.name.text).has_value();
  });
}

// "write `check(name = ..., city = ...)`", or "add `name = ...`" to what is there.
std::string advice(const std::vector<std::string_view>& missing, bool any_given,
                   const Taker& taker) {
  std::string written;
  for (const std::string_view name : missing) {
    written += (written.empty() ? "" : ", ") + std::string(name) + " = ...";
  }
  if (any_given) return "add `" + written + "`";
  return "write `" + std::string(taker.name) + "(" + written + ")`";
}

void check_missing(Scope& scope, const std::vector<ast::Argument>& arguments, const Taker& taker,
                   Span where) {
  std::vector<std::string_view> missing;
  std::vector<Related> related;
  for (const VariableSymbol& param : taker.params) {
    const bool given = std::any_of(arguments.begin(), arguments.end(), [&](const auto& argument) {
      return argument.name.text == param.name;
    });
    if (given || !param.type || param.type->optional) continue;
    missing.push_back(param.name);
    related.push_back({param.span, quoted_name(param.name) + " is declared here"});
  }
  if (missing.empty()) return;
  scope.findings.add(Code::missing_argument, where,
                     quoted_name(taker.name) + " needs " + listed(missing),
                     advice(missing, !arguments.empty(), taker), std::move(related));
}

}  // namespace

void check_arguments(Scope& scope, std::vector<ast::Argument>& arguments, const Taker& taker,
                     Span where) {
  for (ast::Argument& argument : arguments) check_argument(scope, argument, taker);
  if (all_known(arguments, taker)) check_missing(scope, arguments, taker, where);
}

void check_stray_arguments(Scope& scope, std::vector<ast::Argument>& arguments) {
  for (ast::Argument& argument : arguments) type_of(scope, argument.value, {nullptr, true});
}

}  // namespace alur::dsl
