// Every entry of `no_match` and `no_input` can come: no attempt and no silence is answered by an
// earlier entry that leaves, by another entry for the same reason, or by the conversation's end.
//
// The machine picks an entry from the number of failed attempts and the reason alone, so trying
// every number with every reason shows all that it can pick; silences come in their order, each
// counted from the one before, and `session_ends` counts from the citizen's last message.
#include <algorithm>
#include <set>

#include "dsl/check/proof/family.hpp"
#include "engine/value/reading.hpp"

namespace alur::dsl::proof {

using program::none;
using program::Range;
using program::Rung;

namespace {

constexpr int reasons_count = 0
#define MISMATCH(name, meaning) +1
#include "engine/value/mismatch.def"
#undef MISMATCH
    ;

// As the machine picks; none: the question is asked once more.
Index picked(const Unit& unit, Range rungs, Index attempt, int reason) {
  if (attempt >= rungs.size()) return rungs.end - 1;
  for (Index i = rungs.begin; i + 1 < rungs.end; ++i) {
    const Rung& rung = unit.rungs[i];
    if (rung.only_for_reason && static_cast<int>(rung.reason) == reason) return i;
  }
  for (Index i = rungs.begin + attempt; i-- > rungs.begin;) {
    if (!unit.rungs[i].only_for_reason) return i;
  }
  return none;
}

void check_rungs(Case& app, Index unit_index, Range rungs) {
  const Unit& unit = app.unit(unit_index);
  std::set<Index> used;
  bool goes_on = true;
  for (Index attempt = 1; attempt <= rungs.size() && goes_on; ++attempt) {
    goes_on = false;
    for (int reason = 0; reason < reasons_count; ++reason) {
      const Index rung = picked(unit, rungs, attempt, reason);
      goes_on |= rung == none || !unit.rungs[rung].leaves;
      if (rung != none) used.insert(rung);
    }
  }
  for (Index i = rungs.begin; i < rungs.end; ++i) {
    if (used.contains(i)) continue;
    app.report(Code::entry_never_comes, app.span(unit_index, unit.rungs[i].place),
               "this entry of `no_match` is never used: another answers before it can",
               "an entry that leaves ends the attempts; each reason has one entry");
  }
}

void check_silences(Case& app, Index unit_index, Range silences) {
  const Unit& unit = app.unit(unit_index);
  const std::int64_t ends = app.program().app().session_ends_ms;
  std::int64_t after = 0;
  bool left = false;
  for (Index i = silences.begin; i < silences.end; ++i) {
    after += unit.silences[i].after_ms;
    const Span span = app.span(unit_index, unit.silences[i].place);
    if (left) {
      app.report(Code::entry_never_comes, span,
                 "this entry of `no_input` never comes: an earlier one leaves the question",
                 "put the entry that leaves last");
    } else if (after >= ends) {
      app.report(Code::entry_never_comes, span,
                 "this entry of `no_input` never comes: the conversation has ended by then",
                 "make `after` shorter, or `session_ends` in `defaults` longer");
    }
    left |= unit.silences[i].leaves;
  }
}

}  // namespace

void prove_ladders(Case& app) {
  check_rungs(app, 0, app.program().app().defaults.rungs);
  check_silences(app, 0, app.program().app().defaults.silences);
  for (Index i = 1; i < app.program().unit_count(); ++i) {
    for (const program::Question& question : app.unit(i).questions) {
      if (question.ladder.own_rungs) check_rungs(app, i, question.ladder.rungs);
      if (question.ladder.own_silences) check_silences(app, i, question.ladder.silences);
    }
  }
}

}  // namespace alur::dsl::proof
