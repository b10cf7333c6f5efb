// The walk of the data flow: what each step makes of what is known before it. Private to
// assignment*.cpp; what it is for stands in assignment.hpp.
#pragma once

#include <vector>

#include "dsl/check/maybe_unset.hpp"

namespace alur::dsl {

class AssignmentWalk {
 public:
  AssignmentWalk(Scope& scope, const PathTable& paths);

  void flow(ast::Flow& flow);
  void app(ast::App& app);

 private:
  struct Entry {
    Facts known;
    Span first_way;
    bool is_new;  // changed since its steps were last gone through
  };
  // Where the answers of a question lead: on to the next step, or to the question again.
  struct Answers {
    Facts next;
    Facts again;
  };

  // Each takes what is known before and gives what is known after; unreachable if nothing follows.
  Facts steps(std::vector<ast::Step>& steps, Facts known);
  Facts branch(ast::Branch& branch, Facts known);
  Facts outcomes(std::vector<ast::Outcome>& outcomes, Facts known, Span where);
  Facts step(ast::Say& say, Facts known);
  Facts step(ast::Question& question, Facts known);
  Facts step(ast::Call& call, Facts known);
  Facts step(ast::Run& run, Facts known);
  Facts step(ast::Handoff& handoff, Facts known);
  Facts step(ast::Set& set, Facts known);
  Facts step(ast::If& choice, Facts known);
  Facts step(ast::Match& match, Facts known);
  Facts step(ast::Goto& jump, Facts known);
  Facts step(ast::Wait& wait, Facts known);
  Facts step(ast::Track& track, Facts known);
  Facts step(ast::End& end, Facts known);
  Facts step(ast::Stop& stop, Facts known);

  void enter(std::uint32_t state, const Facts& known, Span way);
  void go(ast::Target& target, const Facts& known);
  void go(ast::Outside& outside, const Facts& known);
  bool takes_unset(const ast::Resolved& resolved) const;
  void assign(ast::Assignment& assignment, Facts& known);

  // In assignment_question.cpp.
  void answer(ast::Question& question, const Facts& known, Answers& answers);
  void answer(ast::Option& option, const ast::Question& question, Facts known, Answers& answers);
  Facts asked_again(const ast::Action& action, Facts known);
  // `answers` is null in app.yaml, where nothing follows.
  void action(ast::Action& action, Facts known, Answers* answers, bool stays = true);

  // In assignment_reads.cpp: what an expression reads, written into it in the second round.
  void read(ast::Expr& expr, const Facts& known);
  void read(std::vector<ast::Argument>& arguments, const Facts& known);
  void read(ast::Template& words, const Facts& known);
  void read(ast::Text& text, const Facts& known);
  void read(ast::Extras& extras, const Facts& known);
  void write(ast::Expr& expr, const Facts& known);
  void write_variable(ast::Expr& expr, const VariableSymbol& symbol, const Facts& known);
  void write_field(ast::Expr& expr, const Facts& known);

  Scope& scope_;
  const PathTable& paths_;
  std::vector<Entry> entries_;  // of the states
  bool writes_ = false;
};

}  // namespace alur::dsl
