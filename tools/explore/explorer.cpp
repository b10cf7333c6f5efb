// The fix point: nodes explored first come, first served; ends of flows once for each caller.
#include "tools/explore/explorer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "dsl/chat/chat.hpp"
#include "tools/explore/abstraction.hpp"

namespace alur::tools {

using machine::Session;
using program::none;

namespace {

constexpr EntryId root_entry = 0;  // no conversation is under way
constexpr std::size_t steps_through_max = 128;

// The state in whose code a flow rests.
Index state_of(const program::Unit& unit, Index address) {
  Index state = 0;
  while (state + 1 < unit.states.size() && unit.states[state + 1].address <= address) ++state;
  return state;
}

// The session was over: nobody led it anywhere.
bool ends_by_time(const machine::Turn& turn) {
  using Kind = machine::TraceEntry::Kind;
  const std::vector<machine::TraceEntry>& entries = turn.trace.entries;
  return !entries.empty() && entries.front().kind == Kind::timer &&
         entries.front().detail == static_cast<std::uint8_t>(machine::TimerKind::session);
}

// A moment for each way in which opening hours can be open and closed, within a week of the usual
// beginning of a chat.
std::vector<value::Instant> moments(const program::Program& program) {
  constexpr int hours_tried = 7 * 24;
  std::map<std::string, value::Instant> found;
  std::vector<value::Instant> moments;
  const value::Instant begins = program.zone().to_instant(dsl::default_chat_clock());
  for (int hour = 0; hour < hours_tried; ++hour) {
    const value::Instant at = begins + value::Duration{hour * value::hour_milliseconds};
    if (found.emplace(open_hours(program, at), at).second) moments.push_back(at);
  }
  return moments;
}

}  // namespace

// What one step led to. `symbolic`: it did not end the flow on top, so that it is the same whatever
// lies beneath.
struct Explorer::Outcome {
  const Step& step;
  const Move* move = nullptr;  // where it is symbolic
  bool symbolic = true;
  bool closed = false;
  Index known = 0;  // frames beneath that are meant, not merely there
  const machine::Turn& turn;
  const Situation& after;
  const StackTrail& trail;
};

Explorer::Explorer(const program::Program& program, ExploreBounds bounds)
    : program_(program), bounds_(bounds), observed_(program), moves_(program, observed_) {
  seen_.resize(program.app().languages.size());
}

void Explorer::run() {
  began_ = std::chrono::steady_clock::now();
  start();
  settle_members();
  while (!tasks_.empty() && within_bounds()) take_task();
  counts_.fix_point = tasks_.empty();
  counts_.states = nodes_.size();
  counts_.entries = entries_.size();
  if (!counts_.fix_point) return;
  find_stuck();
  find_overflow();
  find_too_large();
}

void Explorer::take_task() {
  const Task task = std::move(tasks_.front());
  tasks_.pop_front();
  if (task.whole_node) {
    explore(task.step.node);
  } else if (const Ending& ending = endings_[task.ending]; ending.kind != Ending::Kind::unknown) {
    follow(ending, task.step);
  } else {
    perform(task);
  }
  settle_members();
}

bool Explorer::within_bounds() {
  if (nodes_.size() >= bounds_.states_max) {
    counts_.bound = "states";
    return false;
  }
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - began_;
  if (passed.count() <= bounds_.seconds_max) return true;
  counts_.bound = "seconds";
  return false;
}

// Citizens of every language, when everything is open and when it is not.
void Explorer::start() {
  entries_.emplace_back();
  const program::App& app = program_.app();
  const std::size_t channels = observed_.channel() ? app.channels.size() : 1;
  for (Index channel = 0; channel < channels; ++channel) {
    for (const value::Instant at : moments(program_)) {
      for (Index language = 0; language < app.languages.size(); ++language) {
        bool fresh = false;
        const NodeId node = intern(begin_situation(program_, channel, language, at), fresh);
        add_member(node, root_entry, {});
        nodes_[node].entry = root_entry;
      }
    }
  }
}

// --- facts, each kept once

NodeId Explorer::intern(const Situation& situation, bool& fresh) {
  const auto next = static_cast<NodeId>(nodes_.size());
  const auto [found, is_new] =
      node_ids_.try_emplace(session_key(program_, observed_, situation), next);
  fresh = is_new;
  if (is_new) {
    nodes_.emplace_back();
    nodes_.back().situation = situation;
    Task task;
    task.step.node = next;
    task.whole_node = true;
    tasks_.push_back(std::move(task));
  }
  return found->second;
}

FrameId Explorer::intern_frame(const Session& session, std::size_t frame, value::Instant now) {
  const auto next = static_cast<FrameId>(frames_.size());
  const auto [found, is_new] =
      frame_ids_.try_emplace(frame_key(program_, observed_, session, frame, now), next);
  if (is_new) {
    const machine::Frame& kept = session.frames[frame];
    const std::size_t end =
        frame + 1 < session.frames.size() ? session.frames[frame + 1].base : session.slots.size();
    frames_.push_back({kept,
                       {session.slots.begin() + kept.base,
                        session.slots.begin() + static_cast<std::ptrdiff_t>(end)}});
  }
  return found->second;
}

EntryId Explorer::entry_of_node(NodeId node) {
  const auto [found, fresh] = node_entries_.try_emplace(node, entries_.size());
  if (fresh) entries_.emplace_back();
  return found->second;
}

// Of a flow that started another before it rested.
EntryId Explorer::entry_beneath(EntryId upper, FrameId frame) {
  const auto [found, fresh] =
      beneath_entries_.try_emplace({upper, frame}, static_cast<EntryId>(entries_.size()));
  if (fresh) entries_.emplace_back();
  return found->second;
}

// Settled later, one after another: one member makes others.
void Explorer::add_member(NodeId node, EntryId entry, Origin origin) {
  const std::vector<EntryId>& entries = nodes_[node].entries;
  if (std::find(entries.begin(), entries.end(), entry) != entries.end()) return;
  members_.push_back({node, entry, std::move(origin)});
}

void Explorer::settle_members() {
  while (!members_.empty()) {
    Member member = std::move(members_.front());
    members_.pop_front();
    settle(std::move(member));
  }
}

void Explorer::settle(Member member) {
  const auto [id, entry, origin] = std::move(member);
  Node& node = nodes_[id];
  if (std::find(node.entries.begin(), node.entries.end(), entry) != node.entries.end()) return;
  node.entries.push_back(entry);
  node.origins.push_back(origin);
  for (const auto& [move, ends] : node.returns) {
    wait_for_callers(entry, {id, move, entry, {}}, ends.way);
  }
  for (const Push& push : node.pushes) {
    Step from = push.step;
    from.entry = entry;
    add_caller(push.begun.entry, {entry, push.begun.frame, push.begun.digression},
               {Origin::Kind::level, 0, std::move(from)});
  }
  for (const auto& [next, move] : node.successors) {
    add_member(next, entry, {Origin::Kind::local, 0, {id, move, entry, {}}});
  }
}

void Explorer::add_caller(EntryId id, Below caller, Origin origin) {
  Entry& entry = entries_[id];
  const auto [known, fresh] = entry.known.insert(caller);
  if (!fresh) return;
  entry.callers.push_back(caller);
  entry.origins.push_back(std::move(origin));
  for (std::size_t i = 0; i < entries_[id].waiting.size(); ++i) {
    const auto [step, way] = entries_[id].waiting[i];
    end_in(step, way, caller);
  }
}

// --- steps

void Explorer::explore(NodeId id) {
  const std::vector<Move> moves = moves_.at(nodes_[id].situation);
  for (Index i = 0; i < moves.size(); ++i) {
    Situation after = nodes_[id].situation;
    const auto event = to_event(program_, after, moves[i]);
    if (!event) continue;
    const machine::Turn turn = take_turn(program_, after, *event);
    ++counts_.transitions;
    const StackTrail trail(nodes_[id].situation.session.frames, turn.trace);
    const Step step{id, i, nodes_[id].entry, nodes_[id].beneath};
    record({step, &moves[i], true, false, 0, turn, after, trail});
  }
}

// The same move on another stack.
void Explorer::perform(const Task& task) {
  Step step = task.step;
  auto situation = build(task.step, task.closed, step.beneath);
  if (!situation) return;
  const auto event =
      to_event(program_, *situation, nodes_[task.step.node].returns.at(task.step.move).move);
  if (!event) return;
  const std::vector<machine::Frame> before = situation->session.frames;
  const machine::Turn turn = take_turn(program_, *situation, *event);
  ++counts_.transitions;
  const StackTrail trail(before, turn.trace);
  const auto known = static_cast<Index>(task.step.beneath.size());
  Ending ending = record({step, nullptr, false, task.closed, known, turn, *situation, trail});
  endings_[task.ending] = std::move(ending);
}

Explorer::Ending Explorer::record(const Outcome& outcome) {
  assert(outcome.trail.frames().size() == outcome.after.session.frames.size());
  const Session& after = outcome.after.session;
  const std::size_t burst = outcome.after.burst.messages();
  counts_.burst = std::max(counts_.burst, burst);
  judge(outcome, judge_turn(program_, outcome.turn, after, burst, bounds_.faults));
  cover(outcome);
  if (outcome.trail.returned() > outcome.known && !outcome.closed) return wait_for_end(outcome);
  bool fresh = false;
  const NodeId node = intern(outcome.after, fresh);
  if (fresh) judge(outcome, judge_session(program_, outcome.turn, after, bounds_.faults));
  Ending ending;
  ending.kind = Ending::Kind::apart;
  ending.node = node;
  const auto& frames = outcome.trail.frames();
  if (!frames.empty() && !frames.front().fresh && frames.front().level == outcome.known) {
    ending.kind = Ending::Kind::top;
  }
  const EntryId upper = link_top(outcome, node);
  Beneath beneath = link_beneath(outcome, upper, ending);
  if (fresh) {
    nodes_[node].entry = upper;
    nodes_[node].beneath = std::move(beneath);
  }
  std::vector<Lead>& leads_to = nodes_[outcome.step.node].leads_to;
  const Lead lead{node, fate_of_top(outcome)};
  if (!ends_by_time(outcome.turn) &&
      std::find(leads_to.begin(), leads_to.end(), lead) == leads_to.end()) {
    leads_to.push_back(lead);
  }
  return ending;
}

Explorer::Fate Explorer::fate_of_top(const Outcome& outcome) {
  if (!outcome.symbolic) return Fate::ended;
  if (outcome.trail.unwound()) return Fate::unwound;
  const auto& frames = outcome.trail.frames();
  const auto kept = std::find_if(frames.begin(), frames.end(),
                                 [](const StackTrail::Kept& frame) { return !frame.fresh; });
  if (kept == frames.end()) return Fate::left;
  return kept == frames.begin() ? Fate::on_top : Fate::beneath;
}

// The flow on top ended, and more lies beneath than is known: the same for each of its callers.
Explorer::Ending Explorer::wait_for_end(const Outcome& outcome) {
  const Step& step = outcome.step;
  Ending ending;
  ending.kind = Ending::Kind::further;
  ending.way = way_of_ending(outcome);
  if (!outcome.symbolic) {
    Step known = step;
    assert(outcome.known > 0);
    known.beneath.resize(outcome.known);
    const EntryId deepest = known.beneath.back().entry;
    wait_for_callers(deepest, std::move(known), ending.way);
    return ending;
  }
  nodes_[step.node].returns.emplace(step.move, Return{*outcome.move, ending.way});
  for (std::size_t i = 0; i < nodes_[step.node].entries.size(); ++i) {
    const EntryId entry = nodes_[step.node].entries[i];
    wait_for_callers(entry, {step.node, step.move, entry, {}}, ending.way);
  }
  return ending;
}

// What the callers of a flow get to see of how it ended: the outcomes, and what all flows share.
// Where more went out than that, the move itself.
std::string Explorer::way_of_ending(const Outcome& outcome) const {
  using Kind = machine::TraceEntry::Kind;
  const Step& step = outcome.step;
  std::string way = shared_key(program_, observed_, nodes_[step.node].situation);
  for (Index level = 0; level < outcome.known; ++level) {
    way += fmt::format("/{}", step.beneath[level].frame);
  }
  bool more = false;
  for (const machine::TraceEntry& entry : outcome.turn.trace.entries) {
    if (entry.kind == Kind::popped) {
      way += fmt::format(" {}.{}", entry.unit, entry.index);
      more |= program_.unit(entry.unit).outcomes_declared[entry.index].payload != nullptr;
    } else if (entry.kind == Kind::set) {
      const auto scope = static_cast<program::Scope>(program_.unit(entry.unit).code[entry.index].a);
      more |= scope != program::Scope::local;
    }
  }
  const Session& before = nodes_[step.node].situation.session;
  if (before.rest == machine::Rest::question) {
    const program::Question& question = question_at(program_, before);
    more |= question.into != none && question.into_scope != program::Scope::local;
  }
  if (more) way += fmt::format(" by {}.{}", step.node, step.move);
  return way;
}

// The flow on top, and its beginning.
EntryId Explorer::link_top(const Outcome& outcome, NodeId node) {
  const Step& step = outcome.step;
  const auto& frames = outcome.trail.frames();
  const bool same_flow = frames.empty() ? !nodes_[step.node].situation.session.active()
                                        : !frames.front().fresh && frames.front().level == 0;
  if (frames.empty() && !same_flow) {
    add_member(node, root_entry, {Origin::Kind::bottom, 0, step});
    return root_entry;
  }
  if (same_flow && outcome.symbolic) {
    nodes_[step.node].successors.push_back({node, step.move});
    for (std::size_t i = 0; i < nodes_[step.node].entries.size(); ++i) {
      const EntryId entry = nodes_[step.node].entries[i];
      add_member(node, entry, {Origin::Kind::local, 0, {step.node, step.move, entry, {}}});
    }
    return step.entry;
  }
  if (frames.front().fresh) {
    const EntryId entry = entry_of_node(node);
    add_member(node, entry, {Origin::Kind::begun, 0, {}});
    return entry;
  }
  const Index level = frames.front().level;
  const EntryId entry = level == 0 ? step.entry : step.beneath[level - 1].entry;
  add_member(node, entry, {Origin::Kind::level, level, step});
  return entry;
}

// What lies beneath: frames that were there before, and new ones.
Beneath Explorer::link_beneath(const Outcome& outcome, EntryId upper, Ending& ending) {
  const Step& step = outcome.step;
  const Session& after = outcome.after.session;
  const auto& frames = outcome.trail.frames();
  Beneath beneath;
  bool upper_fresh = !frames.empty() && frames.front().fresh;
  for (std::size_t i = 1; i < frames.size(); ++i) {
    const StackTrail::Kept& kept = frames[i];
    const FrameId frame = intern_frame(after, frames.size() - 1 - i, outcome.after.now);
    const bool digression = after.frames[frames.size() - i].digression;
    Below below{none, frame, digression};
    if (kept.fresh) {
      below.entry = entry_beneath(upper, frame);
      add_caller(upper, below, {Origin::Kind::stacked, 0, {}});
    } else {
      below.entry = kept.level == 0 ? step.entry : step.beneath[kept.level - 1].entry;
    }
    if (!kept.fresh && upper_fresh) {
      const bool symbolic = kept.level == 0 && outcome.symbolic;
      if (symbolic)
        nodes_[step.node].pushes.push_back({{upper, frame, digression}, step, frames[i - 1].unit});
      for (std::size_t e = 0; symbolic && e < nodes_[step.node].entries.size(); ++e) {
        Step from = step;
        from.entry = nodes_[step.node].entries[e];
        add_caller(upper, {from.entry, frame, digression}, {Origin::Kind::level, 0, from});
      }
      if (!symbolic) add_caller(upper, below, {Origin::Kind::level, kept.level, step});
      if (kept.level == outcome.known) {
        ending.kind = Ending::Kind::beneath;
        ending.upper = upper;
        ending.frame = frame;
        ending.digression = digression;
      }
    }
    beneath.push_back(below);
    upper = below.entry;
    upper_fresh = kept.fresh;
  }
  if (upper_fresh) add_caller(upper, {}, {Origin::Kind::bottom, 0, step});
  return beneath;
}

void Explorer::judge(const Outcome& outcome, std::vector<Fault> faults) {
  for (Fault& fault : faults) add_fault(std::move(fault), outcome.step);
}

// One of a kind at each place: the first, which is the shortest.
void Explorer::add_fault(Fault fault, const Step& step) {
  for (const FoundFault& found : faults_) {
    const bool same_place =
        found.fault.unit == fault.unit && found.fault.place.line == fault.place.line;
    if (same_place && found.fault.kind == fault.kind) return;
  }
  faults_.push_back({std::move(fault), step});
}

void Explorer::cover(const Outcome& outcome) {
  const Index language = outcome.after.session.language;
  for (const Thing& thing : things_in(outcome.turn.trace)) {
    if (seen_[language].insert(thing).second) {
      covered_.push_back({thing, language, outcome.step});
    }
    if (thing.kind != Thing::Kind::state) continue;
    std::vector<Step>& through = through_[{thing.unit, thing.index}];
    if (through.size() < steps_through_max) through.push_back(outcome.step);
  }
  const Session& before = nodes_[outcome.step.node].situation.session;
  if (!before.active()) return;
  const machine::Position at = before.frames.back().position;
  const program::Unit& unit = program_.unit(at.unit);
  if (unit.states.empty()) return;
  std::vector<Step>& through = through_[{at.unit, state_of(unit, at.address)}];
  if (through.size() < steps_through_max) through.push_back(outcome.step);
}

std::vector<Step> Explorer::steps_through(Index unit, Index state) const {
  const auto found = through_.find({unit, state});
  return found == through_.end() ? std::vector<Step>() : found->second;
}

}  // namespace alur::tools
