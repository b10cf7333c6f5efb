// The one way through a tree: every part of a flow or app.yaml in the order of the file. A check
// derives from Walk and takes over the parts that it cares about; it calls the default to go on
// inside.
#pragma once

#include <type_traits>
#include <variant>

#include "dsl/ast/ast.hpp"

namespace alur::dsl {

// What a text is for; which texts may be written once for all languages depends on it.
enum class TextUse { words, label, hint, link_label, place_name };

// Self is the deriving class; `Tree` says whether the trees are changed (ast::Flow) or not (const).
template <typename Self, bool changes>
class Walk {
 public:
  template <typename T>
  using Ref = std::conditional_t<changes, T&, const T&>;

  void flow(Ref<ast::Flow> flow) {
    for (auto& trigger : flow.triggers) self().phrases(trigger.phrases);
    for (auto& variable : flow.params) self().type(variable.type);
    for (auto& variable : flow.vars) self().type(variable.type);
    for (auto& outcome : flow.outcomes) self().declared_outcome(outcome);
    for (auto& state : flow.states) self().steps(state.steps);
  }

  void app(Ref<ast::App> app) {
    for (auto& record : app.types) variables(record.fields);
    for (auto& service : app.services) {
      variables(service.params);
      for (auto& outcome : service.outcomes) self().declared_outcome(outcome);
    }
    variables(app.contact);
    variables(app.session);
    for (auto& rung : app.no_match) self().rung(rung);
    for (auto& silence : app.no_input) self().silence(silence);
    for (auto& handler : app.anytime) self().handler(handler);
    for (auto& entry : app.texts) self().text(entry.text, TextUse::words);
    for (auto& entry : app.templates) self().text(entry.text, TextUse::words);
  }

  // The outermost of each expression.
  void expression(Ref<ast::Expr>) {}
  void type(Ref<ast::TypeExpr>) {}
  void phrases(Ref<std::vector<ast::Phrase>>) {}
  void binding(Ref<ast::Binding>) {}
  void assignment(Ref<ast::Assignment> assignment) { self().expression(assignment.value); }

  void declared_outcome(Ref<ast::OutcomeDecl> outcome) {
    if (outcome.payload) self().type(*outcome.payload);
  }
  void target(Ref<ast::Target> target) { arguments(target.arguments); }
  void filling(Ref<ast::TemplatePart> part) {
    if (part.expression) self().expression(*part.expression);
    for (auto& filter : part.filters) arguments(filter.arguments);
  }
  void words(Ref<ast::Template> words) {
    for (auto& part : words.parts) self().filling(part);
  }
  void text(Ref<ast::Text> text, TextUse) {
    for (auto& wording : text.languages) self().words(wording.text);
  }

  void steps(Ref<std::vector<ast::Step>> steps) {
    for (auto& step : steps) {
      std::visit([this](auto& verb) { self().verb(verb); }, step.verb);
    }
  }
  void branch(Ref<ast::Branch> branch) {
    if (branch.target) self().target(*branch.target);
    self().steps(branch.steps);
  }
  void outcome(Ref<ast::Outcome> outcome) {
    self().binding(outcome.binding);
    self().branch(outcome.branch);
  }
  void action(Ref<ast::Action> action) {
    assignments(action.set);
    self().text(action.say, TextUse::words);
    if (action.go_to) self().target(*action.go_to);
    if (action.run) self().verb(*action.run);
    if (action.handoff) self().verb(*action.handoff);
  }
  void handler(Ref<ast::Handler> handler) {
    self().phrases(handler.phrases);
    self().action(handler.action);
  }
  void rung(Ref<ast::Rung> rung) {
    self().text(rung.text, TextUse::words);
    self().action(rung.action);
  }
  void silence(Ref<ast::Silence> silence) {
    self().text(silence.text, TextUse::words);
    self().action(silence.action);
    if (silence.outside) self().outside(*silence.outside);
  }
  void outside(Ref<ast::Outside> outside) {
    if (outside.target) self().target(*outside.target);
  }
  void extras(Ref<ast::Extras> extras) {
    if (extras.image) self().words(*extras.image);
    if (extras.document) self().words(*extras.document);
    if (extras.location) {
      self().expression(extras.location->latitude);
      self().expression(extras.location->longitude);
      self().text(extras.location->name, TextUse::place_name);
      self().text(extras.location->address, TextUse::place_name);
    }
    if (extras.link) {
      self().text(extras.link->label, TextUse::link_label);
      self().words(extras.link->url);
    }
  }
  void each(Ref<ast::Each> each) {
    self().expression(each.list);
    self().words(each.label);
    if (each.hint) self().words(*each.hint);
  }
  void option(Ref<ast::Option> option) {
    self().text(option.label, TextUse::label);
    self().text(option.hint, TextUse::hint);
    self().phrases(option.hear);
    if (option.value) self().expression(*option.value);
    self().action(option.action);
  }

  void verb(Ref<ast::Say> say) {
    self().text(say.text, TextUse::words);
    self().extras(say.extras);
  }
  void verb(Ref<ast::Question> question) {
    self().text(question.text, TextUse::words);
    self().extras(question.extras);
    if (question.each) self().each(*question.each);
    for (auto& option : question.options) self().option(option);
    for (auto& handler : question.hear) self().handler(handler);
    for (auto& rung : question.no_match) self().rung(rung);
    for (auto& silence : question.no_input) self().silence(silence);
    self().text(question.button, TextUse::label);
  }
  void verb(Ref<ast::Call> call) {
    arguments(call.call.arguments);
    outcomes(call.outcomes);
  }
  void verb(Ref<ast::Run> run) {
    self().target(run.flow);
    outcomes(run.outcomes);
  }
  void verb(Ref<ast::Handoff> handoff) {
    self().text(handoff.summary, TextUse::words);
    for (auto& field : handoff.fields) self().expression(field.value);
    self().phrases(handoff.leave);
    outcomes(handoff.outcomes);
  }
  void verb(Ref<ast::Set> set) { assignments(set.assignments); }
  void verb(Ref<ast::If> branches) {
    self().expression(branches.condition);
    self().branch(branches.then);
    if (branches.otherwise) self().branch(*branches.otherwise);
  }
  void verb(Ref<ast::Match> match) {
    self().expression(match.subject);
    for (auto& entry : match.cases) self().branch(entry.branch);
  }
  void verb(Ref<ast::Goto> jump) { self().target(jump.target); }
  void verb(Ref<ast::Wait> wait) {
    self().expression(wait.duration);
    if (wait.outside) self().outside(*wait.outside);
  }
  void verb(Ref<ast::Track> track) {
    for (auto& field : track.fields) self().expression(field.value);
  }
  void verb(Ref<ast::End> end) {
    if (end.payload) self().expression(*end.payload);
  }
  void verb(Ref<ast::Stop>) {}

 protected:
  Self& self() { return static_cast<Self&>(*this); }

  void arguments(Ref<std::vector<ast::Argument>> arguments) {
    for (auto& argument : arguments) self().expression(argument.value);
  }
  void outcomes(Ref<std::vector<ast::Outcome>> outcomes) {
    for (auto& outcome : outcomes) self().outcome(outcome);
  }
  void assignments(Ref<std::vector<ast::Assignment>> assignments) {
    for (auto& assignment : assignments) self().assignment(assignment);
  }
  void variables(Ref<std::vector<ast::Variable>> variables) {
    for (auto& variable : variables) self().type(variable.type);
  }
};

}  // namespace alur::dsl
