// Mutator: the walk through a checked tree on which every operator says what it could change, and
// on which one change is made. Both walks pass the same places in the same order, so that a place
// is known by its number.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "dsl/check/symbols.hpp"
#include "dsl/check/walk.hpp"
#include "tools/mutate/mutation.hpp"

namespace alur::tools {

using OperatorSet = std::set<Operator>;

class Mutator : public dsl::Walk<Mutator, true> {
 public:
  // `wanted`: the number of the place to change; none: only lists them.
  Mutator(const dsl::ast::App& app, const OperatorSet& operators, std::optional<std::size_t> wanted)
      : app_(app), operators_(operators), wanted_(wanted) {}

  void change(dsl::ast::Flow& flow, std::size_t index);
  void change(dsl::ast::App& app);

  const std::vector<Mutation>& found() const { return found_; }

  // --- the parts of the walk that can be changed

  using Walk::verb;
  void steps(std::vector<dsl::ast::Step>& steps);
  void expression(dsl::ast::Expr& expression);
  void phrases(std::vector<dsl::ast::Phrase>& phrases);
  void assignment(dsl::ast::Assignment& assignment);
  void target(dsl::ast::Target& target);
  void filling(dsl::ast::TemplatePart& part);
  void text(dsl::ast::Text& text, dsl::TextUse use);
  void action(dsl::ast::Action& action);
  void rung(dsl::ast::Rung& rung);
  void silence(dsl::ast::Silence& silence);
  void option(dsl::ast::Option& option);
  void verb(dsl::ast::Question& question);
  void verb(dsl::ast::Call& call);
  void verb(dsl::ast::Run& run);
  void verb(dsl::ast::Handoff& handoff);
  void verb(dsl::ast::Set& set);
  void verb(dsl::ast::If& branches);
  void verb(dsl::ast::Match& match);
  void verb(dsl::ast::Goto& jump);
  void verb(dsl::ast::Track& track);
  void verb(dsl::ast::End& end);

 private:
  // Whether this is the place to change.
  bool here(Operator op, dsl::Span span, std::string detail = {});

  bool leave_out(std::vector<dsl::ast::Step>& steps, std::size_t at);
  bool go_at_once(Operator op, std::vector<dsl::ast::Step>& steps, std::size_t at,
                  std::vector<dsl::ast::Outcome>& outcomes, std::string_view outcome);
  void guard(dsl::ast::Expr& condition);
  void condition(dsl::ast::Expr& condition);
  void comparison(dsl::ast::Expr& expression);
  void number(dsl::ast::Expr& expression);
  void pattern(dsl::ast::Expr& call);
  void name(dsl::ast::Expr& name);
  void field(dsl::ast::Expr& field);
  void outcomes_of(std::vector<dsl::ast::Outcome>& outcomes);
  void neighbours(std::vector<dsl::ast::Option>& options);
  void retries(std::vector<dsl::ast::Rung>& rungs);
  void timeouts(std::vector<dsl::ast::Silence>& silences);
  void assignments_of(std::vector<dsl::ast::Assignment>& assignments);
  void bounds(dsl::ast::TypeExpr& type);
  void hours(dsl::ast::HoursExpr& hours);

  const dsl::ast::App& app_;
  const OperatorSet& operators_;
  std::optional<std::size_t> wanted_;
  std::vector<Mutation> found_;
  const dsl::ast::Flow* flow_ = nullptr;
  std::size_t flow_index_ = Mutation::none;
  std::size_t state_ = Mutation::none;
};

}  // namespace alur::tools
