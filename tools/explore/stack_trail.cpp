#include "tools/explore/stack_trail.hpp"

#include <algorithm>

namespace alur::tools {

using Kind = machine::TraceEntry::Kind;

StackTrail::StackTrail(const std::vector<machine::Frame>& before, const machine::Trace& trace) {
  for (std::size_t i = before.size(); i-- > 0;) {
    frames_.push_back({false, static_cast<Index>(frames_.size()), before[i].unit});
  }
  for (const machine::TraceEntry& entry : trace.entries) follow(entry);
}

void StackTrail::push(Index unit) {
  frames_.insert(frames_.begin(), {true, 0, unit});
}

// A phrase that starts a flow which is under way goes back to it, and it begins again.
void StackTrail::unwind_to(Index unit) {
  const auto found = std::find_if(frames_.begin(), frames_.end(),
                                  [unit](const Kept& frame) { return frame.unit == unit; });
  if (found == frames_.end()) return;
  frames_.erase(frames_.begin(), found + 1);
  unwound_ = true;
}

void StackTrail::follow(const machine::TraceEntry& entry) {
  switch (entry.kind) {
    case Kind::took:
      if (static_cast<machine::Rule>(entry.detail) == machine::Rule::trigger) {
        unwind_to(entry.unit);
      }
      return;
    case Kind::pushed:
      return push(entry.unit);
    case Kind::popped:
      if (frames_.empty()) return;
      if (!frames_.front().fresh) returned_ = frames_.front().level + 1;
      frames_.erase(frames_.begin());
      return;
    case Kind::left:
    case Kind::started:
      frames_.clear();
      return push(entry.unit);
    case Kind::ended:
      frames_.clear();
      return;
    default:
      return;
  }
}

}  // namespace alur::tools
