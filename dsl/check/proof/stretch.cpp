#include "dsl/check/proof/stretch.hpp"

#include "engine/program/return_outcome.hpp"

namespace alur::dsl::proof {

using program::Instruction;
using program::none;
using program::Op;
using program::Range;
using Take = std::function<void(Next)>;

Digest digest_of(const Spot& spot) {
  Digester digester;
  digester.add(spot.below ? spot.below->digest : Digest{});
  digester.add(spot.context);
  digester.add(spot.unit);
  digester.add(spot.address);
  digester.add(spot.asked);
  digester.add(spot.store.digest());
  return digester.digest();
}

std::shared_ptr<const Below> on_top_of(std::shared_ptr<const Below> under, Below flow) {
  Digester digester;
  digester.add(under ? under->digest : Digest{});
  digester.add(flow.context);
  digester.add(flow.unit);
  digester.add(flow.address);
  digester.add(flow.asked);
  digester.add(flow.store.digest());
  flow.depth = under ? under->depth + 1 : 1;
  flow.digest = digester.digest();
  flow.under = std::move(under);
  return std::make_shared<const Below>(std::move(flow));
}

Stretches::Stretches(const ControlGraph& graph) : graph_(graph) {
  find_joints();
  find_under_way();
}

// Where two instructions lead, a flow begins, or a flow that was run comes back.
void Stretches::find_joints() {
  const program::Program& program = graph_.program();
  for (Index i = 0; i < program.unit_count(); ++i) {
    const Unit& unit = program.unit(i);
    std::vector<int> ways(unit.code.size() + 1);
    for (Index at = 0; at < unit.code.size(); ++at) {
      const Instruction& instruction = unit.code[at];
      const Op op = instruction.op;
      if (op == Op::jump) ++ways[instruction.c];
      if (op == Op::jump_unless || op == Op::bound) ++ways[instruction.d];
      const bool falls_through = op == Op::enter || op == Op::say || op == Op::set ||
                                 op == Op::track || op == Op::pause || op == Op::jump_unless ||
                                 op == Op::bound;
      if (falls_through) ++ways[at + 1];
    }
    for (const program::MatchCase& entry : unit.cases) ++ways[entry.address];
    for (const program::Match& match : unit.matches) {
      if (match.otherwise != none) ++ways[match.otherwise];
    }
    for (const program::Outcome& outcome : unit.outcomes) ways[outcome.address] += 2;
    for (const program::State& state : unit.states) ways[state.address] += 2;
    std::vector<bool>& joints = joints_.emplace_back(unit.code.size());
    for (Index at = 0; at < unit.code.size(); ++at) joints[at] = ways[at] > 1;
  }
}

// For each flow that handlers run: the contexts below which it may be under way. A flow that is run
// has its caller below; one that a phrase starts may have anything that asks below.
void Stretches::find_under_way() {
  const program::Program& program = graph_.program();
  const auto& contexts = graph_.contexts();
  under_way_.resize(program.unit_count());
  std::set<Index> handled;
  for (Index i = 0; i < program.unit_count(); ++i) {
    for (const program::Run& run : program.unit(i).runs) {
      if (run.by_handler) handled.insert(program.imported(i, run.import));
    }
  }
  const auto can_be_left = [&](const Context& context) {
    const Unit& unit = program.unit(context.unit);
    for (Index at = 0; at < unit.code.size(); ++at) {
      const Op op = unit.code[at].op;
      if ((op == Op::ask || op == Op::pause) && !context.known[at].empty()) return true;
    }
    return false;
  };
  std::vector<bool> asks;
  for (const Context& context : contexts) asks.push_back(can_be_left(context));
  for (const Index flow : handled) {
    std::vector<bool>& marked = under_way_[flow];
    marked.resize(contexts.size());
    for (const Index context : graph_.contexts_of(flow)) marked[context] = true;
    for (bool more = true; more;) {
      more = false;
      bool any = false;
      for (std::size_t i = 1; i < contexts.size(); ++i) any |= marked[i] && asks[i];
      for (std::size_t i = 1; i < contexts.size(); ++i) {
        if (marked[i]) continue;
        bool below = contexts[i].by_trigger && any;
        for (const Caller& caller : contexts[i].callers) {
          below |= caller.unit == 0 ? any : static_cast<bool>(marked[caller.context]);
        }
        if (!below) continue;
        marked[i] = true;
        more = true;
      }
    }
  }
}

bool Stretches::is_under_way(Index flow, const Spot& spot) const {
  const auto is_it = [&](Index context) { return graph_.contexts()[context].unit == flow; };
  for (const Below* below = spot.below.get(); below != nullptr; below = below->under.get()) {
    if (is_it(below->context)) return true;
  }
  return is_it(spot.context);
}

bool Stretches::may_be_under_way(Index flow, const Spot& spot) const {
  if (is_under_way(flow, spot)) return true;
  Index bottom = spot.context;
  for (const Below* below = spot.below.get(); below != nullptr; below = below->under.get()) {
    bottom = below->context;
  }
  const std::vector<bool>& marked = under_way_[flow];
  return !marked.empty() && marked[bottom];
}

const program::Message* Stretches::message_at(const Spot& spot) const {
  const Unit& unit = graph_.program().unit(spot.unit);
  const Instruction& instruction = step(spot);
  if (instruction.op == Op::say) return &unit.messages[instruction.c];
  if (instruction.op == Op::ask) return &unit.messages[unit.questions[instruction.c].message];
  return nullptr;
}

Spot Stretches::after(Index context, Index question, Answer answer) {
  Spot spot;
  spot.context = context;
  spot.unit = answer.unit;
  spot.address = answer.address;
  spot.asked = question;
  spot.store = std::move(answer.store);
  return spot;
}

Spot Stretches::heard(Index context, Index question, const Store& store, Index handler) const {
  const Unit& unit = graph_.program().unit(graph_.contexts()[context].unit);
  Spot spot;
  spot.context = context;
  spot.address = handler;
  spot.asked = question;
  spot.store = graph_.reasoning().after_rest(unit, store, Reasoning::Counters::fresh);
  return spot;
}

void Stretches::each_next(const Spot& spot, const Take& take) const {
  const Unit& unit = graph_.program().unit(spot.unit);
  const bool quiet =
      each_quiet_step(graph_.reasoning(), unit, spot.address, spot.store, [&](QuietStep way) {
        take(
            {Rest::none,
             {spot.below, spot.context, spot.unit, way.address, spot.asked, std::move(way.store)}});
      });
  if (quiet) return;
  const Instruction& instruction = step(spot);
  switch (instruction.op) {
    case Op::ask:
      return take({Rest::question, spot});
    case Op::call:
      return next_outcomes(spot, unit.calls[instruction.c].outcomes, take);
    case Op::handoff:
      return next_outcomes(spot, unit.handoffs[instruction.c].outcomes, take);
    case Op::pause: {
      Spot next = spot;
      ++next.address;
      next.store = graph_.reasoning().after_rest(unit, spot.store, Reasoning::Counters::kept);
      if (instruction.d != none && unit.outsides[instruction.d].address != none) {
        Spot outside = next;
        outside.address = unit.outsides[instruction.d].address;
        take({Rest::none, std::move(outside)});
      }
      return take({Rest::none, std::move(next)});
    }
    case Op::run:
      return next_run(spot, take);
    case Op::leave: {
      const program::Departure& departure = unit.departures[instruction.c];
      const Index flow = graph_.program().imported(spot.unit, departure.import);
      Spot next;
      next.store = graph_.entry_of(spot.unit, flow, departure.arguments, spot.store);
      next.context = graph_.context_for(flow, next.store);
      if (next.context == none) return;
      next.unit = flow;
      next.address = graph_.program().unit(flow).states.front().address;
      return take({Rest::none, std::move(next)});
    }
    case Op::end:
      return next_end(spot, take);
    case Op::stop:
      return take({Rest::over, spot});
    case Op::hold:
      return take({Rest::still, spot});
    default:
      return ask_again(spot, take);
  }
}

void Stretches::ask_again(Spot spot, const Take& take) const {
  if (spot.asked == none) return take({Rest::interrupted, std::move(spot)});
  spot.unit = graph_.contexts()[spot.context].unit;
  spot.address = spot.asked;
  take({Rest::question, std::move(spot)});
}

void Stretches::next_outcomes(const Spot& spot, Range outcomes, const Take& take) const {
  const Unit& unit = graph_.program().unit(spot.unit);
  const bool people = step(spot).op == Op::handoff;
  if (outcomes.empty()) return ask_again(spot, take);
  const Reasoning& reasoning = graph_.reasoning();
  Store store = people ? reasoning.after_rest(unit, spot.store, Reasoning::Counters::kept)
                       : reasoning.after_call(spot.store);
  for (Index i = outcomes.begin; i < outcomes.end; ++i) {
    const program::Outcome& outcome = unit.outcomes[i];
    if (outcome.slot == none) continue;
    reasoning.assign(store, Reasoning::variable(outcome.scope, outcome.slot), unit, unset_only());
  }
  for (Index i = outcomes.begin; i < outcomes.end; ++i) {
    const program::Outcome& outcome = unit.outcomes[i];
    Next next{Rest::none, spot, i};
    next.spot.address = outcome.address;
    next.spot.store = graph_.after_outcome(spot.unit, outcome, store, nullptr);
    next.served = people && (outcome.name == "closed" || outcome.name == "left" ||
                             program::is_return(outcome.name));
    take(std::move(next));
  }
}

void Stretches::next_run(const Spot& spot, const Take& take) const {
  const Unit& unit = graph_.program().unit(spot.unit);
  const program::Run& run = unit.runs[step(spot).c];
  const Index flow = graph_.program().imported(spot.unit, run.import);
  if (run.by_handler && may_be_under_way(flow, spot)) {
    ask_again(spot, take);
    if (is_under_way(flow, spot)) return;
  }
  Spot next;
  next.store = graph_.entry_of(spot.unit, flow, run.arguments, spot.store);
  next.context = graph_.context_for(flow, next.store);
  if (next.context == none || (spot.below && spot.below->depth >= 8)) return;
  Store rest = graph_.reasoning().after_rest(unit, spot.store, Reasoning::Counters::kept);
  for (Index i = run.outcomes.begin; i < run.outcomes.end; ++i) {
    const program::Outcome& outcome = unit.outcomes[i];
    if (outcome.slot == none) continue;
    graph_.reasoning().assign(rest, Reasoning::variable(outcome.scope, outcome.slot), unit,
                              unset_only());
  }
  Below caller{spot.context, spot.unit, spot.address, spot.asked, std::move(rest)};
  next.below = on_top_of(spot.below, std::move(caller));
  next.unit = flow;
  next.address = graph_.program().unit(flow).states.front().address;
  take({Rest::none, std::move(next)});
}

void Stretches::next_end(const Spot& spot, const Take& take) const {
  const Unit& unit = graph_.program().unit(spot.unit);
  const program::DeclaredOutcome& how = unit.outcomes_declared[step(spot).b];
  const Index value = step(spot).c;
  const Possible payload =
      value == none ? unset_only() : graph_.reasoning().of(unit, value, spot.store);
  if (spot.below) return come_back(*spot.below, how, payload, take);
  const Context& context = graph_.contexts()[spot.context];
  for (const Caller& caller : context.callers) {
    come_back({caller.context, caller.unit, caller.address, none, caller.store}, how, payload,
              take);
  }
  if (context.by_trigger) take({Rest::interrupted, spot});
  if (context.afresh || context.by_trigger) take({Rest::over, spot});
}

void Stretches::come_back(const Below& below, const program::DeclaredOutcome& how,
                          const Possible& payload, const Take& take) const {
  Spot spot;
  spot.below = below.under;
  spot.context = below.context;
  spot.unit = below.unit;
  spot.address = below.address;
  spot.asked = below.asked;
  spot.store = below.store;
  const Unit& unit = graph_.program().unit(below.unit);
  const program::Run& run = unit.runs[unit.code[below.address].c];
  for (Index i = run.outcomes.begin; i < run.outcomes.end; ++i) {
    const program::Outcome& outcome = unit.outcomes[i];
    if (outcome.key != how.key) continue;
    spot.address = outcome.address;
    spot.store = graph_.after_outcome(below.unit, outcome, below.store, &payload);
    return take({Rest::none, std::move(spot), i});
  }
  ask_again(std::move(spot), take);
}

}  // namespace alur::dsl::proof
