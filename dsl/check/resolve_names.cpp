// One walk in file order. A flow's variables are all visible everywhere in it, so no order of
// declarations matters; only the item of an `each` has a scope, its label and hint, which is the
// time that it is visible here.
#include "dsl/check/resolve_names.hpp"

#include <utility>

#include "dsl/check/targets.hpp"
#include "dsl/check/walk.hpp"
#include "dsl/finding/near_miss.hpp"

namespace alur::dsl {
namespace {

using ast::Expr;
using ast::ExprKind;
using ast::Resolved;
using Use = ast::Resolved::Use;

class NameWalk : public Walk<NameWalk, true> {
 public:
  NameWalk(Scope& scope, PathTable& paths) : scope_(scope), paths_(paths) {}

  using Walk::verb;

  void expression(Expr& expr);
  void assignment(ast::Assignment& assignment);
  void binding(ast::Binding& binding);
  void each(ast::Each& each);
  void action(ast::Action& action);
  void branch(ast::Branch& branch);
  void outside(ast::Outside& outside);
  void verb(ast::Question& question);
  void verb(ast::Call& call);
  void verb(ast::Run& run);
  void verb(ast::Handoff& handoff);
  void verb(ast::Match& match);
  void verb(ast::Goto& jump);

 private:
  bool resolve_word(std::string_view word, Resolved& resolved) const;
  bool resolve_shared(std::string_view scope_word, std::string_view name, Resolved& resolved) const;
  bool resolve_dotted(std::string_view name, Resolved& resolved) const;
  void resolve_kept(const ast::Name& name, Resolved& resolved);
  void report_kept(const ast::Name& name);

  Scope& scope_;
  PathTable& paths_;
  std::string_view item_;  // of the `each` that surrounds this place
  std::uint32_t item_index_ = 0;
};

bool NameWalk::resolve_word(std::string_view word, Resolved& resolved) const {
  if (!item_.empty() && word == item_) {
    resolved = {Use::local, item_index_, nullptr};
    return true;
  }
  if (word == "language" || word == "channel") {
    const bool language = word == "language";
    resolved = {language ? Use::language : Use::channel, 0,
                language ? scope_.symbols.language_type : scope_.symbols.channel_type};
    return true;
  }
  const auto local = find_local(scope_, word);
  if (local) resolved = {Use::local, *local, nullptr};
  return local.has_value();
}

bool NameWalk::resolve_shared(std::string_view scope_word, std::string_view name,
                              Resolved& resolved) const {
  const bool contact = scope_word == "contact";
  if (!contact && scope_word != "session") return false;
  const auto& variables = contact ? scope_.symbols.contact : scope_.symbols.session;
  const auto found = find_variable(variables, name);
  if (found) resolved = {contact ? Use::contact : Use::session, *found, nullptr};
  return found.has_value();
}

// A tree may be checked again after the app around it has changed: nothing of before stays.
void NameWalk::expression(Expr& expr) {
  expr.resolved = {};
  if (expr.kind == ExprKind::name) {
    resolve_word(expr.name.text, expr.resolved);
    return;
  }
  if (expr.kind == ExprKind::field && expr.operands.front().kind == ExprKind::name &&
      resolve_shared(expr.operands.front().name.text, expr.name.text, expr.resolved)) {
    return;
  }
  for (Expr& operand : expr.operands) expression(operand);
  for (ast::Argument& argument : expr.arguments) expression(argument.value);
  if (expr.kind == ExprKind::is_set || expr.kind == ExprKind::is_unset) {
    paths_.add(expr.operands.front());
  }
}

// A variable that takes a value: it is the author's own or a shared one.
bool NameWalk::resolve_dotted(std::string_view name, Resolved& resolved) const {
  const std::size_t dot = name.find('.');
  if (dot != std::string_view::npos) {
    return resolve_shared(name.substr(0, dot), name.substr(dot + 1), resolved);
  }
  const auto local = find_local(scope_, name);
  if (local) resolved = {Use::local, *local, nullptr};
  return local.has_value();
}

void NameWalk::resolve_kept(const ast::Name& name, Resolved& resolved) {
  resolved = {};
  if (name.empty()) return;
  if (!resolve_dotted(name.text, resolved)) {
    report_kept(name);
    return;
  }
  resolved.type = variable(scope_, resolved)->type;
}

void NameWalk::report_kept(const ast::Name& name) {
  scope_.has_gaps = true;
  const std::size_t dot = name.text.find('.');
  const std::string_view first = std::string_view(name.text).substr(0, dot);
  const bool shared = dot != std::string::npos && (first == "contact" || first == "session");
  if (shared ? scope_.app_is_broken() : scope_.flow_is_broken()) return;
  if (name.text == "language" || name.text == "channel" || name.text == item_) {
    scope_.findings.add(Code::unknown_variable, name.span,
                        quoted_name(name.text) + " is not a variable that can take a value here");
    return;
  }
  std::vector<std::string> candidates;
  for (std::uint32_t i = 0; i < scope_.own_count; ++i) candidates.push_back(scope_.locals[i].name);
  for (const auto& symbol : scope_.symbols.contact) candidates.push_back("contact." + symbol.name);
  for (const auto& symbol : scope_.symbols.session) candidates.push_back("session." + symbol.name);
  const std::vector<std::string_view> views(candidates.begin(), candidates.end());
  if (shared) {
    report_unknown(scope_, Code::unknown_variable, name,
                   "app.yaml declares no " + quoted_name(name.text), views);
  } else if (!is_undeclared(scope_, name.text)) {
    report_unknown(scope_, Code::unknown_variable, name,
                   "no variable is called " + quoted_name(name.text), views, {},
                   "declare it under `vars`");
    if (!near_miss(name.text, views)) scope_.undeclared.push_back(name.text);
  }
}

void NameWalk::assignment(ast::Assignment& assignment) {
  if (assignment.target.text == "language") {
    assignment.resolved = {Use::language, 0, scope_.symbols.language_type};
  } else {
    resolve_kept(assignment.target, assignment.resolved);
  }
  expression(assignment.value);
}

void NameWalk::binding(ast::Binding& binding) {
  resolve_kept(binding.variable, binding.resolved);
}

void NameWalk::each(ast::Each& each) {
  expression(each.list);
  if (!each.item.empty()) {
    item_index_ = static_cast<std::uint32_t>(scope_.locals.size());
    item_ = each.item.text;
    scope_.locals.push_back({each.item.text, nullptr, each.item.span});
    each.resolved_item = {Use::local, item_index_, nullptr};
    if (const auto hidden = find_local(scope_, item_)) {
      scope_.findings.add(Code::shadowed_name, each.item.span,
                          "the flow already has a variable " + quoted_name(item_) +
                              ", so this item needs another name",
                          {}, {{scope_.locals[*hidden].span, "the variable is declared here"}});
    }
  }
  words(each.label);
  if (each.hint) words(*each.hint);
  item_ = {};
}

void NameWalk::action(ast::Action& action) {
  if (action.go_to) resolve_target(scope_, *action.go_to, NextWord::refused);
  Walk::action(action);
}

void NameWalk::branch(ast::Branch& branch) {
  scope_.has_gaps |= branch.broken;
  if (branch.target) resolve_target(scope_, *branch.target, NextWord::allowed);
  Walk::branch(branch);
}

void NameWalk::outside(ast::Outside& outside) {
  if (outside.target) resolve_target(scope_, *outside.target, NextWord::refused);
  Walk::outside(outside);
}

void NameWalk::verb(ast::Question& question) {
  scope_.has_gaps |= question.broken || (!question.choose && question.into.empty());
  resolve_kept(question.into, question.resolved_into);
  Walk::verb(question);
}

void NameWalk::verb(ast::Call& call) {
  scope_.has_gaps |= call.broken;
  Walk::verb(call);
}

void NameWalk::verb(ast::Run& run) {
  scope_.has_gaps |= run.broken;
  resolve_run(scope_, run.flow);
  Walk::verb(run);
}

void NameWalk::verb(ast::Handoff& handoff) {
  scope_.has_gaps |= handoff.broken;
  Walk::verb(handoff);
}

void NameWalk::verb(ast::Match& match) {
  scope_.has_gaps |= match.broken;
  Walk::verb(match);
}

void NameWalk::verb(ast::Goto& jump) {
  resolve_target(scope_, jump.target, NextWord::refused);
  Walk::verb(jump);
}

}  // namespace

void resolve_names(Scope& scope, PathTable& paths, ast::Flow& flow) {
  for (const ast::State& state : flow.states) scope.has_gaps |= state.broken;
  NameWalk(scope, paths).flow(flow);
}

void resolve_names(Scope& scope, PathTable& paths, ast::App& app) {
  NameWalk(scope, paths).app(app);
}

}  // namespace alur::dsl
