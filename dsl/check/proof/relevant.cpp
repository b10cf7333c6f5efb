#include "dsl/check/proof/relevant.hpp"

#include <cstddef>

namespace alur::dsl::proof {

using program::Node;
using program::NodeKind;
using program::none;
using program::Op;
using program::Scope;
using program::Unit;

namespace {

// What flows into a variable: `from` matters as soon as `to` does. Collected over the whole
// program, then followed backwards from what conditions read.
class Flows {
 public:
  Flows(const program::Program& program, const std::vector<std::size_t>& first, std::size_t contact,
        std::size_t session, std::size_t count)
      : program_(program), first_(first), contact_(contact), session_(session), sources_(count) {
    for (Index i = 0; i < program.unit_count(); ++i) collect(i);
    collect_payloads();
  }

  std::vector<bool> followed_back() {
    std::vector<bool> relevant(sources_.size());
    while (!read_.empty()) {
      const std::size_t variable = read_.back();
      read_.pop_back();
      if (relevant[variable]) continue;
      relevant[variable] = true;
      read_.insert(read_.end(), sources_[variable].begin(), sources_[variable].end());
    }
    return relevant;
  }

 private:
  void collect(Index i) {
    const Unit& unit = program_.unit(i);
    for (const program::Instruction& step : unit.code) {
      if (step.op == Op::jump_unless) add_all(i, step.c, read_);
      if (step.op == Op::bound) read_.push_back(first_[i] + step.b);
      if (step.op == Op::set) into(i, static_cast<Scope>(step.a), step.b, i, step.c);
      if (step.op == Op::leave) {
        const program::Departure& departure = unit.departures[step.c];
        start(i, departure.import, departure.arguments);
      }
    }
    for (const program::Match& match : unit.matches) add_all(i, match.node, read_);
    for (const program::Run& run : unit.runs) start(i, run.import, run.arguments);
    for (const program::Question& question : unit.questions) {
      if (question.each_list != none) add_all(i, question.each_list, read_);
      if (question.into == none) continue;
      for (Index o = question.options.begin; o < question.options.end; ++o) {
        into(i, question.into_scope, question.into, i, unit.options[o].value);
      }
    }
  }

  void start(Index from, Index import, program::Range arguments) {
    const Index flow = program_.imported(from, import);
    const Unit& target = program_.unit(flow);
    for (Index a = arguments.begin; a < arguments.end; ++a) {
      const program::Argument& argument = program_.unit(from).arguments[a];
      for (Index p = 0; p < target.param_count; ++p) {
        if (target.slots[p].key == argument.key) into(flow, Scope::local, p, from, argument.node);
      }
    }
  }

  // The value that a flow ends with goes to whoever has run it.
  void collect_payloads() {
    for (Index i = 0; i < program_.unit_count(); ++i) {
      const Unit& unit = program_.unit(i);
      for (const program::Run& run : unit.runs) {
        for (Index o = run.outcomes.begin; o < run.outcomes.end; ++o) {
          const program::Outcome& outcome = unit.outcomes[o];
          if (outcome.slot != none) ended(i, outcome, program_.imported(i, run.import));
        }
      }
    }
  }

  void ended(Index caller, const program::Outcome& outcome, Index flow) {
    const Unit& unit = program_.unit(flow);
    for (const program::Instruction& step : unit.code) {
      if (step.op != Op::end || step.c == none) continue;
      if (unit.outcomes_declared[step.b].key != outcome.key) continue;
      into(caller, outcome.scope, outcome.slot, flow, step.c);
    }
  }

  void into(Index unit, Scope scope, Index slot, Index from, Index node) {
    if (scope != Scope::language && node != none) {
      add_all(from, node, sources_[number_of(unit, scope, slot)]);
    }
  }

  std::size_t number_of(Index unit, Scope scope, Index slot) const {
    if (scope == Scope::contact) return contact_ + slot;
    if (scope == Scope::session) return session_ + slot;
    return first_[unit] + slot;
  }

  void add_all(Index unit_index, Index node_index, std::vector<std::size_t>& variables) const {
    const Unit& unit = program_.unit(unit_index);
    const Node& node = unit.nodes[node_index];
    switch (node.kind) {
      case NodeKind::constant:
      case NodeKind::language:
      case NodeKind::channel:
      case NodeKind::hours:
        return;
      case NodeKind::local:
        return variables.push_back(number_of(unit_index, Scope::local, node.b));
      case NodeKind::contact:
        return variables.push_back(number_of(unit_index, Scope::contact, node.b));
      case NodeKind::session:
        return variables.push_back(number_of(unit_index, Scope::session, node.b));
      case NodeKind::field:
      case NodeKind::negate:
      case NodeKind::not_:
      case NodeKind::is_set:
        return add_all(unit_index, node.b, variables);
      case NodeKind::in_items:
        add_all(unit_index, node.b, variables);
        [[fallthrough]];
      case NodeKind::call:
        for (Index i = 0; i < node.n; ++i) {
          add_all(unit_index, unit.argument_nodes[node.c + i], variables);
        }
        return;
      default:
        add_all(unit_index, node.b, variables);
        return add_all(unit_index, node.c, variables);
    }
  }

  const program::Program& program_;
  const std::vector<std::size_t>& first_;
  std::size_t contact_;
  std::size_t session_;
  std::vector<std::vector<std::size_t>> sources_;  // by variable
  std::vector<std::size_t> read_;                  // by conditions
};

}  // namespace

Relevant::Relevant(const program::Program& program) {
  std::vector<std::size_t> first;
  std::size_t count = 0;
  for (Index i = 0; i < program.unit_count(); ++i) {
    first.push_back(count);
    first_of_.emplace(&program.unit(i), count);
    count += program.unit(i).slots.size();
  }
  contact_ = count;
  session_ = contact_ + program.app().contact.size();
  count = session_ + program.app().session.size();
  relevant_ = Flows(program, first, contact_, session_, count).followed_back();
}

bool Relevant::is(const Unit& unit, const Cell& variable) const {
  switch (variable.kind) {
    case Cell::Kind::local:
      return relevant_[first_of_.at(&unit) + variable.slot];
    case Cell::Kind::contact:
      return relevant_[contact_ + variable.slot];
    case Cell::Kind::session:
      return relevant_[session_ + variable.slot];
    default:
      return true;
  }
}

}  // namespace alur::dsl::proof
