// The walk behind check_steps.hpp, shared by check_steps.cpp and check_questions.cpp.
#pragma once

#include "dsl/check/destination.hpp"
#include "dsl/check/outcomes.hpp"
#include "dsl/check/walk.hpp"

namespace alur::dsl {

class StepCheck : public Walk<StepCheck, true> {
 public:
  explicit StepCheck(Scope& scope) : scope_(scope) {}

  using Walk::verb;

  void phrases(std::vector<ast::Phrase>& phrases);
  void assignment(ast::Assignment& assignment);
  void target(ast::Target& target);
  void text(ast::Text& text, TextUse use);
  void outside(ast::Outside& outside);
  void extras(ast::Extras& extras);
  void action(ast::Action& action);
  void verb(ast::Question& question);
  void verb(ast::Call& call);
  void verb(ast::Run& run);
  void verb(ast::Handoff& handoff);
  void verb(ast::If& choice);
  void verb(ast::Match& match);
  void verb(ast::Wait& wait);
  void verb(ast::Track& track);
  void verb(ast::End& end);

  // The last entry has to lead somewhere.
  void no_match(std::vector<ast::Rung>& rungs);
  void no_input(std::vector<ast::Silence>& silences);

 private:
  void each(ast::Each& each, const ast::Question& question);
  void option(ast::Option& option, const ast::Question& question);
  void check_into(const ast::Question& question);
  void check_reasons(const ast::Question& question);
  void check_number(ast::Expr& expr, std::string_view words);
  void check_filled(const ast::Question& question);
  void report_endless(Span span, const std::string& entry);

  Scope& scope_;
  bool in_action_ = false;  // a run or handoff here may leave outcomes to the question
};

// The variable that a question fills, or that takes an assignment.
Destination variable_destination(const Scope& scope, const ast::Name& name,
                                 const ast::Resolved& resolved);

}  // namespace alur::dsl
