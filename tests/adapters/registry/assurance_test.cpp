// Nobody is told that something is licensed because its name is like a licensed one: tens of
// thousands of hostile names, and recall beside it. On the bundled sample always; on a list of
// thousands of real names where ALUR_SHARED says where it is.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "adapters/registry/lookup.hpp"
#include "tests/adapters/registry/adversary.hpp"
#include "tests/adapters/registry/sample_lists.hpp"

namespace alur::registry {
namespace {

using tests::Adversary;
using tests::list_day;
using tests::plain_identity;

constexpr std::uint64_t seed = 157;
constexpr int hostile_queries = 25'000;

std::vector<std::string> names_on(const Snapshot& lists, ListKind kind) {
  std::vector<std::string> names;
  for (Row row = 0; row < lists.records(kind).size(); ++row) {
    lists.records(kind).for_each_name(
        row, [&](std::string_view name, NameRole) { names.emplace_back(name); });
  }
  return names;
}

std::set<std::string> identities(const std::vector<std::string>& names) {
  std::set<std::string> all;
  for (const std::string& name : names) all.insert(plain_identity(name));
  return all;
}

// The lists to try: name, snapshot.
std::vector<std::pair<std::string, SnapshotRef>> all_lists() {
  std::vector<std::pair<std::string, SnapshotRef>> lists{{"bundled", tests::bundled_lists()}};
  const std::vector<std::string> shared = tests::shared_licensed_names();
  if (!shared.empty()) lists.emplace_back("shared", tests::make_lists(tests::csv_of_names(shared)));
  return lists;
}

TEST(Assurance, NoHostileNameIsCalledLicensed) {
  for (const auto& [title, lists] : all_lists()) {
    const std::vector<std::string> names = names_on(*lists, ListKind::licensed);
    const std::set<std::string> licensed = identities(names);
    Adversary adversary(names, seed);
    int asked = 0;
    int false_assurances = 0;
    while (asked < hostile_queries) {
      const std::string query = adversary.hostile();
      if (licensed.contains(plain_identity(query))) continue;
      ++asked;
      const Answer answer = look_up(*lists, query, list_day);
      if (answer.outcome != Outcome::licensed && answer.outcome != Outcome::both) continue;
      ++false_assurances;
      ADD_FAILURE() << title << ": \"" << query << "\" is answered " << to_text(answer.outcome);
    }
    EXPECT_EQ(false_assurances, 0) << title;
  }
}

// The other way round: what is answered "licensed" is identical to a name of what is answered.
RC_GTEST_PROP(Assurance, LicensedIsIdentical, ()) {
  static const SnapshotRef& lists = tests::bundled_lists();
  static const std::vector<std::string> names = names_on(*lists, ListKind::licensed);
  const std::string name = *rc::gen::elementOf(names);
  const std::string noise = *rc::gen::string<std::string>();
  const std::size_t at = *rc::gen::inRange<std::size_t>(0, name.size() + 1);
  const std::string query = name.substr(0, at) + noise + name.substr(at);
  const Answer answer = look_up(*lists, query, list_day);
  if (answer.outcome != Outcome::licensed) return;
  std::set<std::string> own;
  lists->records(ListKind::licensed)
      .for_each_name(answer.about->row,
                     [&](std::string_view each, NameRole) { own.insert(plain_identity(each)); });
  RC_ASSERT(own.contains(plain_identity(query)));
}

TEST(Assurance, EveryNameIsFoundHoweverItIsWritten) {
  for (const auto& [title, lists] : all_lists()) {
    const RecordTable& table = lists->records(ListKind::licensed);
    Adversary adversary({}, seed);
    for (Row row = 0; row < table.size(); ++row) {
      const std::string name(table.cell(row, Column::name));
      if (!may_serve(table.standing(row))) continue;
      for (const std::string& query : {name, adversary.same_name(name)}) {
        const Outcome outcome = look_up(*lists, query, list_day).outcome;
        EXPECT_TRUE(outcome == Outcome::licensed || outcome == Outcome::both)
            << title << ": " << query << " is answered " << to_text(outcome);
      }
    }
  }
}

TEST(Assurance, EveryWarningIsRecognised) {
  const SnapshotRef& lists = tests::bundled_lists();
  const std::set<std::string> licensed = identities(names_on(*lists, ListKind::licensed));
  for (const std::string& name : names_on(*lists, ListKind::alert)) {
    const Outcome outcome = look_up(*lists, name, list_day).outcome;
    const bool shared = licensed.contains(plain_identity(name));
    EXPECT_EQ(outcome, shared ? Outcome::both : Outcome::alert) << name;
  }
}

// Names as warnings, also of kinds that look like something else than a name.
TEST(Assurance, WarningsOfEveryShapeAreRecognised) {
  const std::vector<std::string> names{
      "Pinjam Uang",      "Dana",        "https://danakilat.xyz/app",      "com.dana.kilat",
      "KSP Maju Bersama", "Koperasi X",  "Rupiah Cepat - Pinjaman Online", "bca.co.id.vip",
      "1000 Dana",        "DANA+",       "\xe8\x82\xa1\xe7\xa5\xa8",       "min apa legal",
      "PT Resmi OJK",     "K3P-123/2020"};
  const SnapshotRef lists =
      tests::make_lists("key,name\na,Rupiah Cepat\nb,Dana Plus\n", tests::csv_of_names(names));
  for (const std::string& name : names) {
    EXPECT_EQ(look_up(*lists, name, list_day).outcome, Outcome::alert) << name;
  }
}

// The share of mistyped names whose record is among the three that are offered.
double recall(const Snapshot& lists, int errors, int& assured) {
  const RecordTable& table = lists.records(ListKind::licensed);
  const std::set<std::string> listed = identities(names_on(lists, ListKind::licensed));
  Adversary adversary({}, seed + static_cast<std::uint64_t>(errors));
  double asked = 0;
  double found = 0;
  for (Row row = 0; row < table.size(); ++row) {
    const std::string name(table.cell(row, Column::name));
    const std::string query = adversary.mistyped(name, errors);
    if (listed.contains(plain_identity(query))) continue;
    const Answer answer = look_up(lists, query, list_day);
    ++asked;
    if (answer.outcome == Outcome::licensed) ++assured;
    for (const Candidate& candidate : answer.candidates) {
      // Of several records with one name any will do.
      const std::string_view offered = lists.names().text(candidate.name);
      const bool right = candidate.record == RecordRef{ListKind::licensed, row} ||
                         plain_identity(offered) == plain_identity(name);
      if (!right) continue;
      ++found;
      break;
    }
  }
  return found / asked;
}

TEST(Assurance, MistypedNamesAreOffered) {
  for (const auto& [title, lists] : all_lists()) {
    int assured = 0;
    const double one = recall(*lists, 1, assured);
    const double two = recall(*lists, 2, assured);
    std::cout << title << ": one error " << one << ", two errors " << two << "\n";
    EXPECT_GE(one, 0.99) << title;
    EXPECT_GE(two, 0.97) << title;
    EXPECT_EQ(assured, 0) << title;
  }
}

}  // namespace
}  // namespace alur::registry
