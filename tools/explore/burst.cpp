#include "tools/explore/burst.hpp"

#include <algorithm>

namespace alur::tools {

using Kind = machine::TraceEntry::Kind;

namespace {

// Kept for later, passed on to people, or no message at all.
bool is_not_answered(const machine::TraceEntry& entry) {
  return entry.kind == Kind::queued || entry.kind == Kind::queue_full ||
         entry.kind == Kind::forwarded || entry.kind == Kind::uncounted ||
         entry.kind == Kind::repeated;
}

}  // namespace

void Burst::take(const machine::Turn& turn, const machine::Session& after) {
  const auto& entries = turn.trace.entries;
  const auto heard = std::find_if(entries.begin(), entries.end(),
                                  [](const auto& entry) { return entry.kind == Kind::heard; });
  const bool waited = heard != entries.end() && heard != entries.begin();
  const bool answered =
      heard != entries.end() && std::none_of(entries.begin(), entries.end(), is_not_answered);
  if (!goes_on_ || answered) messages_ = 0;
  goes_on_ = (goes_on_ || answered) && !waited;
  messages_ = goes_on_ ? messages_ + turn.messages.size() : 0;
  if (!after.active() || after.rest == machine::Rest::question) goes_on_ = false;
}

}  // namespace alur::tools
