// UnitBuilder: a unit under construction, and what every part of emission adds to it. Internal to
// dsl/emit: each family of constructs has its own file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dsl/ast/ast.hpp"
#include "dsl/check/symbols.hpp"
#include "dsl/finding/source.hpp"
#include "engine/program/unit.hpp"

namespace alur::dsl {

using program::Index;

class UnitBuilder {
 public:
  UnitBuilder(program::Unit& unit, const ast::App& app, const Symbols& symbols,
              const SourceFile& source)
      : unit_(unit), app_(app), symbols_(symbols), source_(source) {}

  // An address not known yet; code that jumps to it is mended when it is bound.
  class Label {
    friend class UnitBuilder;
    Index address_ = program::none;
    std::vector<std::pair<Index, bool>> uses_;  // instruction; whether in `d`
  };

  // emit_steps.cpp
  void emit_states(const ast::Flow& flow);
  // The code of a handler, an option, a rung or a silence. `after`: where it goes when it does not
  // jump; null: the question is asked again.
  Index emit_action(const ast::Action& action, Span span, program::Op otherwise, Label* after);

  // emit_question.cpp
  program::Range emit_rungs(const std::vector<ast::Rung>& rungs);
  program::Range emit_silences(const std::vector<ast::Silence>& silences);
  program::PhraseTable emit_handlers(const std::vector<ast::Handler>& handlers);

  // emit_phrases.cpp: the phrase's alternatives written out.
  void add_phrases(const ast::Phrase& phrase, Index entry, const std::vector<ast::Variable>* params,
                   program::PhraseList& list);

  // emit_text.cpp
  Index emit_text(const ast::Text& text);
  Index emit_template(const ast::Template& text);  // the same words in every language

  // Last of all: gives labels that stand after the last instruction one to stand at.
  void close();

  // What of names: the section that resting places are named in.
  void enter_section(std::string name) { section_ = std::move(name); }
  program::Place place(Span span) const;

 private:
  friend class ExpressionEmitter;
  Index code(program::Op op, Span span, Index c = 0, Index d = 0, std::uint8_t a = 0,
             std::uint16_t b = 0);
  void jump(Label& label, Span span);
  void bind(Label& label);
  void use(Label& label, Index instruction, bool in_d);
  void add_site(Index address, std::string_view verb, std::string_view noun);
  std::string unique_name(std::string name);

  void emit_steps(const std::vector<ast::Step>& steps);
  void emit_step(const ast::Step& step);
  Index emit_outside(const ast::Outside& outside);
  void emit_target(const ast::Target& target, Span span, Label* next);
  void emit_branch(const ast::Branch& branch, Span span, Label& next);
  program::Range emit_outcomes(const std::vector<ast::Outcome>& outcomes, Span span, Label& next,
                               const std::vector<OutcomeSymbol>& declared);
  void emit_run(const ast::Run& run, Span span, Label& next, bool by_handler);
  void emit_handoff(const ast::Handoff& handoff, Span span, Label& next);
  void emit_assignments(const std::vector<ast::Assignment>& assignments);
  void emit(const ast::Say& say, Span span);
  void emit(const ast::Question& question, Span span);
  void emit(const ast::Call& call, Span span);
  void emit(const ast::Run& run, Span span);
  void emit(const ast::Handoff& handoff, Span span);
  void emit(const ast::Set& set, Span span);
  void emit(const ast::If& branch, Span span);
  void emit(const ast::Match& match, Span span);
  void emit(const ast::Goto& jump, Span span);
  void emit(const ast::Wait& wait, Span span);
  void emit(const ast::Track& track, Span span);
  void emit(const ast::End& end, Span span);
  void emit(const ast::Stop& stop, Span span);

  void emit_each(const ast::Each& each, program::Question& question);
  program::Range emit_options(const std::vector<ast::Option>& options, program::Question& question,
                              Label& next);
  void add_option_phrases(const ast::Option& option, Index number, program::PhraseList& list);
  program::Ladder emit_ladder(const ast::Question& question);
  Index emit_message(const ast::Text& text, const ast::Extras& extras, Span span);

  program::Range emit_arguments(const std::vector<ast::Argument>& arguments);
  program::Range emit_fields(const std::vector<ast::Assignment>& fields);
  Index emit_expression(const ast::Expr& expr);
  Index emit_call(const ast::Expr& expr);
  Index emit_items(const ast::Expr& expr);
  Index add_constant(value::Value value);
  Index add_node(program::NodeKind kind, Index b = 0, Index c = 0, std::uint8_t a = 0,
                 std::uint16_t n = 0);
  program::Range emit_wording(const ast::Template& text);
  program::Range emit_filters(const std::vector<ast::Filter>& filters);
  program::StringRef keep(std::string_view text);
  Index import(const std::string& flow);

  program::Unit& unit_;
  const ast::App& app_;
  const Symbols& symbols_;
  const SourceFile& source_;
  std::string section_;
  std::vector<std::string> names_taken_;
  std::vector<Label> state_labels_;
  Index furthest_label_ = 0;
};

program::Scope to_scope(ast::Resolved::Use use);
// Its value, or a part of it, as dsl/check has found.
bool holds_private(const ast::Expr& expr);
// In any language: which one the citizen will have, nobody knows.
bool holds_private(const ast::Text& text);
std::string to_flow_key(std::string_view flow, std::string_view name);

}  // namespace alur::dsl
