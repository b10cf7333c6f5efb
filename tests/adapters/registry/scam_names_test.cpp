// The assurances once more, with tricks of another hand: tens of thousands of names made out of
// listed ones, on the bundled sample always, on thousands of real names where ALUR_SHARED says
// where they are, and with any part of the warnings hidden.
#include "tests/adapters/registry/scam_names.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "adapters/registry/exact_form.hpp"
#include "adapters/registry/list_folder.hpp"
#include "adapters/registry/lookup.hpp"
#include "tests/adapters/registry/adversary.hpp"
#include "tests/adapters/registry/sample_lists.hpp"

namespace alur::registry {
namespace {

using tests::ListedNames;
using tests::ScamNames;

// ALUR_SEED=n tries others.
const std::uint64_t seed = [] {
  const char* given = std::getenv("ALUR_SEED");
  return given ? std::strtoull(given, nullptr, 10) : 1'957u;
}();
constexpr int queries = 45'000;
constexpr int shown_max = 20;

std::vector<std::string> names_on(const Snapshot& lists, ListKind kind) {
  std::vector<std::string> names;
  for (Row row = 0; row < lists.records(kind).size(); ++row) {
    lists.records(kind).for_each_name(
        row, [&](std::string_view name, NameRole) { names.emplace_back(name); });
  }
  return names;
}

ListedNames own_names(const Snapshot& lists, RecordRef record) {
  ListedNames own;
  lists.records(record.list).for_each_name(record.row, [&](std::string_view name, NameRole) {
    own.add(name);
  });
  return own;
}

// What may be typed alone in the place of a name: official addresses and apps, and numbers.
bool holds_an_own_identifier(const Snapshot& lists, RecordRef record, std::string query) {
  std::transform(query.begin(), query.end(), query.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  bool found = false;
  for (const Column column : {Column::links, Column::apps, Column::licence}) {
    for_each_part(lists.records(record.list).cell(record.row, column), [&](std::string_view part) {
      std::string own(part);
      std::transform(own.begin(), own.end(), own.begin(),
                     [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      found |= query.find(own) != std::string::npos;
    });
  }
  return found;
}

// A sentence for each answer that says more than it may; empty when it does not.
std::string too_much(const Snapshot& lists, const std::string& query) {
  const Answer answer = look_up(lists, query, tests::list_day);
  if (answer.outcome != Outcome::licensed && answer.outcome != Outcome::both) {
    const bool told =
        answer.about && answer.outcome != Outcome::alert && answer.outcome != Outcome::former;
    return told ? "speaks of somebody without an answer" : "";
  }
  if (answer.outcome == Outcome::both && answer.about->list == ListKind::alert) return "";
  const bool same = own_names(lists, *answer.about).hold(query);
  if (same || holds_an_own_identifier(lists, *answer.about, query)) return "";
  return std::string(to_text(answer.outcome)) + " " +
         std::string(lists.records(answer.about->list).cell(answer.about->row, Column::name)) +
         ", because " + std::string(answer.because);
}

void expect_no_false_assurance(const std::string& title, const Snapshot& lists) {
  ScamNames scams(names_on(lists, ListKind::licensed), seed);
  int wrong = 0;
  for (int i = 0; i < queries; ++i) {
    const std::string query = scams.next();
    const std::string why = too_much(lists, query);
    if (why.empty()) continue;
    ++wrong;
    if (wrong > shown_max) continue;
    ADD_FAILURE() << title << ": \"" << query << "\" (" << scams.tricks() << "): " << why;
  }
  EXPECT_EQ(wrong, 0) << title;
}

TEST(ScamNames, NoneIsReassuring) {
  expect_no_false_assurance("bundled", *tests::bundled_lists());
  const std::vector<std::string> shared = tests::shared_licensed_names();
  if (shared.empty()) return;
  expect_no_false_assurance("shared", *tests::make_lists(tests::csv_of_names(shared)));
}

// Names to be warned of: tricks, and now and then a licensed name itself. No list can hold control
// characters.
std::vector<std::string> warnings_about(const std::vector<std::string>& names, std::size_t count) {
  ScamNames scams(names, seed + 1);
  std::vector<std::string> made;
  while (made.size() < count) {
    const std::size_t i = made.size();
    std::string name = i % 97 == 0 ? names[i * 31 % names.size()] : scams.next();
    if (name.find('\x01') == std::string::npos) made.push_back(std::move(name));
  }
  return made;
}

// Every other, every third ... of the warnings is there; all of them are asked for.
void expect_warnings_where_they_are(const std::vector<std::string>& names) {
  const std::vector<std::string> warnings = warnings_about(names, 6'000);
  ListedNames licensed;
  for (const std::string& name : names) licensed.add(name);
  for (const std::size_t hidden : {1u, 2u, 3u, 7u, 6'001u}) {
    std::vector<std::string> seen;
    for (std::size_t i = 0; i < warnings.size(); ++i) {
      if (i % hidden != 0) seen.push_back(warnings[i]);
    }
    const auto lists = tests::make_lists(tests::csv_of_names(names), tests::csv_of_names(seen));
    for (std::size_t i = 0; i < warnings.size(); ++i) {
      const Outcome outcome = look_up(*lists, warnings[i], tests::list_day).outcome;
      const bool same = licensed.hold(warnings[i]);
      if (i % hidden == 0) {
        // Another that is seen may be the same name.
        EXPECT_TRUE(same || outcome != Outcome::licensed) << warnings[i];
      } else {
        EXPECT_TRUE(outcome == (same ? Outcome::both : Outcome::alert) ||
                    exact_form(warnings[i]).empty())
            << warnings[i] << " is answered " << to_text(outcome);
      }
    }
  }
}

TEST(ScamNames, WarningsAreToldWhereTheyAreSeenAndNothingIsMadeUpWhereNot) {
  expect_warnings_where_they_are(names_on(*tests::bundled_lists(), ListKind::licensed));
  const std::vector<std::string> shared = tests::shared_licensed_names();
  if (!shared.empty()) expect_warnings_where_they_are(shared);
}

// The bundled warnings, asked for where nobody warns of anything.
TEST(ScamNames, BundledWarningsThatAreHiddenAreNotLicensed) {
  const Snapshot& all = *tests::bundled_lists();
  const auto lists = tests::make_lists(to_csv(ListKind::licensed, all.records(ListKind::licensed)));
  ListedNames licensed;
  for (const std::string& name : names_on(all, ListKind::licensed)) licensed.add(name);
  for (const std::string& name : names_on(all, ListKind::alert)) {
    const Outcome outcome = look_up(*lists, name, tests::list_day).outcome;
    EXPECT_TRUE(licensed.hold(name) || outcome != Outcome::licensed) << name;
  }
}

}  // namespace
}  // namespace alur::registry
