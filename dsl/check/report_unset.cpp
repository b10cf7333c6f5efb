// Findings about values that may be unset: which variable it is, and which way leads here without
// it.
#include <algorithm>
#include <utility>

#include "dsl/ast/print.hpp"
#include "dsl/check/expressions.hpp"

namespace alur::dsl {
namespace {

using ast::Expr;
using ast::ExprKind;

const Lack* find_lack(const Scope& scope, const Expr& expr) {
  const auto found = std::find_if(scope.lacks.begin(), scope.lacks.end(),
                                  [&expr](const auto& entry) { return entry.first == &expr; });
  return found == scope.lacks.end() ? nullptr : &found->second;
}

struct Culprit {
  const Expr* expr;
  const Lack* lack;
};

// The variable or field that makes this unset; a null lack if it is no variable's doing.
Culprit find_culprit(const Scope& scope, const Expr& expr) {
  if (const Lack* lack = find_lack(scope, expr)) return {&expr, lack};
  if (expr.kind == ExprKind::field) return find_culprit(scope, expr.operands.front());
  if (expr.kind == ExprKind::or_) return find_culprit(scope, expr.operands.back());
  return {&expr, nullptr};
}

std::string lack_words(const Lack& lack, const std::string& name) {
  switch (lack.kind) {
    case Lack::Kind::branch:
      return "this way leads here without a value for " + name;
    case Lack::Kind::call:
      return "this unsets " + name + " first, and not every outcome gives it a value";
    case Lack::Kind::forgotten:
      return "what is known of " + name + " is forgotten here: it may change meanwhile";
    case Lack::Kind::unset:
      return name + " is unset here";
    case Lack::Kind::maybe:
      return "the value that " + name + " is given here may be unset";
    case Lack::Kind::none:
    case Lack::Kind::never:
      break;
  }
  return {};
}

std::vector<Related> related_to(const Scope& scope, const Culprit& culprit,
                                const std::string& name) {
  std::vector<Related> related;
  std::string words = lack_words(*culprit.lack, name);
  if (!words.empty()) {
    related.push_back({culprit.lack->span, std::move(words)});
  } else if (const VariableSymbol* symbol = variable(scope, culprit.expr->resolved)) {
    related.push_back({symbol->span, name + " is declared here"});
  }
  return related;
}

// What may be unset although no variable is: a quotient, the first of a list.
void report_result(Scope& scope, const Expr& expr, const std::string& taker,
                   const std::string& suggestion) {
  const Expr& last = expr.kind == ExprKind::or_ ? expr.operands.back() : expr;
  std::string message = words_for(expr) + " may be unset";
  if (last.kind == ExprKind::divide) {
    message = "this has no value where " + words_for(last.operands.back()) + " is 0";
  }
  message += taker.empty() ? ", and a value is needed here" : ", and " + taker + " needs a value";
  scope.findings.add(Code::may_be_unset, expr.span, std::move(message),
                     suggestion.empty() ? "say what then: `... or` another value" : suggestion);
}

// What helps depends on whether anything could have given it a value.
std::string advice(const Scope& scope, const Culprit& culprit, const std::string& name) {
  const ast::Resolved& resolved = culprit.expr->resolved;
  const bool is_var = resolved.use == ast::Resolved::Use::local && scope.declared != nullptr &&
                      resolved.index >= scope.declared->params.size();
  const bool never = culprit.lack->kind == Lack::Kind::never;
  return is_var && never ? "give it a value first" : "first ask `" + name + " is set`";
}

}  // namespace

void report_unset(Scope& scope, const Expr& expr, const std::string& taker,
                  const std::string& suggestion) {
  const Culprit culprit = find_culprit(scope, expr);
  if (culprit.lack == nullptr) {
    report_result(scope, expr, taker, suggestion);
    return;
  }
  if (scope.has_gaps || scope.flow_is_broken()) return;
  const std::string name = ast::to_text(*culprit.expr);
  const std::pair<std::string, Lack> telling{name, *culprit.lack};
  if (std::find(scope.told.begin(), scope.told.end(), telling) != scope.told.end()) return;
  scope.told.push_back(telling);
  scope.findings.add(Code::not_known_to_be_set, culprit.expr->span,
                     quoted_name(name) + " is not known to be set here",
                     advice(scope, culprit, name), related_to(scope, culprit, quoted_name(name)));
}

}  // namespace alur::dsl
