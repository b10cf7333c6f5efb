#include "dsl/check/proof/steps.hpp"

#include <set>
#include <utility>

namespace alur::dsl::proof {

using program::Instruction;
using program::none;
using program::Op;
using program::Scope;

namespace {

using Take = std::function<void(QuietStep)>;

void take_match(const Reasoning& reasoning, const Unit& unit, const program::Match& match,
                const Store& store, const Take& take) {
  std::vector<Store> rest{store};
  for (Index i = match.cases.begin; i < match.cases.end; ++i) {
    const program::MatchCase& entry = unit.cases[i];
    std::vector<Store> others;
    for (const Store& each : rest) {
      for (Store& met : reasoning.assume_is(unit, match.node, entry.member, true, each)) {
        take({Turning::matched, i - match.cases.begin, entry.address, std::move(met)});
      }
      for (Store& left : reasoning.assume_is(unit, match.node, entry.member, false, each)) {
        others.push_back(std::move(left));
      }
    }
    rest = std::move(others);
  }
  if (match.otherwise == none) return;
  for (Store& each : rest) take({Turning::otherwise, 0, match.otherwise, std::move(each)});
}

// The counter is known where a walk has counted from the citizen's message on.
void take_bound(const Instruction& step, Index address, const Store& store, const Take& take) {
  const Cell counter{Cell::Kind::local, step.b, 0};
  const Possible* known = store.find(counter);
  const bool counted = known != nullptr && known->kind == Possible::Kind::whole &&
                       known->low == known->high && known->may_be_set;
  const std::int64_t count = counted ? known->low + 1 : 1;
  const bool sure = counted || (known != nullptr && !known->may_be_set);
  if (!sure || count <= static_cast<std::int64_t>(step.c)) {
    Store after = store;
    if (sure) after.put(counter, whole(count, count));
    take({Turning::counted, 0, step.d, std::move(after)});
  }
  if (!sure || count > static_cast<std::int64_t>(step.c)) {
    take({Turning::exceeded, 0, address + 1, store});
  }
}

}  // namespace

bool each_quiet_step(const Reasoning& reasoning, const Unit& unit, Index address,
                     const Store& store, const Take& take) {
  const Instruction& step = unit.code[address];
  switch (step.op) {
    case Op::enter:
    case Op::say:
    case Op::track:
      take({Turning::only, 0, address + 1, store});
      return true;
    case Op::jump:
      take({Turning::only, 0, step.c, store});
      return true;
    case Op::set: {
      Store after = store;
      reasoning.assign(after, Reasoning::variable(static_cast<Scope>(step.a), step.b), unit,
                       step.c);
      take({Turning::only, 0, address + 1, std::move(after)});
      return true;
    }
    case Op::jump_unless:
      for (Store& met : reasoning.assume(unit, step.c, true, store)) {
        take({Turning::holds, 0, address + 1, std::move(met)});
      }
      for (Store& failed : reasoning.assume(unit, step.c, false, store)) {
        take({Turning::fails, 0, step.d, std::move(failed)});
      }
      return true;
    case Op::match:
      take_match(reasoning, unit, unit.matches[step.c], store, take);
      return true;
    case Op::bound:
      take_bound(step, address, store, take);
      return true;
    default:
      return false;
  }
}

LadderOf ladder_of(const program::Program& program, Index unit_index,
                   const program::Question& question) {
  LadderOf ladder;
  const program::Ladder& own = question.ladder;
  ladder.rungs_unit = own.own_rungs ? unit_index : 0;
  ladder.rungs = own.own_rungs ? own.rungs : program.app().defaults.rungs;
  ladder.silences_unit = own.own_silences ? unit_index : 0;
  ladder.silences = own.own_silences ? own.silences : program.app().defaults.silences;
  return ladder;
}

std::vector<Answer> answers_of(const Reasoning& reasoning, const program::Program& program,
                               Index unit_index, const program::Question& question,
                               const Store& store) {
  const Unit& unit = program.unit(unit_index);
  std::vector<Answer> answers;
  const Store rested = reasoning.after_rest(unit, store, Reasoning::Counters::fresh);
  const auto filled = [&](Index node) {
    Store after = rested;
    if (question.into == none) return after;
    const Cell into = Reasoning::variable(question.into_scope, question.into);
    if (node != none) {
      reasoning.assign(after, into, unit, node);
    } else {
      reasoning.assign_any(after, into, unit);
    }
    return after;
  };
  for (Index i = question.options.begin; i < question.options.end; ++i) {
    const program::Option& option = unit.options[i];
    answers.push_back({Answer::Kind::option, i, unit_index, option.address,
                       option.value == none ? rested : filled(option.value)});
  }
  if (question.each_list != none && reasoning.of(unit, question.each_list, rested).may_be_set) {
    answers.push_back({Answer::Kind::item, 0, unit_index, question.next, filled(none)});
  }
  if (!question.choose) {
    answers.push_back({Answer::Kind::typed, 0, unit_index, question.next, filled(none)});
  }
  std::set<Index> heard;
  for (const program::PhraseTable::Exact& phrase : question.hear.exact())
    heard.insert(phrase.entry);
  for (const auto& pattern : question.hear.patterns()) heard.insert(pattern.entry);
  for (const Index address : heard) {
    answers.push_back({Answer::Kind::hear, 0, unit_index, address, rested});
  }
  const LadderOf ladder = ladder_of(program, unit_index, question);
  const Store silent = reasoning.after_rest(unit, store, Reasoning::Counters::kept);
  for (Index i = ladder.rungs.begin; i < ladder.rungs.end; ++i) {
    const Index address = program.unit(ladder.rungs_unit).rungs[i].address;
    answers.push_back({Answer::Kind::rung, i, ladder.rungs_unit, address, rested});
  }
  for (Index i = ladder.silences.begin; i < ladder.silences.end; ++i) {
    const Unit& owner = program.unit(ladder.silences_unit);
    const program::Silence& rung = owner.silences[i];
    if (rung.outside != program::none && owner.outsides[rung.outside].address != program::none) {
      answers.push_back({Answer::Kind::outside, i, ladder.silences_unit,
                         owner.outsides[rung.outside].address, silent});
    }
    answers.push_back({Answer::Kind::silence, i, ladder.silences_unit, rung.address, silent});
  }
  return answers;
}

}  // namespace alur::dsl::proof
