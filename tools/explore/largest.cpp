// How large a session can grow. While exploring, what lies beneath a flow is whatever was there
// first; so afterwards each place is looked at once more with the flows beneath that take the most.
#include <algorithm>
#include <map>

#include "tools/explore/explorer.hpp"

namespace alur::tools {

using program::none;

// The heaviest flows that can lie beneath a beginning of a flow, at most so many.
struct Explorer::Heaviest {
  explicit Heaviest(const Explorer& explorer) : all(explorer) {}

  struct Choice {
    std::size_t bytes = 0;
    Below below;  // the first of them; bottom: there are none
  };

  const Choice& beneath(EntryId entry, std::size_t room) {
    const auto [known, fresh] = choices.try_emplace({entry, room});
    if (!fresh || room == 0) return known->second;
    Choice best;
    for (const Below& caller : all.entries_[entry].callers) {
      if (caller.is_bottom()) continue;
      const FrameRecord& record = all.frames_[caller.frame];
      const std::size_t bytes =
          bytes_at_most(all.program_.unit(record.frame.unit), record.slots.data()) +
          beneath(caller.entry, room - 1).bytes;
      if (bytes > best.bytes) best = {bytes, caller};
    }
    return choices[{entry, room}] = best;
  }

  Beneath stack(EntryId entry) {
    Beneath whole;
    for (std::size_t room = machine::stack_max - 1; room > 0; --room) {
      const Below below = beneath(entry, room).below;
      if (below.is_bottom()) break;
      whole.push_back(below);
      entry = below.entry;
    }
    return whole;
  }

  const Explorer& all;
  std::map<std::pair<EntryId, std::size_t>, Choice> choices;
};

void Explorer::find_too_large() {
  Heaviest heaviest(*this);
  std::vector<std::size_t> beneath;  // by beginning
  for (EntryId entry = 0; entry < entries_.size(); ++entry) {
    beneath.push_back(heaviest.beneath(entry, machine::stack_max - 1).bytes);
  }
  for (NodeId id = 0; id < nodes_.size(); ++id) {
    const machine::Session& session = nodes_[id].situation.session;
    if (!session.active()) continue;
    const machine::Frame& top = session.frames.back();
    const std::size_t own = bytes_at_most(program_.unit(top.unit), session.slots.data() + top.base);
    for (const EntryId entry : nodes_[id].entries) {
      if (own + beneath[entry] <= bounds_.faults.session_bytes_max) continue;
      Step step{id, none, entry, heaviest.stack(entry)};
      Beneath whole;
      const auto situation = build(step, false, whole);
      if (!situation) continue;
      step.beneath = std::move(whole);
      for (Fault& fault : judge_session(program_, {}, situation->session, bounds_.faults)) {
        add_fault(std::move(fault), step);
      }
    }
  }
}

}  // namespace alur::tools
