// Ends of flows: each way in which a flow ends is followed once for each flow that it may come back
// to.
#include <fmt/format.h>

#include "tools/explore/explorer.hpp"

namespace alur::tools {

void Explorer::wait_for_callers(EntryId id, Step step, const std::string& way) {
  if (!entries_[id].ends.insert(way).second) return;
  entries_[id].waiting.push_back({step, way});
  for (std::size_t i = 0; i < entries_[id].callers.size(); ++i) {
    const Below caller = entries_[id].callers[i];
    end_in(step, way, caller);
  }
}

std::string Explorer::ending_of(const std::string& way, const Below& caller) {
  return fmt::format("{}>{}{}", way, caller.frame, caller.digression ? "d" : "");
}

// A flow ends in some way, and the caller goes on. What follows is the same for every caller that
// rests in the same place with the same knowledge.
void Explorer::end_in(const Step& step, const std::string& way, const Below& caller) {
  Task task{step, false, caller.is_bottom(), way};
  if (!task.closed) {
    task.ending = ending_of(way, caller);
    task.step.beneath.push_back(caller);
  }
  const Ending& ending = endings_[task.ending];
  if (ending.kind == Ending::Kind::unknown) {
    tasks_.push_back(std::move(task));
  } else {
    follow(ending, task.step);
  }
}

void Explorer::follow(const Ending& ending, const Step& step) {
  if (step.beneath.empty()) return;
  const Below& last = step.beneath.back();
  const Origin origin{Origin::Kind::level, static_cast<Index>(step.beneath.size()), step};
  switch (ending.kind) {
    case Ending::Kind::top:
      return add_member(ending.node, last.entry, origin);
    case Ending::Kind::beneath:
      return add_caller(ending.upper, {last.entry, ending.frame, ending.digression}, origin);
    case Ending::Kind::further:
      return wait_for_callers(last.entry, step, std::string(ending.way));
    default:
      return;
  }
}

}  // namespace alur::tools
