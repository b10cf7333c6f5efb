#include "dsl/check/proof/control_graph.hpp"

#include <algorithm>
#include <utility>

namespace alur::dsl::proof {

using program::Instruction;
using program::none;
using program::Op;
using program::Range;
using Counters = Reasoning::Counters;

namespace {

constexpr std::size_t cases_max = 4;      // side by side at one place
constexpr std::size_t contexts_max = 16;  // of one flow

}  // namespace

ControlGraph::ControlGraph(const program::Program& program)
    : program_(program), reasoning_(program), of_unit_(program.unit_count()) {
  seed();
  walk();
}

// Where conversations begin: the start flow, phrases, and what can be said at any time. A late tap
// starts a flow that an option goes to without parameters, which is found there.
void ControlGraph::seed() {
  Context app;
  app.known.resize(program_.unit(0).code.size());
  contexts_.push_back(std::move(app));
  of_unit_[0].push_back(0);
  const Index first = start(program_.start_unit(), entry_of(0, program_.start_unit(), {}, {}));
  contexts_[first].afresh = true;
  for (Index i = 1; i < program_.unit_count(); ++i) {
    for (const program::PlainPhrase& phrase : program_.unit(i).trigger_phrases) {
      Store entry = entry_of(0, i, {}, {});
      for (const program::PhraseElement& element : phrase.elements) {
        if (!element.capture) continue;
        reasoning_.assign_any(entry, {Cell::Kind::local, element.slot, 0}, program_.unit(i));
      }
      contexts_[start(i, std::move(entry))].by_trigger = true;
    }
  }
  std::set<Index> heard;
  for (const auto& phrase : program_.app().anytime.exact()) heard.insert(phrase.entry);
  for (const auto& pattern : program_.app().anytime.patterns()) heard.insert(pattern.entry);
  for (const Index address : heard) add(0, address, {});
}

void ControlGraph::walk() {
  while (!tasks_.empty()) {
    const Task task = std::move(tasks_.front());
    tasks_.pop_front();
    visit(task);
  }
}

void ControlGraph::visit(const Task& task) {
  const Index unit_index = contexts_[task.context].unit;
  const Unit& unit = program_.unit(unit_index);
  const Instruction& step = unit.code[task.address];
  const bool quiet =
      each_quiet_step(reasoning_, unit, task.address, task.store, [&](QuietStep next) {
        mark(unit_index, task.address, next.turning, next.number);
        add(task.context, next.address, std::move(next.store));
      });
  if (quiet) return;
  switch (step.op) {
    case Op::ask:
      return ask(task);
    case Op::call:
      return branch_out(task, unit.calls[step.c].outcomes);
    case Op::handoff:
      return branch_out(task, unit.handoffs[step.c].outcomes);
    case Op::pause:
      if (step.d != none && unit.outsides[step.d].address != none) {
        add(task.context, unit.outsides[step.d].address,
            reasoning_.after_rest(unit, task.store, Counters::unknown));
      }
      return add(task.context, task.address + 1,
                 reasoning_.after_rest(unit, task.store, Counters::unknown));
    case Op::run:
      return run(task);
    case Op::leave: {
      const program::Departure& departure = unit.departures[step.c];
      const Index flow = program_.imported(unit_index, departure.import);
      Store entry = entry_of(unit_index, flow, departure.arguments, task.store);
      contexts_[start(flow, std::move(entry))].afresh = true;
      return;
    }
    case Op::end:
      return end(task);
    case Op::ask_again:
    case Op::hold:
      return ask_again(task);
    default:
      return;
  }
}

void ControlGraph::ask(const Task& task) {
  const Unit& unit = unit_of(task.context);
  const program::Question& question = unit.questions[unit.code[task.address].c];
  for (Answer& answer :
       answers_of(reasoning_, program_, contexts_[task.context].unit, question, task.store)) {
    if (answer.address == none) continue;
    if (answer.unit == 0) {
      add(0, answer.address, {});
    } else {
      add(task.context, answer.address, std::move(answer.store));
    }
  }
}

// A service or people: any of the outcomes.
void ControlGraph::branch_out(const Task& task, Range outcomes) {
  const Index unit_index = contexts_[task.context].unit;
  const Unit& unit = program_.unit(unit_index);
  if (outcomes.empty()) return ask_again(task);
  const bool people = unit.code[task.address].op == Op::handoff;
  Store store = people ? reasoning_.after_rest(unit, task.store, Counters::unknown)
                       : reasoning_.after_call(task.store);
  for (Index i = outcomes.begin; i < outcomes.end; ++i) {
    const program::Outcome& outcome = unit.outcomes[i];
    if (outcome.slot == none) continue;
    reasoning_.assign(store, Reasoning::variable(outcome.scope, outcome.slot), unit, unset_only());
  }
  for (Index i = outcomes.begin; i < outcomes.end; ++i) {
    const program::Outcome& outcome = unit.outcomes[i];
    add(task.context, outcome.address, after_outcome(unit_index, outcome, store, nullptr));
  }
}

Store ControlGraph::after_outcome(Index unit, const program::Outcome& outcome, Store store,
                                  const Possible* payload) const {
  if (outcome.slot == none) return store;
  const Cell cell = Reasoning::variable(outcome.scope, outcome.slot);
  if (payload == nullptr) {
    reasoning_.assign_any(store, cell, program_.unit(unit));
  } else {
    reasoning_.assign(store, cell, program_.unit(unit), *payload);
  }
  return store;
}

void ControlGraph::run(const Task& task) {
  const Index unit_index = contexts_[task.context].unit;
  const Unit& unit = program_.unit(unit_index);
  const program::Run& run = unit.runs[unit.code[task.address].c];
  const Index flow = program_.imported(unit_index, run.import);
  const Index callee = start(flow, entry_of(unit_index, flow, run.arguments, task.store));
  Store rest = reasoning_.after_rest(unit, task.store, Counters::unknown);
  for (Index i = run.outcomes.begin; i < run.outcomes.end; ++i) {
    const program::Outcome& outcome = unit.outcomes[i];
    if (outcome.slot == none) continue;
    reasoning_.assign(rest, Reasoning::variable(outcome.scope, outcome.slot), unit, unset_only());
  }
  if (run.by_handler) ask_again(task);  // the flow may be under way already
  Caller caller{task.context, unit_index, task.address, std::move(rest)};
  std::vector<Caller>& callers = contexts_[callee].callers;
  if (std::find(callers.begin(), callers.end(), caller) != callers.end()) return;
  callers.push_back(caller);
  for (Index i = 0; i < contexts_[callee].ended.size(); ++i) {
    if (contexts_[callee].ended[i]) give_back(caller, callee, i);
  }
}

void ControlGraph::end(const Task& task) {
  Context& context = contexts_[task.context];
  if (context.unit == 0) return;
  const Unit& unit = program_.unit(context.unit);
  const Instruction& step = unit.code[task.address];
  const Possible payload = step.c == none ? unset_only() : reasoning_.of(unit, step.c, task.store);
  std::optional<Possible>& ended = context.ended[step.b];
  if (ended && covers(*ended, payload)) return;
  const bool again = ended.has_value();
  ended = again ? join(*ended, payload) : payload;
  if (again && ended->kind == Possible::Kind::whole) ended = something();  // so that it ends
  for (std::size_t i = 0; i < context.callers.size(); ++i) {
    give_back(Caller(context.callers[i]), task.context, step.b);
  }
}

void ControlGraph::give_back(const Caller& caller, Index callee, Index ended) {
  const Unit& unit = program_.unit(caller.unit);
  const program::Run& run = unit.runs[unit.code[caller.address].c];
  const program::DeclaredOutcome& declared = unit_of(callee).outcomes_declared[ended];
  for (Index i = run.outcomes.begin; i < run.outcomes.end; ++i) {
    const program::Outcome& outcome = unit.outcomes[i];
    if (outcome.key != declared.key) continue;
    const Possible* payload = &*contexts_[callee].ended[ended];
    return add(caller.context, outcome.address,
               after_outcome(caller.unit, outcome, caller.store, payload));
  }
  ask_again({caller.context, caller.address, caller.store});
}

// The question whose handler this is, with what the handler has changed. A handler stands behind
// its question and before what follows it.
void ControlGraph::ask_again(const Task& task) {
  if (contexts_[task.context].unit == 0) return;  // where it was heard, and nothing has changed
  const Unit& unit = unit_of(task.context);
  for (Index at = 0; at < task.address; ++at) {
    const Instruction& step = unit.code[at];
    if (step.op != Op::ask || unit.questions[step.c].next <= task.address) continue;
    add(task.context, at, task.store);
  }
}

// --- what is kept

Store ControlGraph::all_unset(const Unit& unit, Index from_slot) const {
  Store entry;
  for (Index slot = from_slot; slot < unit.slots.size(); ++slot) {
    const Cell cell{Cell::Kind::local, slot, 0};
    if (reasoning_.is_relevant(unit, cell)) entry.put(cell, unset_only());
  }
  return entry;
}

Store ControlGraph::entry_of(Index from_unit, Index flow, Range arguments,
                             const Store& store) const {
  const Unit& target = program_.unit(flow);
  Store entry = all_unset(target, 0);
  for (Index i = arguments.begin; i < arguments.end; ++i) {
    const program::Argument& argument = program_.unit(from_unit).arguments[i];
    for (Index p = 0; p < target.param_count; ++p) {
      const Cell cell{Cell::Kind::local, p, 0};
      if (target.slots[p].key != argument.key || !reasoning_.is_relevant(target, cell)) continue;
      entry.put(cell, reasoning_.of(program_.unit(from_unit), argument.node, store));
    }
  }
  return entry;
}

Index ControlGraph::context_for(Index unit, const Store& entry) const {
  for (const Index known : of_unit_[unit]) {
    if (contexts_[known].entry == entry) return known;
  }
  for (const Index known : of_unit_[unit]) {
    if (covers(contexts_[known].entry, entry)) return known;
  }
  return none;
}

Index ControlGraph::start(Index flow, Store entry) {
  const Index known = context_for(flow, entry);
  if (known != none) return known;
  const Unit& unit = program_.unit(flow);
  if (of_unit_[flow].size() >= contexts_max) {
    entry = all_unset(unit, unit.param_count);  // this one stands for all further starts
  }
  Context context;
  context.unit = flow;
  context.entry = entry;
  context.known.resize(unit.code.size());
  context.ended.resize(unit.outcomes_declared.size());
  contexts_.push_back(std::move(context));
  const auto index = static_cast<Index>(contexts_.size() - 1);
  of_unit_[flow].push_back(index);
  add(index, unit.states.front().address, std::move(entry));
  return index;
}

void ControlGraph::add(Index context, Index address, Store store) {
  std::vector<Store>& known = contexts_[context].known[address];
  const auto covered = [&](const Store& each) { return covers(each, store); };
  if (std::any_of(known.begin(), known.end(), covered)) return;
  if (known.size() >= cases_max) {
    for (const Store& each : known) store = widen(each, store);
    known.clear();
    known.push_back(store);
    // A single case from here on: what comes later widens it.
    known.reserve(1);
    tasks_.push_back({context, address, std::move(store)});
    return;
  }
  known.push_back(store);
  tasks_.push_back({context, address, std::move(store)});
}

void ControlGraph::mark(Index unit, Index address, Turning turning, Index number) {
  if (turning != Turning::only) taken_.insert({unit, address, turning, number});
}

bool ControlGraph::reached(Index unit, Index address) const {
  return std::any_of(of_unit_[unit].begin(), of_unit_[unit].end(),
                     [&](Index context) { return !contexts_[context].known[address].empty(); });
}

bool ControlGraph::taken(Index unit, Index address, Turning turning, Index number) const {
  return taken_.contains({unit, address, turning, number});
}

}  // namespace alur::dsl::proof
