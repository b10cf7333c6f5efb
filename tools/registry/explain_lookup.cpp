#include "tools/registry/explain_lookup.hpp"

#include <fmt/format.h>

namespace alur::tools {

using registry::Answer;
using registry::Candidate;
using registry::Column;
using registry::ListKind;
using registry::RecordRef;
using registry::Snapshot;

namespace {

constexpr std::size_t explained_max = 10;

std::string named(const Snapshot& lists, RecordRef ref) {
  const registry::RecordTable& table = lists.records(ref.list);
  return fmt::format("{} ({})", table.cell(ref.row, Column::name),
                     table.cell(ref.row, Column::key));
}

std::string standing_told(const Snapshot& lists, const Answer& answer) {
  if (answer.about->list == ListKind::alert) {
    const auto decree = lists.records(ListKind::alert).cell(answer.about->row, Column::decree);
    return decree.empty() ? std::string() : fmt::format(", {}", decree);
  }
  const registry::Standing standing = lists.records(ListKind::licensed).standing(answer.about->row);
  return fmt::format(", {}", to_text(standing));
}

}  // namespace

std::string tell_lookup(const Snapshot& lists, const Answer& answer) {
  std::string out(to_text(answer.outcome));
  if (answer.about) {
    const registry::ListHead& head = lists.list(answer.about->list).head;
    out += fmt::format(": {}{}; {}, as of {}", named(lists, *answer.about),
                       standing_told(lists, answer), head.source, value::to_string(head.as_of));
  }
  if (answer.outcome == registry::Outcome::out_of_scope) {
    out += fmt::format(": {}, {}", answer.authority.name, answer.authority.reach);
  }
  if (answer.stale) out += " (an old list: a caution, no assurance)";
  out += '\n';
  for (const Candidate& candidate : answer.candidates) {
    out += fmt::format("  {}: {}{}\n", lists.names().text(candidate.name),
                       named(lists, candidate.record),
                       candidate.imitates ? ", which the spelling imitates" : "");
  }
  if (answer.misused) {
    out += fmt::format("  on the alert list: {}\n", lists.names().text(*answer.misused));
  }
  if (answer.warned) {
    out += fmt::format("  the nearest is on the alert list: {}\n", named(lists, *answer.warned));
  }
  return out;
}

std::string explain_lookup(const Snapshot& lists, std::string_view typed, const Answer& answer) {
  std::string out = fmt::format("lists: {}\nexact form: {}\nsearched for: {}\nfound out:\n",
                                lists.id(), answer.exact_form, answer.search_form);
  std::string_view facts;
  const std::string told = to_text(answer.facts);
  for (facts = told; !facts.empty(); facts.remove_prefix(facts.find('\n') + 1)) {
    out += fmt::format("  {}\n", facts.substr(0, facts.find('\n')));
  }
  out += fmt::format("because: {}\nsimilar names:\n", answer.because);
  for (const Candidate& candidate : registry::similar_names(lists, typed, explained_max)) {
    out += fmt::format("  {:.3f}  {} edits  {} list  {}: {}\n", candidate.score, candidate.edits,
                       to_text(candidate.record.list), lists.names().text(candidate.name),
                       named(lists, candidate.record));
  }
  return out;
}

}  // namespace alur::tools
