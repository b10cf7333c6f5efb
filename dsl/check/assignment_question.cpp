// Questions in the data flow. Everything that a citizen can be shown again (text, labels, values)
// is read with what is known each time the question is asked, so shared variables are forgotten
// before it, not after: what is said at any time may change them while the question stands.
#include <utility>

#include "dsl/check/assignment_walk.hpp"

namespace alur::dsl {

Facts AssignmentWalk::step(ast::Question& question, Facts known) {
  known.forget_shared(paths_, question.span);
  const bool writes = std::exchange(writes_, false);
  Answers answers{Facts::unreachable(paths_), Facts::unreachable(paths_)};
  for (bool changed = true; changed;) {
    answers = {Facts::unreachable(paths_), Facts::unreachable(paths_)};
    answer(question, known, answers);
    changed = known.meet(answers.again, question.span, question.span);
  }
  writes_ = writes;
  if (!writes_) return answers.next;
  answers = {Facts::unreachable(paths_), Facts::unreachable(paths_)};
  answer(question, known, answers);
  return answers.next;
}

void AssignmentWalk::answer(ast::Question& question, const Facts& known, Answers& answers) {
  if (!known.reachable() && !writes_) return;
  read(question.text, known);
  read(question.extras, known);
  const auto into = paths_.find(question.resolved_into);
  if (question.each) {
    ast::Each& each = *question.each;
    read(each.list, known);
    if (writes_ && each.resolved_item.use == ast::Resolved::Use::local) {
      const TypeRef list = declared_type(scope_, each.list);
      each.resolved_item.type = list ? list->element : nullptr;
      scope_.locals.at(each.resolved_item.index).type = each.resolved_item.type;
    }
    read(each.label, known);
    if (each.hint) read(*each.hint, known);
  }
  if (!question.choose || question.each) {
    Facts given = known;
    if (into) given.assign(paths_, *into);
    answers.next.meet(given, question.span, question.span);
  }
  for (ast::Option& option : question.options) answer(option, question, known, answers);
  for (ast::Handler& handler : question.hear) action(handler.action, known, &answers);
  for (ast::Rung& rung : question.no_match) {
    read(rung.text, known);
    action(rung.action, known, &answers);
  }
  for (ast::Silence& silence : question.no_input) {
    read(silence.text, known);
    action(silence.action, known, &answers);
    if (silence.outside) go(*silence.outside, known);
  }
  read(question.button, known);
}

void AssignmentWalk::answer(ast::Option& option, const ast::Question& question, Facts known,
                            Answers& answers) {
  read(option.label, known);
  read(option.hint, known);
  if (option.value) {
    read(*option.value, known);
    if (const auto into = paths_.find(question.resolved_into)) {
      if (takes_unset(question.resolved_into) &&
          may_be_unset(scope_, paths_, known, *option.value)) {
        known.lose(paths_, *into, {Lack::Kind::maybe, option.value->span});
      } else {
        known.assign(paths_, *into);
      }
    }
  }
  action(option.action, std::move(known), &answers, false);
}

// What is known where the question is asked again after an outcome that nobody handles.
Facts AssignmentWalk::asked_again(const ast::Action& action, Facts known) {
  const auto& outcomes = action.run ? action.run->outcomes : action.handoff->outcomes;
  std::size_t possible = handoff_outcomes().size();
  if (action.run) {
    const FlowSymbol* flow = find_flow(scope_, action.run->flow.name.text);
    possible = flow ? flow->outcomes.size() : outcomes.size() + 1;
  }
  if (outcomes.size() >= possible) return Facts::unreachable(paths_);
  for (const ast::Outcome& outcome : outcomes) {
    if (const auto bound = paths_.find(outcome.binding.resolved)) {
      known.lose(paths_, *bound, {Lack::Kind::call, outcome.binding.span});
    }
  }
  return known;
}

// `stays`: without a jump the question goes on standing; an option goes on to the next step.
void AssignmentWalk::action(ast::Action& action, Facts known, Answers* answers, bool stays) {
  for (ast::Assignment& each : action.set) assign(each, known);
  read(action.say, known);
  Answers nowhere{Facts::unreachable(paths_), Facts::unreachable(paths_)};
  Answers& after = answers ? *answers : nowhere;
  if (action.go_to) {
    go(*action.go_to, known);
  } else if (action.run || action.handoff) {
    const Span way = action.run ? action.run->span : action.handoff->span;
    after.again.meet(asked_again(action, known), way, way);
    known =
        action.run ? step(*action.run, std::move(known)) : step(*action.handoff, std::move(known));
    after.next.meet(known, way, way);
  } else if (!action.stop) {
    (stays ? after.again : after.next).meet(known, action.span, action.span);
  }
}

}  // namespace alur::dsl
