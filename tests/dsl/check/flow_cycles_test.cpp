// Ways round through several flows: what each may do before the citizen speaks.
#include <gtest/gtest.h>

#include "tests/dsl/check/checked_app.hpp"

namespace alur::dsl {
namespace {

constexpr std::string_view head =
    "app: small\nlanguages: [en]\ntimezone: Asia/Jakarta\nstart: a\nchannels: [console]\n";

std::size_t cycles_in(std::string_view flows) {
  std::vector<SourceText> files = split_files(flows);
  files.insert(files.begin(), {"app.yaml", std::string(head)});
  const CheckedApp checked = check_sources(files);
  std::size_t count = 0;
  for (const Finding& finding : checked.findings) {
    if (finding.code == Code::endless_cycle) ++count;
    EXPECT_TRUE(finding.code == Code::endless_cycle ||
                row(finding.code).severity == Severity::warning)
        << findings_of(files);
  }
  return count;
}

TEST(FlowCycles, ARunThatAsksIsNoWayRound) {
  EXPECT_EQ(cycles_in(R"(=== a.flow.yaml
flow: a
states:
  start:
    - run: b
      outcomes:
        done: start
=== b.flow.yaml
flow: b
outcomes: [done]
states:
  start:
    - choose: Again?
      options:
        - label: "Yes"
        - label: "No"
          stop: true
    - end: done
)"),
            0u);
}

TEST(FlowCycles, ARunThatAsksNothingIsOne) {
  EXPECT_EQ(cycles_in(R"(=== a.flow.yaml
flow: a
states:
  start:
    - run: b
      outcomes:
        done: start
=== b.flow.yaml
flow: b
outcomes: [done]
states:
  start:
    - run: c
      outcomes:
        done: next
    - end: done
=== c.flow.yaml
flow: c
outcomes: [done]
states:
  start:
    - say: Hello
    - end: done
)"),
            1u);
}

// Only the outcome without a question leads round.
TEST(FlowCycles, OutcomesAreToldApart) {
  const std::string flow_b = R"(=== b.flow.yaml
flow: b
outcomes: [asked, unasked]
states:
  start:
    - if: channel == console
      then:
        - end: unasked
    - choose: Yes?
      options:
        - label: "Yes"
    - end: asked
)";
  EXPECT_EQ(cycles_in(R"(=== a.flow.yaml
flow: a
states:
  start:
    - run: b
      outcomes:
        asked: start
        unasked: next
    - stop: true
)" + flow_b),
            0u);
  EXPECT_EQ(cycles_in(R"(=== a.flow.yaml
flow: a
states:
  start:
    - run: b
      outcomes:
        asked: next
        unasked: start
    - stop: true
)" + flow_b),
            1u);
}

// Each start of a flow counts anew, so a bound in it does not end the way round.
TEST(FlowCycles, ABoundDoesNotHoldAcrossStarts) {
  EXPECT_EQ(cycles_in(R"(=== a.flow.yaml
flow: a
states:
  start:
    - goto: b
      at_most: 2
    - stop: true
=== b.flow.yaml
flow: b
states:
  start:
    - goto: a
)"),
            1u);
}

TEST(FlowCycles, ThreeFlowsAreToldOnce) {
  EXPECT_EQ(cycles_in(R"(=== a.flow.yaml
flow: a
states:
  start:
    - goto: b
=== b.flow.yaml
flow: b
states:
  start:
    - goto: c
=== c.flow.yaml
flow: c
states:
  start:
    - goto: a
)"),
            1u);
}

}  // namespace
}  // namespace alur::dsl
