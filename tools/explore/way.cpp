// Stacks put together from frames that were met apart, and the conversations that lead to them.
#include <algorithm>
#include <cassert>

#include "tools/explore/explorer.hpp"

namespace alur::tools {

using machine::Frame;
using machine::Session;
using program::none;
using program::Op;

namespace {

// A conversation longer than this is no shortest one.
constexpr std::size_t moves_in_way_max = 2'000;

}  // namespace

// Whether the flow above is one that is never there twice: begun by a phrase, or run by a handler.
bool Explorer::starts_once(const Below& below) const {
  if (below.digression) return true;
  const machine::Position at = frames_[below.frame].frame.position;
  const program::Unit& unit = program_.unit(at.unit);
  const program::Instruction& step = unit.code[at.address];
  return step.op == Op::run && unit.runs[step.c].by_handler;
}

// Whether the machine would ever stack frames so: no flow twice by digression, and not too many.
bool Explorer::is_possible(Index top, const Beneath& beneath) const {
  if (beneath.size() + 1 > machine::stack_max) return false;
  Index upper = top;
  for (std::size_t i = 0; i < beneath.size(); ++i) {
    const Frame& lower = frames_[beneath[i].frame].frame;
    const bool once = starts_once(beneath[i]);
    for (std::size_t j = i; once && j < beneath.size(); ++j) {
      if (frames_[beneath[j].frame].frame.unit == upper) return false;
    }
    upper = lower.unit;
  }
  return true;
}

// Adds frames down to the bottom. The first caller of an entry was there first, so this mostly
// takes the first at each.
bool Explorer::complete(Beneath& beneath, EntryId entry, Index top) const {
  if (!is_possible(top, beneath)) return false;
  for (const Below& caller : entries_[entry].callers) {
    if (caller.is_bottom()) return true;
    beneath.push_back(caller);
    if (complete(beneath, caller.entry, top)) return true;
    beneath.pop_back();
  }
  return false;
}

std::optional<Situation> Explorer::build(const Step& step, bool closed, Beneath& whole) const {
  const Node& node = nodes_[step.node];
  Situation situation = node.situation;
  situation.burst = {};  // the frames come from several conversations
  const Session& seen = node.situation.session;
  Frame top = seen.frames.back();
  whole = step.beneath;
  const EntryId deepest = whole.empty() ? step.entry : whole.back().entry;
  if (!is_possible(top.unit, whole)) return std::nullopt;
  if (!closed && !complete(whole, deepest, top.unit)) return std::nullopt;
  Session& session = situation.session;
  session.frames.clear();
  session.slots.clear();
  bool digression = false;  // of the frame that is put on
  const auto put = [&](Frame frame, auto begin, auto end) {
    frame.base = static_cast<Index>(session.slots.size());
    frame.digression = digression;
    session.frames.push_back(frame);
    session.slots.insert(session.slots.end(), begin, end);
  };
  for (auto below = whole.rbegin(); below != whole.rend(); ++below) {
    const FrameRecord& record = frames_[below->frame];
    put(record.frame, record.slots.begin(), record.slots.end());
    digression = below->digression;
  }
  put(top, seen.slots.begin() + top.base, seen.slots.end());
  return situation;
}

// --- ways

void Explorer::way_of(const Step& step, Walked& way) const {
  way_to_node(step.node, step.entry, step.beneath, way);
  if (step.move == none || way.moves.size() > moves_in_way_max) return;
  const std::vector<Move> moves = moves_.at(nodes_[step.node].situation);
  way.moves.push_back(moves[step.move]);
}

void Explorer::way_to_node(NodeId id, EntryId entry, Beneath beneath, Walked& way) const {
  const Node& node = nodes_[id];
  const auto found = std::find(node.entries.begin(), node.entries.end(), entry);
  assert(found != node.entries.end());
  const Origin& origin = node.origins[static_cast<std::size_t>(found - node.entries.begin())];
  switch (origin.kind) {
    case Origin::Kind::start:
      way.begins = node.situation;
      return;
    case Origin::Kind::local:
      return way_of({origin.step.node, origin.step.move, entry, std::move(beneath)}, way);
    case Origin::Kind::begun:
      return way_to_call(entry, std::move(beneath), way);
    case Origin::Kind::level: {
      Step step = origin.step;
      step.beneath.resize(origin.level);
      step.beneath.insert(step.beneath.end(), beneath.begin(), beneath.end());
      return way_of(step, way);
    }
    default:
      return way_of(origin.step, way);
  }
}

void Explorer::way_to_call(EntryId id, Beneath beneath, Walked& way) const {
  const Entry& entry = entries_[id];
  const Below caller = beneath.empty() ? Below{} : beneath.front();
  const auto found = std::find(entry.callers.begin(), entry.callers.end(), caller);
  assert(found != entry.callers.end());
  const Origin& origin = entry.origins[static_cast<std::size_t>(found - entry.callers.begin())];
  if (origin.kind == Origin::Kind::bottom) return way_of(origin.step, way);
  beneath.erase(beneath.begin());
  if (origin.kind == Origin::Kind::stacked) {
    return way_to_call(caller.entry, std::move(beneath), way);
  }
  Step step = origin.step;
  step.beneath.resize(origin.level);
  step.beneath.insert(step.beneath.end(), beneath.begin(), beneath.end());
  way_of(step, way);
}

Walked Explorer::way_to(const Step& step) const {
  Walked way;
  way_of(step, way);
  return way;
}

}  // namespace alur::tools
