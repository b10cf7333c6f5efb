// Ways through states: which are sound, and which ways round hold a message of the citizen.
#include <gtest/gtest.h>

#include "tests/dsl/check/app_text.hpp"

namespace alur::dsl {
namespace {

struct Row {
  std::string_view name;
  std::string_view codes;  // of the findings, in file order
  std::string_view states;
};

std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.name;
}

class Control : public testing::TestWithParam<Row> {};

TEST_P(Control, Gives) {
  const CheckedApp checked = check_sources(app_with("", GetParam().states));
  std::string codes;
  for (const Finding& finding : checked.findings) {
    codes += (codes.empty() ? "" : " ") + std::string(row(finding.code).text);
  }
  EXPECT_EQ(codes, GetParam().codes) << findings_of(app_with("", GetParam().states));
}

const Row rows[] = {
    {"question_on_the_way_round", "", R"(
  start:
    - choose: Again?
      options:
        - label: "Yes"
          goto: start
        - label: "No"
    - end: done
)"},
    {"retry_on_the_way_round", "", R"(
  start:
    - choose: Again?
      options:
        - label: "No"
      no_match:
        - Sorry.
        - goto: start
    - end: done
)"},
    {"bounded_way_round", "", R"(
  start:
    - call: registry.lookup(name = "abc")
      outcomes:
        licensed: next
        near: next
        not_found: next
        unavailable: once_more
    - end: done
  once_more:
    - goto: start
      at_most: 2
    - end: done
)"},
    {"agents_who_send_it_back", "C005", R"(
  start:
    - handoff: general
      outcomes:
        closed: start
        left: start
        no_agent: next
        out_of_hours: next
        timed_out: next
        unavailable: next
    - end: done
)"},
    {"only_the_citizen_left", "", R"(
  start:
    - handoff: general
      outcomes:
        closed: next
        left: start
        no_agent: next
        out_of_hours: next
        timed_out: next
        unavailable: next
    - end: done
)"},
    {"run_that_only_hands_off", "C005", R"(
  start:
    - run: other
      outcomes:
        done: start
        named: next
    - end: done
)"},
    {"round_through_a_condition", "C005", R"(
  start:
    - if: contact.visits is set
      goto: other_state
    - end: done
  other_state:
    - wait: 1s
    - if: is_open(office)
      then:
        - end: done
      else: start
)"},
    {"the_flow_itself_by_name", "C005", R"(
  start:
    - say: Hello
    - if: is_open(office)
      then:
        - end: done
    - goto: main
)"},
    {"question_before_but_not_inside", "C005", R"(
  start:
    - choose: Ready?
      options:
        - label: "Yes"
    - goto: round
  round:
    - say: Hello
    - goto: round
)"},
    {"two_ways_round", "C005 C005", R"(
  start:
    - choose: Which?
      options:
        - label: One
          goto: one
        - label: Two
          goto: two
        - label: Neither
    - end: done
  one:
    - goto: one
  two:
    - say: Two
    - goto: two
)"},
    {"next_inside_steps_in_place", "", R"(
  start:
    - if: is_open(office)
      then:
        - match: channel
          cases:
            console: next
            whatsapp: next
        - say: Open
    - end: done
)"},
    {"next_at_the_end_of_steps_in_place", "", R"(
  start:
    - if: is_open(office)
      then:
        - say: Open
        - match: channel
          cases:
            console: next
            whatsapp: next
    - end: done
)"},
    {"next_at_the_end_of_everything", "C004", R"(
  start:
    - if: is_open(office)
      then:
        - match: channel
          cases:
            console: next
            whatsapp: over
      else: over
  over:
    - end: done
)"},
    {"branches_that_all_leave", "", R"(
  start:
    - match: channel
      cases:
        console:
          - end: done
        else: over
  over:
    - stop: true
)"},
    {"ask_always_goes_on", "C001", R"(
  start:
    - ask: Who?
      into: contact.name
      options:
        - label: Nobody
          stop: true
  over:
    - end: done
)"},
};

INSTANTIATE_TEST_SUITE_P(Rows, Control, testing::ValuesIn(rows),
                         [](const auto& each) { return std::string(each.param.name); });

}  // namespace
}  // namespace alur::dsl
