// A flow's tree may be checked again when the app around it changes, and different flows at once on
// several threads: both must give what one check of fresh trees gives.
#include <gtest/gtest.h>

#include <thread>

#include "dsl/check/check.hpp"
#include "dsl/finding/render.hpp"
#include "dsl/parse/parse_app.hpp"
#include "dsl/parse/parse_flow.hpp"
#include "dsl/yaml/read_yaml.hpp"
#include "tests/dsl/check/app_text.hpp"

namespace alur::dsl {
namespace {

constexpr std::string_view states = R"(
  start:
    - if: kind == loan and is_open(office) and contact.name is set
      then:
        - say: "{contact.name}"
    - goto: over
  over:
    - end: done
)";

std::vector<SourceText> sources() {
  std::vector<SourceText> files = app_with("  kind: one of loan, card\n", states);
  std::string& flow = files[1].text;
  flow.insert(flow.find("    - if:"),
              "    - choose: What?\n      into: kind\n      options:\n"
              "        - label: Loan\n          value: loan\n"
              "        - label: Card\n          value: card\n");
  return files;
}

TEST(Recheck, ATreeForgetsWhatWasFound) {
  CheckedApp checked = check_sources(sources());
  ASSERT_TRUE(checked.findings.empty()) << findings_of(sources());
  // Office hours and the contact's name are taken away, then come back.
  Symbols poorer = checked.symbols;
  poorer.hours.clear();
  poorer.contact.erase(poorer.contact.begin());
  Findings findings;
  check_flow(checked.flows[0], checked.app, poorer, findings);
  std::string codes;
  for (const Finding& finding : findings) codes += std::string(row(finding.code).text) + ' ';
  EXPECT_EQ(codes, "N008 N003 N003 ");
  Findings again;
  check_flow(checked.flows[0], checked.app, checked.symbols, again);
  EXPECT_TRUE(again.empty()) << render_text(checked.sources, again);
}

TEST(Recheck, ThreadsDoNotMeet) {
  constexpr int rounds = 50;
  const CheckedApp once = check_sources(sources());
  std::vector<std::thread> threads;
  std::vector<std::size_t> counts(4);
  for (std::size_t t = 0; t < counts.size(); ++t) {
    threads.emplace_back([&once, &counts, t] {
      for (int i = 0; i < rounds; ++i) {
        ast::Flow flow = once.flows[t % once.flows.size()];
        Findings findings;
        check_flow(flow, once.app, once.symbols, findings);
        counts[t] += findings.size();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::size_t count : counts) EXPECT_EQ(count, 0u);
}

}  // namespace
}  // namespace alur::dsl
