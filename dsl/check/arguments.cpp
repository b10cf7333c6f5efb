#include "dsl/check/arguments.hpp"

#include <algorithm>
#include <utility>

#include "dsl/check/destination.hpp"

namespace alur::dsl {
namespace {

void report_unnamed(Scope& scope, const ast::Argument& argument, const Taker& taker) {
  std::string suggestion = "write `name = value`";
  if (taker.params.size() == 1) suggestion = "write `" + taker.params.front().name + " = ...`";
  scope.findings.add(
      Code::wrong_argument, argument.value.span,
      "what " + quoted_name(taker.name) + " is given has to say which parameter it is",
      std::move(suggestion), {{taker.span, "it is declared here"}});
}

void report_unknown_parameter(Scope& scope, const ast::Argument& argument, const Taker& taker) {
  if (taker.broken) return;
  const std::string message =
      taker.params.empty()
          ? quoted_name(taker.name) + " takes no arguments"
          : quoted_name(taker.name) + " has no parameter " + quoted_name(argument.name.text);
  report_unknown(scope, Code::unknown_parameter, argument.name, message, names_of(taker.params),
                 {{taker.span, quoted_name(taker.name) + " is declared here"}});
}

// Where the parameter was given before this argument; null if it was not.
const ast::Argument* given_before(const std::vector<ast::Argument>& arguments,
                                  const ast::Argument& argument) {
  for (const ast::Argument& earlier : arguments) {
    if (&earlier == &argument) return nullptr;
    if (earlier.name.text == argument.name.text) return &earlier;
  }
  return nullptr;
}

void check_argument(Scope& scope, std::vector<ast::Argument>& arguments, ast::Argument& argument,
                    const Taker& taker) {
  if (argument.name.empty()) {
    report_unnamed(scope, argument, taker);
    type_of(scope, argument.value);
    return;
  }
  const auto found = find_variable(taker.params, argument.name.text);
  if (!found) {
    report_unknown_parameter(scope, argument, taker);
    type_of(scope, argument.value, {nullptr, true});
    return;
  }
  if (const ast::Argument* earlier = given_before(arguments, argument)) {
    scope.findings.add(Code::wrong_argument, argument.name.span,
                       quoted_name(argument.name.text) + " is given twice", {},
                       {{earlier->name.span, "it was first given here"}});
  }
  const VariableSymbol& param = taker.params[*found];
  check_fits(scope, argument.value,
             {quoted_name(param.name) + " of " + quoted_name(taker.name), param.type, param.span});
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
  scope.findings.add(
      Code::missing_argument, where, quoted_name(taker.name) + " needs " + listed(missing),
      "write `" + std::string(taker.name) + "(" + std::string(missing.front()) + " = ...)`",
      std::move(related));
}

}  // namespace

void check_arguments(Scope& scope, std::vector<ast::Argument>& arguments, const Taker& taker,
                     Span where) {
  bool unnamed = false;
  for (ast::Argument& argument : arguments) {
    check_argument(scope, arguments, argument, taker);
    unnamed = unnamed || argument.name.empty();
  }
  if (!unnamed) check_missing(scope, arguments, taker, where);
}

void check_stray_arguments(Scope& scope, std::vector<ast::Argument>& arguments) {
  for (ast::Argument& argument : arguments) type_of(scope, argument.value, {nullptr, true});
}

}  // namespace alur::dsl
