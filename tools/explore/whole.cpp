// What only the whole of what was explored shows: questions that cannot be left, and stacks that
// grow past their bound.
#include <algorithm>
#include <set>

#include "tools/explore/abstraction.hpp"
#include "tools/explore/explorer.hpp"

namespace alur::tools {

using machine::Session;
using program::none;

// Which situations something leads on from: to another place, out of the flow, or to a situation
// of the same place that something leads on from. A digression that only comes back does not; one
// does whose flow, or a flow above it, leaves everything behind. The least fix point of that.
struct Explorer::Leading {
  explicit Leading(const Explorer& explorer)
      : all(explorer), leads(all.nodes_.size()), above(all.entries_.size()) {
    for (EntryId entry = 0; entry < all.entries_.size(); ++entry) {
      for (const Below& caller : all.entries_[entry].callers) {
        if (!caller.is_bottom()) above[caller.entry].push_back(entry);
      }
    }
    gather_away();
    std::vector<NodeId> open;
    for (NodeId id = 0; id < all.nodes_.size(); ++id) open.push_back(id);
    for (std::size_t before = 0; before != open.size();) {
      before = open.size();
      std::erase_if(open, [&](NodeId id) { return leads[id] = by_move(id) || by_digression(id); });
    }
  }

  machine::Position place(NodeId id) const {
    const Session& session = all.nodes_[id].situation.session;
    return session.active() ? session.frames.back().position : machine::Position{};
  }

 private:
  // What leaves a flow for good, for each of its beginnings.
  void gather_away() {
    away.resize(all.entries_.size());
    for (const Node& node : all.nodes_) {
      for (const Lead& lead : node.leads_to) {
        if (lead.fate != Fate::left) continue;
        for (const EntryId entry : node.entries) away[entry].insert(lead.node);
      }
    }
  }

  bool is_on(NodeId to, machine::Position from) const { return place(to) != from || leads[to]; }

  bool by_move(NodeId id) const {
    const Node& node = all.nodes_[id];
    if (!node.returns.empty()) return true;
    const bool runs = std::any_of(node.pushes.begin(), node.pushes.end(),
                                  [&](const Push& push) { return !comes_back(push.begun); });
    return runs || std::any_of(node.leads_to.begin(), node.leads_to.end(), [&](const Lead& lead) {
             return lead.fate != Fate::beneath && is_on(lead.node, place(id));
           });
  }

  // Begun by a phrase or by a handler of app.yaml: afterwards the question is asked again, unless
  // the handler says otherwise.
  bool comes_back(const Below& begun) const {
    return begun.digression || all.frames_[begun.frame].frame.position.unit == 0;
  }

  bool by_digression(NodeId id) const {
    const auto& pushes = all.nodes_[id].pushes;
    return std::any_of(pushes.begin(), pushes.end(), [&](const Push& push) {
      std::set<Below> seen;
      return comes_back(push.begun) && leads_on(push.begun, place(id), seen);
    });
  }

  // Where a flow that never ends leads is told of its own questions.
  bool leads_on(const Below& begun, machine::Position from, std::set<Below>& seen) const {
    if (!seen.insert(begun).second) return false;
    std::set<EntryId> flows;
    if (leaves(begun.entry, from, flows)) return true;
    const std::set<std::string>& ends = all.entries_[begun.entry].ends;
    if (ends.empty()) return true;
    return std::any_of(ends.begin(), ends.end(), [&](const std::string& way) {
      const auto ending = all.endings_.find(ending_of(way, begun));
      if (ending == all.endings_.end()) return true;
      const Ending& end = ending->second;
      if (end.kind == Ending::Kind::beneath) {
        return leads_on({end.upper, end.frame, end.digression}, from, seen);
      }
      const bool rests = end.kind == Ending::Kind::top || end.kind == Ending::Kind::apart;
      return !rests || is_on(end.node, from);
    });
  }

  bool leaves(EntryId entry, machine::Position from, std::set<EntryId>& seen) const {
    if (!seen.insert(entry).second) return false;
    const auto on = [&](NodeId to) { return is_on(to, from); };
    const auto further = [&](EntryId upper) { return leaves(upper, from, seen); };
    return std::any_of(away[entry].begin(), away[entry].end(), on) ||
           std::any_of(above[entry].begin(), above[entry].end(), further);
  }

 public:
  const Explorer& all;
  std::vector<bool> leads;  // by node

 private:
  std::vector<std::vector<EntryId>> above;  // by beginning: those of the flows started above it
  std::vector<std::set<NodeId>> away;
};

// Questions from which nothing but the end of the session leads anywhere else.
void Explorer::find_stuck() {
  const Leading leading(*this);
  for (NodeId id = 0; id < nodes_.size(); ++id) {
    const machine::Position at = leading.place(id);
    if (leading.leads[id] || !at.known()) continue;
    stuck_.insert(id);
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
  for (Fault& fault :
       judge_turn(program_, turn, after, situation->burst.messages(), bounds_.faults)) {
    add_fault(std::move(fault), step);
  }
  for (Fault& fault : judge_session(program_, turn, after, bounds_.faults)) {
    add_fault(std::move(fault), step);
  }
}

}  // namespace alur::tools
