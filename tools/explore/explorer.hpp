// Explorer: walks through every conversation that an app can have, as far as its program can tell
// them apart, by giving the real machine one move after another.
//
// A stack of flows would make endlessly many sessions, so the frame on top is explored on its own:
// what lies beneath decides nothing until the flow on top ends. Each beginning of a flow (an Entry)
// keeps the frames that it was begun from; where the flow ends, each of them goes on. A fix point
// is reached when no move from any place leads to a new place, and no end of a flow to a new
// caller.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "tools/explore/coverage.hpp"
#include "tools/explore/fault.hpp"
#include "tools/explore/moves.hpp"
#include "tools/explore/stack_trail.hpp"

namespace alur::tools {

using NodeId = std::uint32_t;
using EntryId = std::uint32_t;
using FrameId = std::uint32_t;

struct ExploreBounds {
  std::size_t states_max = 1'000'000;
  double seconds_max = 600;
  FaultBounds faults;
};

// A frame beneath another, and the beginning of the flow that it is in; `frame` is none where there
// is nothing beneath. `digression`: the flow above it comes back to its question.
struct Below {
  EntryId entry = program::none;
  FrameId frame = program::none;
  bool digression = false;
  auto operator<=>(const Below&) const = default;
  bool is_bottom() const { return frame == program::none; }
};
using Beneath = std::vector<Below>;  // top first, without the bottom

// A move that was made: from which node, on which stack. The n-th of MoveSource::at().
struct Step {
  NodeId node = program::none;
  Index move = program::none;
  EntryId entry = program::none;
  Beneath beneath;
};

// A conversation from its beginning.
struct Walked {
  Situation begins;
  std::vector<Move> moves;
};

struct FoundFault {
  Fault fault;
  Step step;
};

struct ExploreCounts {
  std::size_t states = 0;
  std::size_t transitions = 0;
  std::size_t entries = 0;
  std::size_t burst = 0;  // the most messages in one go, from one of the citizen's on
  bool fix_point = false;
  std::string bound;  // which stopped it
};

class Explorer {
 public:
  Explorer(const program::Program& program, ExploreBounds bounds);

  void run();

  const ExploreCounts& counts() const { return counts_; }
  const std::vector<FoundFault>& faults() const { return faults_; }
  const Observed& observed() const { return observed_; }

  // The first move that covered each thing, in each language.
  struct Covered {
    Thing thing;
    Index language = 0;
    Step step;
  };
  const std::vector<Covered>& covered() const { return covered_; }

  // Moves whose turn came through a state of a flow, or rested in it.
  std::vector<Step> steps_through(Index unit, Index state) const;

  // Whether it is one of the situations that nothing but the end of the session leads on from.
  bool sticks(const Situation& situation) const;
  std::vector<Move> moves_at(const Situation& situation) const { return moves_.at(situation); }

  // A way to the step, the step included.
  Walked way_to(const Step& step) const;

 private:
  // How a fact came about: by a step, in which the frame at this level is the one that it is about.
  struct Origin {
    enum class Kind : std::uint8_t { start, local, begun, level, bottom, stacked };
    Kind kind = Kind::start;
    Index level = 0;
    Step step;
  };
  // A move that ends the flow on top. Two that end it in the same way lead to the same.
  struct Return {
    Move move;
    std::string way;
  };
  // A move that starts another flow above this one.
  struct Push {
    Below begun;  // its beginning, and this frame beneath it
    Step step;
    Index flow = 0;
  };
  // Where a move leads, and what became of the flow that was on top.
  enum class Fate : std::uint8_t {
    on_top,
    beneath,  // another was started above it
    ended,    // it came to an end: what follows is its callers'
    unwound,  // a flow of the stack begins again, with what lay beneath that
    left,     // it was left for good, with all that lay beneath
  };
  struct Lead {
    NodeId node = program::none;
    Fate fate = Fate::on_top;
    bool operator==(const Lead&) const = default;
  };
  struct Node {
    Situation situation;  // the first that came here
    EntryId entry = program::none;
    Beneath beneath;
    std::vector<EntryId> entries;
    std::vector<Origin> origins;                       // of each entry
    std::vector<std::pair<NodeId, Index>> successors;  // by moves that leave the frame on top
    std::vector<Push> pushes;
    std::map<Index, Return> returns;  // moves that end the flow
    std::vector<Lead> leads_to;
  };
  struct Entry {
    std::vector<Below> callers;
    std::vector<Origin> origins;                        // of each caller
    std::set<Below> known;                              // the same callers
    std::vector<std::pair<Step, std::string>> waiting;  // moves that end the flow, and in which way
    std::set<std::string> ends;                         // the same ways
  };
  struct FrameRecord {
    machine::Frame frame;
    std::vector<value::Value> slots;
  };
  // A way of ending a flow and the frame beneath, once it is known what follows.
  struct Ending {
    enum class Kind : std::uint8_t {
      unknown,
      top,      // the frame beneath goes on and rests
      beneath,  // it goes on and starts a flow
      further,  // it ends too
      apart,    // nothing is left of it
    };
    Kind kind = Kind::unknown;
    NodeId node = program::none;
    EntryId upper = program::none;
    FrameId frame = program::none;
    bool digression = false;
    std::string way;
  };
  struct Task {
    Step step;
    bool whole_node = false;
    bool closed = false;  // nothing lies beneath `step.beneath`
    std::string ending;   // whose it is
  };
  struct Member {
    NodeId node = program::none;
    EntryId entry = program::none;
    Origin origin;
  };

  void start();
  void take_task();
  bool within_bounds();
  void explore(NodeId id);
  void perform(const Task& task);
  struct Outcome;
  Ending record(const Outcome& outcome);
  void end_in(const Step& step, const std::string& way, const Below& caller);
  void follow(const Ending& ending, const Step& step);
  EntryId link_top(const Outcome& outcome, NodeId node);
  Beneath link_beneath(const Outcome& outcome, EntryId upper, Ending& ending);
  Ending wait_for_end(const Outcome& outcome);
  void judge(const Outcome& outcome, std::vector<Fault> faults);
  void cover(const Outcome& outcome);
  struct Leading;
  static Fate fate_of_top(const Outcome& outcome);
  void find_stuck();
  void find_overflow();
  struct Heaviest;
  void find_too_large();
  void try_on_full_stack(const Step& step);
  void add_fault(Fault fault, const Step& step);
  bool deepen(Beneath& beneath, EntryId entry, const Push& push, std::size_t& tries) const;

  NodeId intern(const Situation& situation, bool& fresh);
  FrameId intern_frame(const machine::Session& session, std::size_t frame, value::Instant now);
  EntryId entry_of_node(NodeId node);
  EntryId entry_beneath(EntryId upper, FrameId frame);
  void add_member(NodeId node, EntryId entry, Origin origin);
  void settle_members();
  void settle(Member member);
  void add_caller(EntryId entry, Below caller, Origin origin);
  void wait_for_callers(EntryId entry, Step step, const std::string& way);
  std::string way_of_ending(const Outcome& outcome) const;

  std::optional<Situation> build(const Step& step, bool closed, Beneath& whole) const;
  bool complete(Beneath& beneath, EntryId entry, Index top) const;
  bool starts_once(const Below& below) const;
  static std::string ending_of(const std::string& way, const Below& caller);
  bool is_possible(Index top, const Beneath& beneath) const;

  void way_to_node(NodeId node, EntryId entry, Beneath beneath, Walked& way) const;
  void way_to_call(EntryId entry, Beneath beneath, Walked& way) const;
  void way_of(const Step& step, Walked& way) const;

  const program::Program& program_;
  ExploreBounds bounds_;
  Observed observed_;
  MoveSource moves_;
  ExploreCounts counts_;
  std::vector<FoundFault> faults_;
  std::set<NodeId> stuck_;
  std::vector<Covered> covered_;
  CoverageSeen seen_;
  std::deque<Node> nodes_;
  std::deque<Entry> entries_;
  std::vector<FrameRecord> frames_;
  std::unordered_map<std::string, NodeId> node_ids_;
  std::unordered_map<std::string, FrameId> frame_ids_;
  std::unordered_map<NodeId, EntryId> node_entries_;
  std::map<std::pair<EntryId, FrameId>, EntryId> beneath_entries_;
  std::unordered_map<std::string, Ending> endings_;
  std::deque<Member> members_;
  std::deque<Task> tasks_;
  std::map<std::pair<Index, Index>, std::vector<Step>> through_;
  std::chrono::steady_clock::time_point began_;
};

}  // namespace alur::tools
