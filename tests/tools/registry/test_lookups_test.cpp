#include "tools/registry/test_lookups.hpp"

#include <gtest/gtest.h>

#include "tests/adapters/registry/sample_lists.hpp"
#include "tools/registry/explain_lookup.hpp"

namespace alur::tools {
namespace {

LookupTest run(std::string_view csv) {
  return test_lookups(*tests::small_lists(), "t.csv", csv, tests::list_day);
}

TEST(TestLookups, TellsWhatIsNotAsExpected) {
  const LookupTest result =
      run("query,expected\n"
          "bca,licensed\n"
          "bca,licensed bca\n"
          "bank centrl asia,near bca\n"
          "bank centrl asia,not licensed\n"
          "bca,alert\n"
          "danamass,near bca\n");
  EXPECT_EQ(result.report,
            "t.csv:6: \"bca\" should be alert and is licensed bca\n"
            "t.csv:7: \"danamass\" should be near bca and is near danamas\n"
            "4 passed, 2 failed\n");
  EXPECT_EQ(result.passed, 4u);
  EXPECT_EQ(result.failed, 2u);
}

TEST(TestLookups, BadTablesAreTold) {
  EXPECT_EQ(run("a,b\n").error, "t.csv: the columns query and expected are wanted");
  EXPECT_EQ(run("query,expected\nbca,maybe\n").error, "t.csv:2: this is no expectation");
  EXPECT_EQ(run("query,expected\nbca\n").error, "t.csv:2: a cell is missing");
  EXPECT_EQ(run("query,expected\n\"bca\n").error, "t.csv:2: a quote is not closed");
}

TEST(ExplainLookup, SaysWhy) {
  const registry::Snapshot& lists = *tests::small_lists();
  const registry::Answer answer = look_up(lists, "uang sulapp", tests::list_day);
  EXPECT_EQ(tell_lookup(lists, answer),
            "near\n"
            "  Uang Sulap: Uang Sulap (a_sulap)\n"
            "  the nearest is on the alert list: Uang Sulap (a_sulap)\n");
  EXPECT_EQ(explain_lookup(lists, "uang sulapp", answer),
            "lists: licensed 1, alert 1\n"
            "exact form: uangsulapp\n"
            "searched for: uang sulapp\n"
            "found out:\n"
            "  a listed name stands whole in it\n"
            "  a listed name differs by very few typing errors, or only looks different\n"
            "  a listed name is similar\n"
            "because: a listed name stands in it\n"
            "similar names:\n"
            "  0.900  1 edits  alert list  Uang Sulap: Uang Sulap (a_sulap)\n");
  const registry::Answer bank = look_up(lists, "bca", tests::list_day);
  EXPECT_EQ(tell_lookup(lists, bank),
            "licensed: BANK CENTRAL ASIA (bca), full; Test, as of 2025-12-28\n");
}

}  // namespace
}  // namespace alur::tools
