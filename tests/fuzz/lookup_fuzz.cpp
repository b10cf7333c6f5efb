// Any bytes as what a citizen types: answered, told and kept without a fault, and called licensed
// only when a name of the institution, or what is its own, is there.
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>

#include "adapters/registry/audit.hpp"
#include "tests/adapters/registry/sample_lists.hpp"
#include "tests/adapters/registry/scam_names.hpp"
#include "tools/registry/explain_lookup.hpp"

namespace {

using namespace alur;
using registry::Outcome;

bool is_named(const registry::Snapshot& lists, registry::RecordRef record,
              const std::string& typed) {
  tests::ListedNames own;
  lists.records(record.list).for_each_name(record.row, [&](std::string_view name, auto) {
    own.add(name);
  });
  return own.hold(typed);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const registry::Snapshot& lists = *tests::small_lists();
  const std::string typed(bytes, bytes + size);
  const registry::Answer answer = registry::look_up(lists, typed, tests::list_day);
  (void)tools::tell_lookup(lists, answer);
  (void)tools::explain_lookup(lists, typed, answer);
  (void)to_json(registry::to_audit_entry(lists, typed, answer));
  assert(answer.candidates.size() <= registry::candidates_max);
  assert(answer.candidates.empty() || answer.outcome == Outcome::near);
  for (const registry::Candidate& one : answer.candidates) {
    const auto key = lists.records(one.record.list).cell(one.record.row, registry::Column::key);
    const Outcome chosen = registry::confirm(lists, key, tests::list_day).outcome;
    assert(chosen != Outcome::not_found && chosen != Outcome::near);
  }
  if (answer.outcome == Outcome::licensed) {
    assert(answer.facts.has(registry::Fact::id_alone) || is_named(lists, *answer.about, typed));
  }
  return 0;
}
