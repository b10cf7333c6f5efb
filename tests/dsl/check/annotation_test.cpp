// What dsl/emit relies on: after a check without errors every expression has its type and every
// name its meaning.
#include <gtest/gtest.h>

#include "dsl/ast/print.hpp"
#include "dsl/check/walk.hpp"
#include "tests/dsl/check/app_text.hpp"

namespace alur::dsl {
namespace {

using Use = ast::Resolved::Use;

// Every expression with its type, in file order; what is not annotated shows as `?`.
class Listing : public Walk<Listing, false> {
 public:
  using Walk::verb;
  std::string out;

  void expression(const ast::Expr& expr) {
    const bool is_hours = expr.resolved.use == Use::hours;
    out += ast::to_text(expr) + ": ";
    out += is_hours ? "hours" : expr.resolved.type ? expr.resolved.type->to_text() : "?";
    if (expr.resolved.use == Use::local) out += " local " + std::to_string(expr.resolved.index);
    if (expr.resolved.use == Use::contact) out += " contact " + std::to_string(expr.resolved.index);
    if (expr.resolved.use == Use::function) {
      out += " function " + std::to_string(expr.resolved.index);
    }
    if (expr.resolved.use == Use::member) out += " member";
    out += '\n';
    if (expr.resolved.use == Use::contact || expr.resolved.use == Use::session) return;
    for (const ast::Expr& operand : expr.operands) expression(operand);
    for (const ast::Argument& argument : expr.arguments) expression(argument.value);
  }
  void target(const ast::Target& target) {
    EXPECT_NE(target.kind, ast::Target::Kind::unresolved) << target.name.text;
    Walk::target(target);
  }
  void verb(const ast::Question& question) {
    if (question.resolved_into.type) out += "into " + question.resolved_into.type->to_text() + '\n';
    if (question.each) {
      out += "item " + std::to_string(question.each->resolved_item.index) + ' ' +
             question.each->resolved_item.type->to_text() + '\n';
    }
    Walk::verb(question);
  }
};

constexpr std::string_view vars = R"(
  company: institution
  others: list of institution (1..3)
  count: integer(0..5)
  day: date?
)";

constexpr std::string_view states = R"(
  start:
    - call: registry.lookup(name = contact.name or "abc")
      outcomes:
        licensed(company): tell
        near(others): which
        not_found: over
        unavailable: over
  which:
    - choose: Which?
      each: other in others
      label: "{other.name}"
      into: company
    - goto: tell
  tell:
    - set:
        count: min(length(company.name), 5)
        day: workday_after(today(), 3, office)
        language: en
    - if: company.standing in (full, restricted) and not day is unset
      then:
        - say: "{company.licence or \"-\"} {day | date} {count / 2 + 0.5}"
    - goto: over
  over:
    - end: done
)";

constexpr std::string_view expected = R"(contact.name or "abc": private text(2..80)
contact.name: private text(2..80)? contact 0
"abc": text(3..3)
into institution
item 4 institution
others: list of institution (1..3) local 1
other.name: text(1..80)
other: institution local 4
min(length(company.name), 5): integer(1..5) function 8
length(company.name): integer(1..80) function 11
company.name: text(1..80)
company: institution local 0
5: integer(5..5)
workday_after(today(), 3, office): date? function 4
today(): date function 1
3: integer(3..3)
office: hours
en: one of en member
company.standing in (full, restricted) and not day is unset: bool
company.standing in (full, restricted): bool
company.standing: one of full, restricted, candidate
company: institution local 0
(full, restricted): list of one of full, restricted, candidate (2..2)
full: one of full member
restricted: one of restricted member
not day is unset: bool
day is unset: bool
day: date? local 3
company.licence or "-": text(1..40)
company.licence: text(1..40)?
company: institution local 0
"-": text(1..1)
day: date local 3
count / 2 + 0.5: number
count / 2: number
count: integer(0..5) local 2
2: integer(2..2)
0.5: number
)";

TEST(Annotation, EveryExpressionHasItsType) {
  const std::vector<SourceText> files = app_with(vars, states);
  ASSERT_EQ(findings_of(files), "");
  const CheckedApp checked = check_sources(files);
  Listing listing;
  for (const ast::State& state : checked.flows.front().states) listing.steps(state.steps);
  EXPECT_EQ(listing.out, expected);
}

TEST(Annotation, LocalsAreParametersVarsAndItems) {
  const CheckedApp checked = check_sources(app_with(vars, states));
  std::string names;
  for (const VariableSymbol& local : checked.locals.front()) names += local.name + ' ';
  EXPECT_EQ(names, "company others count day other ");
  EXPECT_EQ(checked.locals.front().back().type->to_text(), "institution");
}

TEST(Annotation, TargetsSayWhereTheyLead) {
  const CheckedApp checked = check_sources(app_with("", R"(
  start:
    - choose: Where?
      options:
        - label: There
          goto: there
        - label: Elsewhere
          goto: other
    - end: done
  there:
    - end: done
)"));
  const auto& question =
      std::get<ast::Question>(checked.flows.front().states.front().steps.front().verb);
  EXPECT_EQ(question.options[0].action.go_to->kind, ast::Target::Kind::state);
  EXPECT_EQ(question.options[0].action.go_to->state_index, 1u);
  EXPECT_EQ(question.options[1].action.go_to->kind, ast::Target::Kind::flow);
}

}  // namespace
}  // namespace alur::dsl
