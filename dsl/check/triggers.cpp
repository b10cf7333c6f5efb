// What a phrase surely captures: everything in a row of parts, nothing of what may be absent, and
// of alternatives only what each of them captures.
#include "dsl/check/triggers.hpp"

#include <algorithm>
#include <utility>

#include "dsl/check/type_rules.hpp"

namespace alur::dsl {
namespace {

using ast::PhrasePart;
using Names = std::vector<std::string_view>;

bool holds(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

Names surely_captured(const std::vector<PhrasePart>& parts);

Names captured_by_all(const std::vector<std::vector<PhrasePart>>& branches) {
  Names common;
  for (std::size_t i = 0; i < branches.size(); ++i) {
    const Names names = surely_captured(branches[i]);
    if (i == 0) common = names;
    std::erase_if(common, [&names](std::string_view name) { return !holds(names, name); });
  }
  return common;
}

Names surely_captured(const std::vector<PhrasePart>& parts) {
  Names names;
  for (const PhrasePart& part : parts) {
    if (part.kind == PhrasePart::Kind::capture) names.push_back(part.capture.text);
    if (part.kind != PhrasePart::Kind::one_of) continue;
    for (const std::string_view name : captured_by_all(part.branches)) names.push_back(name);
  }
  return names;
}

bool can_be_captured(const Type& type) {
  switch (type.kind) {
    case TypeKind::record:
    case TypeKind::list:
    case TypeKind::image:
    case TypeKind::document:
    case TypeKind::location:
      return false;
    default:
      return true;
  }
}

// False for a name that is no parameter.
bool check_capture(Scope& scope, const PhrasePart& part) {
  const auto& params = scope.declared->params;
  const auto found = find_variable(params, part.capture.text);
  if (!found) {
    if (scope.flow_is_broken() || part.capture.empty()) return false;
    report_unknown(scope, Code::unknown_capture, part.capture,
                   "this flow has no parameter " + quoted_name(part.capture.text) +
                       " to take this part of the message",
                   names_of(params));
    return false;
  }
  const VariableSymbol& param = params[*found];
  if (!param.type || can_be_captured(*param.type)) return true;
  scope.findings.add(Code::cannot_be_typed, part.capture.span,
                     quoted_name(param.name) + " is " + quoted_name(bare_name(*param.type)) +
                         ", which nobody can type",
                     {}, {{param.span, quoted_name(param.name) + " is declared here"}});
  return true;
}

bool check_captures(Scope& scope, const std::vector<PhrasePart>& parts) {
  bool all_known = true;
  for (const PhrasePart& part : parts) {
    if (part.kind == PhrasePart::Kind::capture) all_known &= check_capture(scope, part);
    for (const auto& branch : part.branches) all_known &= check_captures(scope, branch);
  }
  return all_known;
}

void check_required(Scope& scope, const ast::Phrase& phrase) {
  const Names captured = surely_captured(phrase.parts);
  Names missing;
  std::vector<Related> related;
  for (const VariableSymbol& param : scope.declared->params) {
    if (!param.type || param.type->optional || holds(captured, param.name)) continue;
    missing.push_back(param.name);
    related.push_back({param.span, quoted_name(param.name) + " is declared here"});
  }
  if (missing.empty()) return;
  scope.findings.add(Code::not_captured, phrase.span,
                     "the flow needs " + listed(missing) + ", and this phrase may start it without",
                     "write `{" + std::string(missing.front()) +
                         "}` into the phrase, or end its "
                         "type with `?`",
                     std::move(related));
}

}  // namespace

void check_triggers(Scope& scope, const ast::Flow& flow) {
  if (scope.declared == nullptr) return;
  for (const ast::Trigger& trigger : flow.triggers) {
    for (const ast::Phrase& phrase : trigger.phrases) {
      if (check_captures(scope, phrase.parts)) check_required(scope, phrase);
    }
  }
}

}  // namespace alur::dsl
