// Looking a name up: finds out what there is to know about a query, lets the policy decide, and
// gathers what the answer speaks of. Pure: a snapshot, a text and a day in, an answer out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/registry/decide.hpp"
#include "adapters/registry/snapshot.hpp"

namespace alur::registry {

// No name is longer. What is typed beyond is not read, and never answered for.
inline constexpr std::size_t typed_bytes_max = 1'000;

// A name that is only similar. Says nothing of how it stands.
struct Candidate {
  NameId name = 0;
  RecordRef record;
  double score = 0;
  int edits = 0;
  bool imitates = false;  // it can be mistaken for this name by its letters
};

struct Answer {
  Outcome outcome = Outcome::unavailable;
  std::string_view because;
  Facts facts;
  std::string exact_form;
  std::string search_form;            // what similar names were looked for with
  std::optional<RecordRef> about;     // licensed, both, former: an institution; alert: an entry
  std::vector<Candidate> candidates;  // at most three, best first
  std::optional<NameId> misused;      // both: the name that is on the alert list
  std::optional<RecordRef> warned;    // the nearest of all names is this one of the alert list
  Authority authority;                // out_of_scope
  bool stale = false;                 // a list is older than it may be
};

inline constexpr std::size_t candidates_max = 3;

Answer look_up(const Snapshot& lists, std::string_view typed, value::Date today);

// The answer for a candidate that a citizen has chosen, by its key: of that record, whatever was
// typed. What is said of an institution is the same however it was found: one name, link or app of
// it on the alert list is enough for `both`.
Answer confirm(const Snapshot& lists, std::string_view key, value::Date today);

// Everything that was compared, for those who want to know why: best first.
std::vector<Candidate> similar_names(const Snapshot& lists, std::string_view typed,
                                     std::size_t wanted);

}  // namespace alur::registry
