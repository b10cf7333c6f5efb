// States and steps -> instructions. A branch is code in place; where it goes on is a label.
#include <algorithm>

#include "dsl/emit/unit_builder.hpp"

namespace alur::dsl {

using program::Op;
using program::Range;

namespace {

template <class List, class Name>
Index position_of(const List& list, const Name& name) {
  const auto found = std::find_if(list.begin(), list.end(),
                                  [&](const auto& entry) { return entry.name.text == name; });
  return static_cast<Index>(found - list.begin());
}

}  // namespace

void UnitBuilder::emit_states(const ast::Flow& flow) {
  state_labels_.resize(flow.states.size());
  for (std::size_t i = 0; i < flow.states.size(); ++i) {
    const ast::State& state = flow.states[i];
    enter_section(state.name.text);
    bind(state_labels_[i]);
    const Index address = code(Op::enter, state.name.span, static_cast<Index>(i));
    unit_.states.push_back(
        {state.name.text, value::name_key(state.name.text), address, place(state.name.span)});
    emit_steps(state.steps);
  }
}

void UnitBuilder::emit_steps(const std::vector<ast::Step>& steps) {
  for (const ast::Step& step : steps) emit_step(step);
}

void UnitBuilder::emit_step(const ast::Step& step) {
  std::visit([&](const auto& verb) { emit(verb, step.span); }, step.verb);
}

// --- where it goes

void UnitBuilder::emit_target(const ast::Target& target, Span span, Label* next) {
  switch (target.kind) {
    case ast::Target::Kind::state:
      return jump(state_labels_[target.state_index], span);
    case ast::Target::Kind::flow: {
      const Range arguments = emit_arguments(target.arguments);
      unit_.departures.push_back({import(target.name.text), arguments});
      code(Op::leave, span, static_cast<Index>(unit_.departures.size() - 1));
      return;
    }
    default:
      if (next) {
        jump(*next, span);
      } else {
        code(Op::ask_again, span);
      }
  }
}

void UnitBuilder::emit_branch(const ast::Branch& branch, Span span, Label& next) {
  if (branch.target) return emit_target(*branch.target, branch.target->span, &next);
  emit_steps(branch.steps);
  jump(next, span);
}

// The stubs of the outcomes, in the order in which they are declared.
Range UnitBuilder::emit_outcomes(const std::vector<ast::Outcome>& outcomes, Span, Label& next,
                                 const std::vector<OutcomeSymbol>& declared) {
  std::vector<program::Outcome> emitted;
  for (const ast::Outcome& outcome : outcomes) {
    program::Outcome entry;
    entry.name = outcome.binding.outcome.text;
    entry.key = value::name_key(entry.name);
    if (!outcome.binding.variable.empty()) {
      entry.slot = outcome.binding.resolved.index;
      entry.scope = to_scope(outcome.binding.resolved.use);
    }
    entry.address = static_cast<Index>(unit_.code.size());
    emit_branch(outcome.branch, outcome.binding.span, next);
    emitted.push_back(std::move(entry));
  }
  const auto rank = [&](const program::Outcome& outcome) {
    return std::find_if(declared.begin(), declared.end(),
                        [&](const OutcomeSymbol& symbol) { return symbol.name == outcome.name; });
  };
  std::stable_sort(emitted.begin(), emitted.end(),
                   [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  const auto first = static_cast<Index>(unit_.outcomes.size());
  unit_.outcomes.insert(unit_.outcomes.end(), emitted.begin(), emitted.end());
  return {first, static_cast<Index>(unit_.outcomes.size())};
}

// --- calls of all kinds

void UnitBuilder::emit(const ast::Call& call, Span span) {
  const ServiceSymbol& service = symbols_.services.find(call.call.service.text)->second;
  const auto index = static_cast<Index>(unit_.calls.size());
  unit_.calls.emplace_back();
  const Range arguments = emit_arguments(call.call.arguments);
  add_site(code(Op::call, span, index), "call", call.call.service.text);
  Label next;
  const Range outcomes = emit_outcomes(call.outcomes, span, next, service.outcomes);
  bind(next);
  unit_.calls[index] = {position_of(app_.services, call.call.service.text), arguments, outcomes,
                        place(span)};
}

void UnitBuilder::emit_run(const ast::Run& run, Span span, Label& next, bool by_handler) {
  const auto index = static_cast<Index>(unit_.runs.size());
  unit_.runs.emplace_back();
  const Range arguments = emit_arguments(run.flow.arguments);
  const std::string& flow = run.flow.name.text;
  add_site(code(Op::run, span, index), "run", flow);
  const Range outcomes =
      emit_outcomes(run.outcomes, span, next, symbols_.flows.find(flow)->second.outcomes);
  program::Run& emitted = unit_.runs[index];
  emitted.import = import(flow);
  emitted.arguments = arguments;
  emitted.outcomes = outcomes;
  emitted.by_handler = by_handler;
  emitted.place = place(span);
}

void UnitBuilder::emit(const ast::Run& run, Span span) {
  Label next;
  emit_run(run, span, next, false);
  bind(next);
}

void UnitBuilder::emit_handoff(const ast::Handoff& handoff, Span span, Label& next) {
  const auto index = static_cast<Index>(unit_.handoffs.size());
  unit_.handoffs.emplace_back();
  const Index summary = emit_text(handoff.summary);
  const Range fields = emit_fields(handoff.fields);
  add_site(code(Op::handoff, span, index), "handoff", handoff.queue.text);
  const Range outcomes = emit_outcomes(handoff.outcomes, span, next, handoff_outcomes());
  program::PhraseList leave;
  for (const ast::Phrase& phrase : handoff.leave) add_phrases(phrase, 0, nullptr, leave);
  program::Handoff& emitted = unit_.handoffs[index];
  emitted.queue = position_of(app_.queues, handoff.queue.text);
  emitted.summary = summary;
  emitted.summary_is_private = holds_private(handoff.summary);
  emitted.fields = fields;
  emitted.outcomes = outcomes;
  emitted.leave = program::PhraseTable(leave);
  emitted.place = place(span);
}

void UnitBuilder::emit(const ast::Handoff& handoff, Span span) {
  Label next;
  emit_handoff(handoff, span, next);
  bind(next);
}

// --- the other verbs

void UnitBuilder::emit(const ast::Say& say, Span span) {
  code(Op::say, span, emit_message(say.text, say.extras, span));
}

void UnitBuilder::emit_assignments(const std::vector<ast::Assignment>& assignments) {
  for (const ast::Assignment& assignment : assignments) {
    const Index node = emit_expression(assignment.value);
    code(Op::set, assignment.target.span, node, 0,
         static_cast<std::uint8_t>(to_scope(assignment.resolved.use)),
         static_cast<std::uint16_t>(assignment.resolved.index));
  }
}

void UnitBuilder::emit(const ast::Set& set, Span) {
  emit_assignments(set.assignments);
}

void UnitBuilder::emit(const ast::If& branch, Span span) {
  Label otherwise, next;
  const Index condition = emit_expression(branch.condition);
  use(otherwise, code(Op::jump_unless, span, condition), true);
  emit_branch(branch.then, span, next);
  bind(otherwise);
  if (branch.otherwise) emit_branch(*branch.otherwise, span, next);
  bind(next);
}

void UnitBuilder::emit(const ast::Match& match, Span span) {
  program::Match emitted;
  emitted.node = emit_expression(match.subject);
  const auto index = static_cast<Index>(unit_.matches.size());
  unit_.matches.emplace_back();
  code(Op::match, span, index);
  const bool truths =
      match.subject.resolved.type && match.subject.resolved.type->kind == value::TypeKind::boolean;
  std::vector<program::MatchCase> cases;
  Label next;
  for (const ast::Case& entry : match.cases) {
    const auto address = static_cast<Index>(unit_.code.size());
    if (entry.members.empty()) emitted.otherwise = address;
    for (const ast::Name& member : entry.members) {
      cases.push_back(
          {truths ? value::Value(member.text == "true") : value::Value::choice(member.text),
           address});
    }
    emit_branch(entry.branch, entry.span, next);
  }
  bind(next);
  emitted.cases.begin = static_cast<Index>(unit_.cases.size());
  unit_.cases.insert(unit_.cases.end(), cases.begin(), cases.end());
  emitted.cases.end = static_cast<Index>(unit_.cases.size());
  unit_.matches[index] = emitted;
}

void UnitBuilder::emit(const ast::Goto& jump_step, Span span) {
  if (!jump_step.at_most) return emit_target(jump_step.target, span, nullptr);
  const std::string name = unique_name("#" + section_);
  unit_.slots.push_back({name, value::name_key(name), nullptr});
  const auto counter = static_cast<std::uint16_t>(unit_.slots.size() - 1);
  Label within, next;
  const Index bound = code(Op::bound, span, static_cast<Index>(*jump_step.at_most), 0, 0, counter);
  use(within, bound, true);
  jump(next, span);
  bind(within);
  emit_target(jump_step.target, span, nullptr);
  bind(next);
}

void UnitBuilder::emit(const ast::Wait& wait, Span span) {
  const Index duration = emit_expression(wait.duration);
  const Index pause = code(Op::pause, span, duration, program::none);
  add_site(pause, "wait", "");
  if (!wait.outside) return;
  Label next;
  if (wait.outside->target) jump(next, span);
  const Index outside = emit_outside(*wait.outside);
  unit_.code[pause].d = outside;
  bind(next);
}

// Code that nothing falls into stands here.
Index UnitBuilder::emit_outside(const ast::Outside& outside) {
  program::Outside entry;
  entry.place = place(outside.span);
  if (outside.target) {
    entry.address = static_cast<Index>(unit_.code.size());
    emit_target(*outside.target, outside.span, nullptr);
  } else {
    entry.template_index = position_of(app_.templates, outside.template_name.text);
  }
  unit_.outsides.push_back(entry);
  return static_cast<Index>(unit_.outsides.size() - 1);
}

void UnitBuilder::emit(const ast::Track& track, Span span) {
  const Range fields = emit_fields(track.fields);
  unit_.tracks.push_back({track.event.text, fields, place(span)});
  code(Op::track, span, static_cast<Index>(unit_.tracks.size() - 1));
}

void UnitBuilder::emit(const ast::End& end, Span span) {
  Index outcome = 0;
  while (outcome + 1 < unit_.outcomes_declared.size() &&
         unit_.outcomes_declared[outcome].name != end.outcome.text) {
    ++outcome;
  }
  const Index payload = end.payload ? emit_expression(*end.payload) : program::none;
  code(Op::end, span, payload, 0, 0, static_cast<std::uint16_t>(outcome));
}

void UnitBuilder::emit(const ast::Stop&, Span span) {
  code(Op::stop, span);
}

}  // namespace alur::dsl
