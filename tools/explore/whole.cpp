// What only the whole of what was explored shows: questions that cannot be left, and stacks that
// grow past their bound.
#include <algorithm>
#include <set>

#include "tools/explore/abstraction.hpp"
#include "tools/explore/explorer.hpp"

namespace alur::tools {

using machine::Session;
using program::none;

// Questions from which nothing but the end of the session leads anywhere else.
void Explorer::find_stuck() {
  const auto place = [&](NodeId id) {
    const Session& session = nodes_[id].situation.session;
    return session.active() ? session.frames.back().position : machine::Position{};
  };
  std::vector<bool> leaves(nodes_.size());
  std::vector<std::vector<NodeId>> from(nodes_.size());
  std::vector<NodeId> next;
  const auto note_leaving = [&](NodeId id) {
    if (!leaves[id]) next.push_back(id);
    leaves[id] = true;
  };
  for (NodeId id = 0; id < nodes_.size(); ++id) {
    if (!nodes_[id].returns.empty()) note_leaving(id);
    for (const NodeId to : nodes_[id].leads_to) {
      if (place(to) == place(id)) {
        from[to].push_back(id);
      } else {
        note_leaving(id);
      }
    }
  }
  while (!next.empty()) {
    const NodeId id = next.back();
    next.pop_back();
    for (const NodeId before : from[id]) note_leaving(before);
  }
  for (NodeId id = 0; id < nodes_.size(); ++id) {
    if (leaves[id] || !place(id).known()) continue;
    stuck_.insert(id);
    const machine::Position at = place(id);
    Fault fault;
    fault.kind = FaultKind::stuck;
    fault.unit = at.unit;
    fault.place = program_.unit(at.unit).places[at.address];
    add_fault(std::move(fault), {id, none, nodes_[id].entry, nodes_[id].beneath});
  }
}

bool Explorer::sticks(const Situation& situation) const {
  const auto found = node_ids_.find(session_key(program_, observed_, situation));
  return found != node_ids_.end() && stuck_.contains(found->second);
}

// Adds frames until the stack is full to the last.
bool Explorer::deepen(Beneath& beneath, EntryId entry, const Push& push, std::size_t& tries) const {
  const Index top = frames_[push.begun.frame].frame.unit;
  if (tries == 0 || !is_possible(top, beneath)) return false;
  --tries;
  const bool full = beneath.size() + 1 == machine::stack_max;
  for (const Below& caller : entries_[entry].callers) {
    if (caller.is_bottom() && full) return true;
    if (caller.is_bottom() || full) continue;
    // Started again, it would only begin anew where it is.
    const bool again = frames_[caller.frame].frame.unit == push.flow;
    if (again && starts_once(push.begun)) continue;
    beneath.push_back(caller);
    if (deepen(beneath, caller.entry, push, tries)) return true;
    beneath.pop_back();
  }
  return false;
}

// How deep a flow lies is not told apart while exploring. So afterwards every way of starting a
// flow in another is tried once on a full stack, if there can be one.
void Explorer::find_overflow() {
  constexpr std::size_t tries_max = 5'000;
  std::set<std::pair<Index, Index>> tried;
  for (const Node& node : nodes_) {
    for (const Push& push : node.pushes) {
      const Index top = frames_[push.begun.frame].frame.unit;
      if (!tried.insert({top, push.flow}).second) continue;
      Step step = push.step;
      std::size_t tries = tries_max;
      for (const EntryId entry : node.entries) {
        step.entry = entry;
        step.beneath.clear();
        if (!deepen(step.beneath, entry, push, tries)) continue;
        try_on_full_stack(step);
        break;
      }
    }
  }
}

void Explorer::try_on_full_stack(const Step& step) {
  Beneath whole;
  auto situation = build(step, true, whole);
  if (!situation) return;
  const std::vector<Move> moves = moves_.at(nodes_[step.node].situation);
  const auto event = to_event(program_, *situation, moves[step.move]);
  if (!event) return;
  const machine::Turn turn = take_turn(program_, *situation, *event);
  const Session& after = situation->session;
  for (Fault& fault : judge_turn(program_, turn, after, bounds_.faults)) {
    add_fault(std::move(fault), step);
  }
  for (Fault& fault : judge_session(program_, turn, after, bounds_.faults)) {
    add_fault(std::move(fault), step);
  }
}

}  // namespace alur::tools
