// What a program can tell apart, and what not: sessions that differ only in what no guard will read
// are one state.
#include "tools/explore/observed.hpp"

#include <gtest/gtest.h>

#include "tests/tools/explore/small_apps.hpp"
#include "tools/explore/explorer.hpp"

namespace alur::tests {
namespace {

// Rests at the only question after the first.
std::size_t states_of(const std::string& middle) {
  const auto program = emitted(small_files({R"(flow: main
outcomes: [done]
vars:
  n: integer(0..9)
  m: integer(0..9)
states:
  start:
    - ask: Berapa?
      into: n
)" + middle + R"(
    - choose: Lalu?
      options:
        - label: Ya
    - if: m == 3
      goto: three
    - end: done
  three:
    - end: done
)"}));
  tools::Explorer explorer(*program, {});
  explorer.run();
  EXPECT_TRUE(explorer.counts().fix_point);
  return explorer.counts().states;
}

TEST(Observed, AVariableThatNoGuardReadsMakesNoStates) {
  const std::size_t constant = states_of("    - set: {m: 1}");
  EXPECT_EQ(states_of("    - set: {n: 1}\n    - set: {m: 1}"), constant);
  // Whatever was typed, it is overwritten before it is looked at.
  EXPECT_EQ(states_of("    - set: {m: n}\n    - set: {m: 1}"), constant);
}

TEST(Observed, OneThatAGuardWillReadMakesOneForEachAnswer) {
  const std::size_t constant = states_of("    - set: {m: 1}");
  // The question's attempts and silences, once for `m == 3` and once for the rest.
  EXPECT_GT(states_of("    - set: {m: n}"), constant);
}

TEST(Observed, FactsStandWhereTheyAreStillToBeRead) {
  const auto program = emitted(small_files({R"(flow: main
outcomes: [done]
vars:
  n: integer(0..9)
states:
  start:
    - ask: Berapa?
      into: n
    - choose: Satu?
      options:
        - label: Ya
    - if: n > 3
      goto: more
    - end: done
  more:
    - choose: Dua?
      options:
        - label: Ya
    - end: done
)"}));
  const tools::Observed observed(*program);
  const auto main = *program->find_unit(value::name_key("main"));
  const program::Unit& unit = program->unit(main);
  std::vector<std::size_t> facts;
  for (program::Index at = 0; at < unit.code.size(); ++at) {
    if (unit.code[at].op == program::Op::ask) facts.push_back(observed.at(main, at).nodes.size());
  }
  EXPECT_EQ(facts, (std::vector<std::size_t>{0, 1, 0}));
  ASSERT_EQ(observed.constants().size(), 1u);
  EXPECT_EQ(observed.constants().front().to_text(), "3");
}

}  // namespace
}  // namespace alur::tests
