// Flows that are sound although it takes some following to see it, and their neighbours that are
// not.
#include <gtest/gtest.h>

#include "tests/dsl/check/app_text.hpp"

namespace alur::dsl {
namespace {

struct Row {
  std::string_view name;
  std::string_view vars;
  std::string_view states;
};

std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.name;
}

class Sound : public testing::TestWithParam<Row> {};
class Unsound : public testing::TestWithParam<Row> {};

TEST_P(Sound, GivesNoFinding) {
  EXPECT_EQ(findings_of(app_with(GetParam().vars, GetParam().states)), "");
}

// Exactly one read that is not known to be set, and nothing else.
TEST_P(Unsound, GivesOneUnsetRead) {
  const CheckedApp checked = check_sources(app_with(GetParam().vars, GetParam().states));
  ASSERT_EQ(checked.findings.size(), 1u);
  EXPECT_EQ(row(checked.findings.all().front().code).text, "T003");
}

const Row sound[] = {
    {"both_branches_set", "  a: text(1..20)\n  b: bool\n", R"(
  start:
    - ask: Sure?
      into: b
    - if: b
      then:
        - set: {a: "\"yes\""}
      else:
        - set: {a: "\"no\""}
    - say: "{a}"
    - end: done
)"},
    {"early_leave", "  a: text(1..20)?\n", R"(
  start:
    - set: {a: session.topic}
    - if: a is unset
      then:
        - end: done
    - say: "{a}"
    - end: done
)"},
    {"not_and_or", "  a: text(1..20)?\n  b: text(1..20)?\n", R"(
  start:
    - set:
        a: session.topic
        b: session.topic
    - if: not (a is unset or not b is set)
      then:
        - say: "{a} {b}"
    - if: a is unset or length(a) > 3
      then:
        - say: Hello
    - if: a is set and length(a) > 3 and a != "abcd"
      then:
        - say: "{a}"
    - end: done
)"},
    {"either_is_set", "  a: text(1..20)?\n  b: text(1..20)?\n", R"(
  start:
    - set:
        a: session.topic
        b: session.topic
    - if: (a is set and b is set) or (b is set and length(b) > 2)
      then:
        - say: "{b}"
    - end: done
)"},
    {"fact_through_a_loop", "  a: text(1..20)\n", R"(
  start:
    - ask: What?
      into: a
    - goto: again
  again:
    - choose: "{a}. Again?"
      options:
        - label: "Yes"
          goto: again
        - label: "No"
    - say: "{a}"
    - end: done
)"},
    {"all_outcomes_that_go_on_bind", "  c: institution\n", R"(
  start:
    - call: registry.lookup(name = "abc")
      outcomes:
        licensed(c): next
        near:
          - end: done
        not_found:
          - end: done
        unavailable:
          - stop: true
    - say: "{c.name}"
    - end: done
)"},
    {"argument_of_the_call_that_binds_it", "  c: institution\n", R"(
  start:
    - call: registry.lookup(name = "abc")
      outcomes:
        licensed(c): again
        near: over
        not_found: over
        unavailable: over
  again:
    - call: registry.lookup(name = c.name)
      outcomes:
        licensed(c): tell
        near: over
        not_found: over
        unavailable: over
  tell:
    - say: "{c.name}"
    - goto: over
  over:
    - end: done
)"},
    {"options_all_give_a_value", "  k: one of loan, card\n", R"(
  start:
    - choose: What?
      into: k
      options:
        - label: A loan
          value: loan
        - label: A card
          value: card
        - label: Neither
          goto: over
    - match: k
      cases:
        loan: next
        card: over
    - say: "{k}"
    - goto: over
  over:
    - end: done
)"},
    {"contact_asked_again_after_a_question", "", R"(
  start:
    - choose: Go on?
      options:
        - label: "Yes"
        - label: "No"
    - if: contact.name is set
      then:
        - say: "Hello {contact.name}"
    - end: done
)"},
    {"contact_set_by_the_question_itself", "", R"(
  start:
    - ask: Your name?
      into: contact.name
    - say: "Hello {contact.name}"
    - end: done
)"},
    {"own_variables_stay_over_a_question", "  a: text(1..20)?\n", R"(
  start:
    - set: {a: session.topic}
    - if: a is set
      then:
        - choose: "{a}?"
          options:
            - label: "Yes"
            - label: "No"
        - say: "{a}"
    - end: done
)"},
    {"default_by_or", "  a: text(1..20)?\n  n: number\n", R"(
  start:
    - set: {n: 7 / 2}
    - set: {a: session.topic}
    - say: "{a or \"nothing\"} {contact.visits or \"no visits\"} {n / (contact.visits or 1) or 0}"
    - end: done
)"},
    {"optional_field_through_its_record", "  c: institution\n", R"(
  start:
    - call: registry.lookup(name = "abc")
      outcomes:
        licensed(c): tell
        near: over
        not_found: over
        unavailable: over
  tell:
    - if: c.head is set and c.head.phone is set
      then:
        - say: "{c.head.name} {c.head.phone} {c.licence or \"-\"}"
    - if: c.head.phone is unset
      then:
        - end: done
    - say: "{c.head.phone}"
    - goto: over
  over:
    - end: done
)"},
    {"field_of_an_unknown_record_with_or", "  c: institution\n", R"(
  start:
    - call: registry.lookup(name = "abc")
      outcomes:
        licensed(c): next
        near: next
        not_found: next
        unavailable: next
    - say: "{c.name or \"nobody\"}"
    - if: c.name is set
      then:
        - say: "{c.standing}"
    - end: done
)"},
    {"given_to_an_optional_parameter", "  a: text(1..80)\n", R"(
  start:
    - if: session.topic is set
      then:
        - set: {a: session.topic}
    - run: other(about = a)
      outcomes:
        done: next
        named(a): next
    - end: done
)"},
    {"run_gives_it_in_every_outcome", "  a: text(1..80)\n", R"(
  start:
    - run: other
      outcomes:
        named(a): next
        done:
          - set: {a: "\"nobody\""}
    - say: "{a}"
    - end: done
)"},
    {"set_by_the_option_before_it_runs", "  a: text(1..80)?\n", R"(
  start:
    - choose: Now?
      options:
        - label: "Yes"
          set: {a: "\"abc\""}
          run: other(about = a)
          outcomes:
            done: tell
            named: tell
        - label: "No"
          set: {a: "\"def\""}
          goto: tell
  tell:
    - say: "{a}"
    - end: done
)"},
    {"bound_by_at_most", "  a: text(1..20)\n", R"(
  start:
    - ask: What?
      into: a
    - goto: again
  again:
    - goto: again
      at_most: 3
    - say: "{a}"
    - end: done
)"},
    {"match_on_a_set_truth", "  b: bool\n", R"(
  start:
    - ask: Sure?
      into: b
    - match: b
      cases:
        "true": next
        "false":
          - say: No
    - end: done
)"},
    {"item_of_each", "  l: list of institution (1..3)\n  c: institution\n", R"(
  start:
    - call: registry.lookup(name = "abc")
      outcomes:
        near(l): which
        licensed: over
        not_found: over
        unavailable: over
  which:
    - choose: Which?
      each: one_of_them in l
      label: "{one_of_them.name}"
      hint: "{one_of_them.licence or \"-\"}"
      into: c
    - say: "{c.name} of {count(l)}, first {first(l).name}"
    - goto: over
  over:
    - end: done
)"},
};

const Row unsound[] = {
    {"one_branch_only", "  a: text(1..20)\n  b: bool\n", R"(
  start:
    - ask: Sure?
      into: b
    - if: b
      then:
        - set: {a: "\"yes\""}
    - say: "{a}"
    - end: done
)"},
    {"or_proves_neither", "  a: text(1..20)?\n  b: text(1..20)?\n", R"(
  start:
    - set:
        a: session.topic
        b: session.topic
    - if: a is set or b is set
      then:
        - say: "{a}"
    - end: done
)"},
    {"not_and_proves_nothing", "  a: text(1..20)?\n", R"(
  start:
    - set: {a: session.topic}
    - if: not (a is unset and length("abc") > 2)
      then:
        - say: "{a}"
    - end: done
)"},
    {"left_of_or_does_not_help_the_right", "  a: text(1..20)?\n", R"(
  start:
    - set: {a: session.topic}
    - if: a is set or length(a) > 3
      then:
        - say: Hello
    - end: done
)"},
    {"lost_on_the_way_round", "  a: text(1..20)?\n", R"(
  start:
    - ask: What?
      into: a
    - goto: again
  again:
    - choose: "{a}"
      options:
        - label: Forget
          set: {a: unset}
          goto: again
        - label: Enough
    - end: done
)"},
    {"contact_forgotten_at_a_question", "", R"(
  start:
    - if: contact.name is set
      then:
        - choose: Go on?
          options:
            - label: "Yes"
            - label: "No"
        - say: "{contact.name}"
    - end: done
)"},
    {"contact_in_the_question_itself", "", R"(
  start:
    - if: contact.name is set
      then:
        - choose: "Go on, {contact.name}?"
          options:
            - label: "Yes"
            - label: "No"
    - end: done
)"},
    {"session_forgotten_at_a_handoff", "", R"(
  start:
    - set: {session.topic: "\"abc\""}
    - handoff: general
      outcomes:
        closed: next
        left: next
        no_agent: next
        out_of_hours: next
        timed_out: next
        unavailable: next
    - say: "{session.topic}"
    - end: done
)"},
    {"optional_field_after_a_new_value", "  c: institution\n", R"(
  start:
    - call: registry.lookup(name = "abc")
      outcomes:
        licensed(c): tell
        near: over
        not_found: over
        unavailable: over
  tell:
    - if: c.licence is set
      then:
        - call: registry.lookup(name = c.licence)
          outcomes:
            licensed(c): next
            near: over
            not_found: over
            unavailable: over
        - say: "{c.licence}"
    - goto: over
  over:
    - end: done
)"},
    {"call_unsets_what_an_outcome_binds", "  c: institution\n", R"(
  start:
    - call: registry.lookup(name = "abc")
      outcomes:
        licensed(c): again
        near: over
        not_found: over
        unavailable: over
  again:
    - call: registry.lookup(name = "abd")
      outcomes:
        licensed(c): tell
        near: over
        not_found: tell
        unavailable: over
  tell:
    - say: "{c.name}"
    - goto: over
  over:
    - end: done
)"},
    {"unhandled_outcome_asks_again", "  a: text(1..80)\n", R"(
  start:
    - ask: What?
      into: a
    - goto: ask_on
  ask_on:
    - choose: "{a}?"
      options:
        - label: Other
          run: other
          outcomes:
            named(a): next
        - label: Enough
    - end: done
)"},
    {"silence_with_a_set", "  a: text(1..80)?\n", R"(
  start:
    - ask: What?
      into: a
    - choose: "{a}?"
      options:
        - label: Enough
      no_input:
        - after: 5m
          set: {a: unset}
        - after: 5m
          stop: true
    - end: done
)"},
    {"may_be_unset_given_to_an_optional", "  n: number?\n", R"(
  start:
    - set: {n: 10 / (contact.visits or 0)}
    - say: "{n}"
    - end: done
)"},
};

std::string name_of(const testing::TestParamInfo<Row>& info) {
  return std::string(info.param.name);
}

INSTANTIATE_TEST_SUITE_P(Flows, Sound, testing::ValuesIn(sound), name_of);
INSTANTIATE_TEST_SUITE_P(Flows, Unsound, testing::ValuesIn(unsound), name_of);

}  // namespace
}  // namespace alur::dsl
