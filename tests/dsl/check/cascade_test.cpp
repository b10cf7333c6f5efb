// One mistake, one finding: what follows from a mistake, or may only seem wrong because of it, is
// not told.
#include <gtest/gtest.h>

#include "tests/dsl/check/app_text.hpp"

namespace alur::dsl {
namespace {

struct Row {
  std::string_view name;
  std::string_view code;  // the only finding's
  std::string_view vars;
  std::string_view states;
};

std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.name;
}

class OneFinding : public testing::TestWithParam<Row> {};

TEST_P(OneFinding, AndNothingElse) {
  const std::vector<SourceText> files = app_with(GetParam().vars, GetParam().states);
  const CheckedApp checked = check_sources(files);
  EXPECT_EQ(checked.findings.size(), 1u) << findings_of(files);
  ASSERT_FALSE(checked.findings.empty());
  EXPECT_EQ(row(checked.findings.all().front().code).text, GetParam().code);
}

const Row rows[] = {
    {"unknown_name_in_a_sum", "N003", "  a: integer(0..9)\n", R"(
  start:
    - set: {a: cuont + 1}
    - say: "{a}"
    - end: done
)"},
    {"misspelt_into", "N003", "  name: text(1..20)\n", R"(
  start:
    - ask: Who?
      into: nmae
    - say: "Hello {name}"
    - end: done
)"},
    {"misspelt_state", "N001", "", R"(
  start:
    - say: Hello
    - goto: ovre
  over:
    - end: done
)"},
    {"variable_of_an_unknown_type", "N004", "  c: instituton\n", R"(
  start:
    - call: registry.lookup(name = "abc")
      outcomes:
        licensed(c): tell
        near: over
        not_found: over
        unavailable: over
  tell:
    - match: c.standing
      cases:
        full: over
  over:
    - end: done
)"},
    {"misspelt_outcome", "N006", "  c: institution\n", R"(
  start:
    - call: registry.lookup(name = "abc")
      outcomes:
        licenced(c): tell
        near: over
        not_found: over
        unavailable: over
  tell:
    - say: "{c.name}"
    - goto: over
  over:
    - end: done
)"},
    {"misspelt_member_among_cases", "N014", "  k: one of loan, card\n", R"(
  start:
    - choose: What?
      into: k
      options:
        - label: A loan
          value: loan
        - label: A card
          value: card
    - match: k
      cases:
        laon: next
        card: next
    - end: done
)"},
    {"misspelt_parameter", "N015", "", R"(
  start:
    - call: registry.lookup(nam = "abc")
      outcomes:
        licensed: next
        near: next
        not_found: next
        unavailable: next
    - end: done
)"},
    {"unknown_field_in_two_languages_of_use", "N013", "  c: institution\n", R"(
  start:
    - call: registry.lookup(name = "abc")
      outcomes:
        licensed(c): tell
        near: over
        not_found: over
        unavailable: over
  tell:
    - if: c.licens is set
      then:
        - goto: over
    - goto: over
  over:
    - end: done
)"},
    {"value_that_may_be_unset", "T004", "  d: date\n", R"(
  start:
    - set:
        d: workday_after(today(), 3, office)
    - say: "{d | date}"
    - end: done
)"},
    {"unset_where_none_may_be", "T010", "  d: date\n", R"(
  start:
    - set: {d: unset}
    - say: "{d | date}"
    - end: done
)"},
    {"state_that_does_not_leave", "C001", "", R"(
  start:
    - say: Hello
  over:
    - end: done
)"},
    {"unreadable_question", "S104", "  a: text(1..20)\n", R"(
  start:
    - ask: "What?"
      into: a
    - say: "{a or}"
    - end: done
)"},
    {"unread_step", "S202", "  a: text(1..20)\n", R"(
  start:
    - into: a
    - say: "{a}"
    - end: done
)"},
    {"misspelt_function_inside_a_condition", "N009", "  a: text(1..20)\n", R"(
  start:
    - ask: What?
      into: a
    - if: lenght(a) > 3 and a != "abcd"
      then:
        - say: "{a}"
    - end: done
)"},
    {"misspelt_end", "N006", "", R"(
  start:
    - end: doen
)"},
};

INSTANTIATE_TEST_SUITE_P(Rows, OneFinding, testing::ValuesIn(rows),
                         [](const auto& each) { return std::string(each.param.name); });

}  // namespace
}  // namespace alur::dsl
