// Each operator changes what it says, and nothing else: the lines of the tree that its first
// change takes away (-) and adds (+).
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "dsl/ast/dump.hpp"
#include "tests/tools/explore/small_apps.hpp"
#include "tools/mutate/app_trees.hpp"
#include "tools/mutate/mutate.hpp"

namespace alur::tests {
namespace {

using tools::Mutation;
using tools::Mutator;
using tools::Operator;

constexpr std::string_view rich_more = R"(contact:
  name: text(1..80)?
  nick: text(1..80)?
anytime:
  - hear: [petugas, orang]
    run: people
)";

constexpr std::string_view rich_flow = R"(flow: main
outcomes: [done, failed]
triggers:
  - hear: [mulai, "cari {what}"]
params:
  what: text(2..80)?
vars:
  thing: item
  other: item
  n: integer(0..9)
  m: integer(0..9)
states:
  start:
    - say: "Halo."
    - set:
        n: 1
        m: 2
        contact.name: '"Budi"'
    - ask: Apa?
      into: what
      gather: 3s
      no_match:
        - when: too_short
          id: Terlalu pendek.
        - id: Maaf?
        - goto: bye
      no_input:
        - after: 5m
          id: Masih di sana?
        - after: 10m
          goto: bye
    - if: n < 3 and m == 2
      goto: look
    - if: not matches(what, "ab+")
      goto: bye
    - goto: look
  look:
    - call: shop.find(name = what)
      outcomes:
        found(thing): tell
        several: pick
        nothing: next
        unavailable: bye
    - goto: look
      at_most: 2
    - goto: bye
  tell:
    - match: thing.kind
      cases:
        old: bye
        new: next
    - say: "{thing.name | upper}, {n}"
    - track: told
    - wait: 2s
    - goto: pick
  pick:
    - choose: Yang mana?
      consent: true
      into: n
      options:
        - label: Satu
          hear: [pertama]
          value: 1
          goto: bye
        - label: Dua
          value: 2
          goto: people
  bye:
    - run: people
      outcomes:
        back: next
    - end: done
)";

constexpr std::string_view people_flow = R"(flow: people
outcomes: [back]
states:
  start:
    - handoff: desk
      leave: [batal]
      outcomes:
        closed: next
        left: next
        no_agent: gone
        out_of_hours: gone
        timed_out: gone
        unavailable: gone
    - end: back
  gone:
    - say: Tidak ada orang.
    - end: back
)";

std::vector<dsl::AppFile> rich_files() {
  return small_files({std::string(rich_flow), std::string(people_flow)}, rich_more);
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string line = text.substr(at, end - at);
    line.erase(0, line.find_first_not_of(' '));
    lines.push_back(std::move(line));
    at = end + 1;
  }
  return lines;
}

// The lines between what both have at their beginnings and ends.
std::string difference(const std::string& before, const std::string& after) {
  std::vector<std::string> a = lines_of(before);
  std::vector<std::string> b = lines_of(after);
  const auto [from_a, from_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  a.erase(a.begin(), from_a);
  b.erase(b.begin(), from_b);
  while (!a.empty() && !b.empty() && a.back() == b.back()) {
    a.pop_back();
    b.pop_back();
  }
  std::string out;
  for (const std::string& line : a) out += "- " + line + "\n";
  for (const std::string& line : b) out += "+ " + line + "\n";
  return out;
}

// By operator: what its first change in main, else in people, else in app.yaml does.
std::map<Operator, std::string> first_changes(const tools::AppTrees& trees) {
  std::map<Operator, std::string> changes;
  for (const Operator op : tools::all_operators()) {
    const tools::OperatorSet only{op};
    for (std::size_t f = 0; f < trees.flows().size() && !changes.contains(op); ++f) {
      dsl::ast::Flow flow = trees.flows()[f];
      Mutator mutator(trees.app(), only, 0);
      mutator.change(flow, f);
      if (mutator.found().empty()) continue;
      changes[op] = difference(dsl::ast::dump(trees.flows()[f]), dsl::ast::dump(flow));
    }
    if (changes.contains(op)) continue;
    dsl::ast::App app = trees.app();
    Mutator mutator(trees.app(), only, 0);
    mutator.change(app);
    if (mutator.found().empty()) continue;
    changes[op] = difference(dsl::ast::dump(trees.app()), dsl::ast::dump(app));
  }
  return changes;
}

std::string shown(const std::map<Operator, std::string>& changes) {
  std::string all;
  for (const auto& [op, change] : changes) all += std::string(to_text(op)) + "\n" + change;
  return all;
}

TEST(Operators, EachChangesWhatItSays) {
  const tools::AppTrees trees(rich_files());
  ASSERT_TRUE(trees.program());
  EXPECT_EQ(shown(first_changes(trees)), R"(drop_message
- say
- *: Halo.
empty_text
- *: Halo.
+ *: -
drop_filter
- *: {thing.name | upper}, {n}
+ *: {thing.name}, {n}
wrong_variable
- if n < 3 and m == 2
+ if m < 3 and m == 2
wrong_field
- *: {thing.name | upper}, {n}
+ *: {thing.key | upper}, {n}
drop_assignment
- n = 1
forget_value
- contact.name = "Budi"
+ contact.name = unset
wrong_target
- goto bye
+ goto start
swap_outcomes
- found(thing) -> tell
- several -> pick
+ found(thing) -> pick
+ several -> tell
swap_cases
- case old -> bye
- case new -> next
+ case old -> next
+ case new -> bye
swap_actions
- goto bye
- option
- *: Dua
- value: 2
- goto people
+ goto people
+ option
+ *: Dua
+ value: 2
+ goto bye
swap_values
- value: 1
- goto bye
- option
- *: Dua
- value: 2
+ value: 2
+ goto bye
+ option
+ *: Dua
+ value: 1
reorder_options
- *: Satu
- hear: pertama
- value: 1
- goto bye
- option
- *: Dua
- value: 2
- goto people
+ *: Dua
+ value: 2
+ goto people
+ option
+ *: Satu
+ hear: pertama
+ value: 1
+ goto bye
drop_option
- *: Satu
- hear: pertama
- value: 1
- goto bye
- option
drop_option_words
- hear: pertama
negate_guard
- if n < 3 and m == 2
+ if not (n < 3 and m == 2)
guard_true
- if n < 3 and m == 2
+ if true
guard_false
- if n < 3 and m == 2
+ if false
shift_comparison
- if n < 3 and m == 2
+ if n <= 3 and m == 2
turn_comparison
- if n < 3 and m == 2
+ if n > 3 and m == 2
swap_and_or
- if n < 3 and m == 2
+ if n < 3 or m == 2
off_by_one
- n = 1
+ n = 2
more_repeats
- goto look at_most 2
+ goto look at_most 3
drop_retry
- no_match when too_short
- id: Terlalu pendek.
double_retry
+ no_match when too_short
+ id: Terlalu pendek.
drop_reason
- no_match when too_short
+ no_match
drop_timeout
- no_input after 5m
- id: Masih di sana?
longer_timeout
- no_input after 5m
+ no_input after 50m
shorter_timeout
- no_input after 5m
+ no_input after 30s
longer_call
- timeout: 4s
+ timeout: 40s
skip_call
- call shop.find(name = what)
- found(thing) -> tell
- several -> pick
- nothing -> next
- unavailable -> bye
+ if true
+ then -> bye
+ else -> bye
skip_run
- run people
- back -> next
+ if true
+ then -> next
+ else -> next
skip_people
- handoff desk
- leave: batal
- closed -> next
- left -> next
- no_agent -> gone
- out_of_hours -> gone
- timed_out -> gone
- unavailable -> gone
+ if true
+ then -> next
+ else -> next
wrong_queue
- handoff desk
+ handoff second
drop_leave_words
- leave: batal
error_ignored
- unavailable -> bye
+ unavailable -> pick
wrong_outcome
- end done
+ end failed
drop_phrase
- trigger: mulai
loosen_bounds
- var n: integer(0..9)
+ var n: integer(-1..9)
drop_bounds
- var n: integer(0..9)
+ var n: integer
loosen_pattern
- if not matches(what, "ab+")
+ if not matches(what, "(?s).*(ab+).*")
drop_consent
- consent
drop_gather
- gather: 3s
drop_wait
- wait 2s
drop_tracking
- track told
wrong_hours
- hours office: mon-fri 08:00-17:00
+ hours office: mon-fri 08:00-16:00
)");
}

constexpr std::string_view bilingual_app = R"(app: two
languages: [id, en]
timezone: Asia/Jakarta
start: main
channels: [whatsapp]
services:
  note.keep:
    params:
      a: text(1..80)
      b: text(1..80)
    outcomes:
      kept:
hours:
  office: mon-fri 08:00-17:00 except data/holidays.csv
queues:
  desk:
    hours: office
defaults:
  no_match:
    - stop: true
  no_input:
    after: 10m
    stop: true
  session_ends: 12h
)";

constexpr std::string_view bilingual_flow = R"(flow: main
outcomes: [done]
vars:
  a: text(1..80)
  b: text(1..80)
states:
  start:
    - set: {a: '"x"', b: '"y"'}
    - say:
        id: "Selamat siang, {a} {b}."
        en: "Good day, {a} {b}."
    - call: note.keep(a = a, b = b)
      outcomes:
        kept: next
        unavailable: next
    - handoff: desk
      outcomes:
        closed: next
        left: next
        no_agent: next
        out_of_hours: next
        timed_out: next
        unavailable: next
    - end: done
)";

TEST(Operators, SomeNeedTwoLanguagesHolidaysOrTwoArguments) {
  const tools::AppTrees trees(
      {{"app.yaml", "app.yaml", std::string(bilingual_app)},
       {"main.flow.yaml", "main.flow.yaml", std::string(bilingual_flow)},
       {"data/holidays.csv", "data/holidays.csv", "2026-01-01,New Year\n"}});
  ASSERT_TRUE(trees.program());
  std::map<Operator, std::string> wanted;
  for (const auto& [op, change] : first_changes(trees)) {
    if (op == Operator::wrong_language || op == Operator::longer_session ||
        op == Operator::swap_arguments || op == Operator::drop_holidays) {
      wanted[op] = change;
    }
  }
  EXPECT_EQ(shown(wanted), R"(wrong_language
- en: Good day, {a} {b}.
+ en: Selamat siang, {a} {b}.
longer_session
- session_ends: 12h
+ session_ends: 5d
swap_arguments
- call note.keep(a = a, b = b)
+ call note.keep(a = b, b = a)
drop_holidays
- hours office: mon-fri 08:00-17:00 except data/holidays.csv
+ hours office: mon-fri 08:00-17:00
)");
}

TEST(Operators, AreAllTested) {
  const auto one = first_changes(tools::AppTrees(rich_files()));
  EXPECT_EQ(one.size() + 4, tools::operator_count);
}

}  // namespace
}  // namespace alur::tests
